using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Cpu;

/// <summary>Packs panels of the right operand of a product.</summary>
internal static unsafe class Panels
{
    /// <summary>panel[k, j] = source[k * step + j]; zero from <paramref name="columns"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint step, int length, int columns, int panelColumns, float* panel)
    {
        if (columns == panelColumns)
        {
            int width = Vector<float>.Count;
            if (columns >= width)
            {
                for (int k = 0; k < length; k++, source += step, panel += panelColumns)
                    for (int j = 0; j < columns; j += width)
                        Unsafe.WriteUnaligned(panel + j, Unsafe.ReadUnaligned<Vector<float>>(source + j));
                return;
            }
        }

        for (int k = 0; k < length; k++, source += step, panel += panelColumns)
        {
            int j = 0;
            for (; j < columns; j++) panel[j] = source[j];
            for (; j < panelColumns; j++) panel[j] = 0f;
        }
    }

    /// <summary>Copies <paramref name="count"/> neighbouring elements at each position of each segment, positions <paramref name="targetStep"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float* source, nint* segments, int segmentCount, int length, nint step, int count, nint targetStep, float* target)
    {
        int width = Vector<float>.Count;
        for (int segment = 0; segment < segmentCount; segment++)
        {
            float* from = source + segments[segment];
            for (int k = 0; k < length; k++, from += step, target += targetStep)
            {
                int i = 0;
                for (; i <= count - width; i += width) Unsafe.WriteUnaligned(target + i, Unsafe.ReadUnaligned<Vector<float>>(from + i));
                for (; i < count; i++) target[i] = from[i];
            }
        }
    }

    /// <summary>panel[k, j] = source[j * step + k]; zero from <paramref name="columns"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint step, int length, int columns, int panelColumns, float* panel)
    {
        int j = 0;
        if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; j <= columns - 4; j += 4)
            {
                float* from = source + (j * step);
                float* to = panel + j;
                int k = 0;
                for (; k <= length - 4; k += 4, to += 4 * panelColumns)
                {
                    Vector128<float> r0 = Vector128.Load(from + k), r1 = Vector128.Load(from + step + k);
                    Vector128<float> r2 = Vector128.Load(from + (2 * step) + k), r3 = Vector128.Load(from + (3 * step) + k);
                    Vector128<float> low02 = ZipLow(r0, r2), high02 = ZipHigh(r0, r2), low13 = ZipLow(r1, r3), high13 = ZipHigh(r1, r3);
                    ZipLow(low02, low13).Store(to);
                    ZipHigh(low02, low13).Store(to + panelColumns);
                    ZipLow(high02, high13).Store(to + (2 * panelColumns));
                    ZipHigh(high02, high13).Store(to + (3 * panelColumns));
                }

                for (; k < length; k++, to += panelColumns)
                    for (int i = 0; i < 4; i++) to[i] = from[(i * step) + k];
            }
        }

        for (; j < columns; j++)
            for (int k = 0; k < length; k++) panel[(k * panelColumns) + j] = source[(j * step) + k];

        for (; j < panelColumns; j++)
            for (int k = 0; k < length; k++) panel[(k * panelColumns) + j] = 0f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);
}
