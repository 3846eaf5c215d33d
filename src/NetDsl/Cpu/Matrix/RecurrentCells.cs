using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>y = tanh(p + a).</summary>
internal readonly struct SimpleCell : IRecurrentCell
{
    public static int Gates => 1;

    public static int Kept => 0;

    public static bool Carries => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TUnits>(TUnits units, Floats p, Floats a, Floats b, Floats previous, Floats keptBefore, Floats y, Floats kept)
        where T : struct, ILanes<T>
        where TUnits : struct, IUnits<T> =>
        units.Store(y, 0, T.Tanh(units.Load(p) + units.Load(a)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<T, TUnits>(TUnits units, Floats y, Floats previous, Floats kept, Floats keptBefore, Floats dy, Floats state, Floats carried, Floats dp, Floats da)
        where T : struct, ILanes<T>
        where TUnits : struct, IUnits<T>
    {
        T value = units.Load(y);
        units.Store(dp, 0, (units.Load(dy) + units.Load(state)) * (T.Create(1f) - (value * value)));
        units.Store(state, 0, T.Create(0f));
    }
}

/// <summary>c = f c' + i g, y = o tanh(c), with i, f, o sigmoids and g a tanh of their sums.</summary>
internal readonly struct LstmCell : IRecurrentCell
{
    private const int I = 0, F = 1, G = 2, O = 3, C = 4;

    public static int Gates => 4;

    public static int Kept => 5;

    public static bool Carries => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TUnits>(TUnits units, Floats p, Floats a, Floats b, Floats previous, Floats keptBefore, Floats y, Floats kept)
        where T : struct, ILanes<T>
        where TUnits : struct, IUnits<T>
    {
        T i = T.Sigmoid(units.Load(p, I) + units.Load(a, I)), f = T.Sigmoid(units.Load(p, F) + units.Load(a, F));
        T g = T.Tanh(units.Load(p, G) + units.Load(a, G)), o = T.Sigmoid(units.Load(p, O) + units.Load(a, O));
        T c = (f * units.LoadIfAny(keptBefore, C)) + (i * g);
        units.Store(kept, I, i);
        units.Store(kept, F, f);
        units.Store(kept, G, g);
        units.Store(kept, O, o);
        units.Store(kept, C, c);
        units.Store(y, 0, o * T.Tanh(c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<T, TUnits>(TUnits units, Floats y, Floats previous, Floats kept, Floats keptBefore, Floats dy, Floats state, Floats carried, Floats dp, Floats da)
        where T : struct, ILanes<T>
        where TUnits : struct, IUnits<T>
    {
        T one = T.Create(1f), i = units.Load(kept, I), f = units.Load(kept, F), g = units.Load(kept, G), o = units.Load(kept, O);
        T tanh = T.Tanh(units.Load(kept, C)), dh = units.Load(dy) + units.Load(state);
        T dc = units.Load(carried) + (dh * o * (one - (tanh * tanh)));
        units.Store(dp, I, dc * g * i * (one - i));
        units.Store(dp, F, dc * units.LoadIfAny(keptBefore, C) * f * (one - f));
        units.Store(dp, G, dc * i * (one - (g * g)));
        units.Store(dp, O, dh * tanh * o * (one - o));
        units.Store(carried, 0, dc * f);
        units.Store(state, 0, T.Create(0f));
    }
}

/// <summary>y = z y' + (1 - z) n, with z and r sigmoids of their sums and n = tanh(p + r a).</summary>
internal readonly struct GruCell : IRecurrentCell
{
    private const int Z = 0, R = 1, N = 2, M = 3;

    public static int Gates => 3;

    public static int Kept => 4;

    public static bool Carries => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<T, TUnits>(TUnits units, Floats p, Floats a, Floats b, Floats previous, Floats keptBefore, Floats y, Floats kept)
        where T : struct, ILanes<T>
        where TUnits : struct, IUnits<T>
    {
        T z = T.Sigmoid(units.Load(p, Z) + (units.Load(a, Z) + units.Load(b, Z)));
        T r = T.Sigmoid(units.Load(p, R) + (units.Load(a, R) + units.Load(b, R)));
        T m = units.Load(a, N) + units.Load(b, N), n = T.Tanh(units.Load(p, N) + (r * m));
        units.Store(kept, Z, z);
        units.Store(kept, R, r);
        units.Store(kept, N, n);
        units.Store(kept, M, m);
        units.Store(y, 0, (z * units.LoadIfAny(previous)) + ((T.Create(1f) - z) * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<T, TUnits>(TUnits units, Floats y, Floats previous, Floats kept, Floats keptBefore, Floats dy, Floats state, Floats carried, Floats dp, Floats da)
        where T : struct, ILanes<T>
        where TUnits : struct, IUnits<T>
    {
        T one = T.Create(1f), z = units.Load(kept, Z), r = units.Load(kept, R), n = units.Load(kept, N), m = units.Load(kept, M);
        T dh = units.Load(dy) + units.Load(state), dn = dh * (one - z) * (one - (n * n));
        T dz = dh * (units.LoadIfAny(previous) - n) * z * (one - z), dr = dn * m * r * (one - r);
        units.Store(dp, Z, dz);
        units.Store(dp, R, dr);
        units.Store(dp, N, dn);
        units.Store(da, Z, dz);
        units.Store(da, R, dr);
        units.Store(da, N, dn * r);
        units.Store(state, 0, dh * z);
    }
}
