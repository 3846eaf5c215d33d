using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Cpu;

/// <summary>Packs panels of the right operand of a product.</summary>
internal static unsafe class Panels
{
    /// <summary>
    /// Panel p of element k, j = source[k * step + p * panelColumns + j]; zero from <paramref name="columns"/> on. Goes along
    /// the rows of the source, which the processor fetches ahead, and writes all panels side by side.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint step, int length, int columns, int panelColumns, nint panelStep, float* panel)
    {
        int width = Vector<float>.Count, full = columns / panelColumns, left = columns % panelColumns;
        for (int k = 0; k < length; k++, source += step, panel += panelColumns)
        {
            float* from = source;
            float* to = panel;
            for (int p = 0; p < full; p++, from += panelColumns, to += panelStep)
                for (int j = 0; j < panelColumns; j += width)
                    Unsafe.WriteUnaligned(to + j, Unsafe.ReadUnaligned<Vector<float>>(from + j));
            if (left == 0) continue;
            int i = 0;
            for (; i <= left - width; i += width) Unsafe.WriteUnaligned(to + i, Unsafe.ReadUnaligned<Vector<float>>(from + i));
            if (i < left)
            {
                Unsafe.WriteUnaligned(to + i, new Floats(from).LoadPartial(i, left - i));
                i += width;
            }

            for (; i < panelColumns; i += width) Unsafe.WriteUnaligned(to + i, Vector<float>.Zero);
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

    /// <summary>Panel p of element k, j = source[(p * panelColumns + j) * step + k]; zero from <paramref name="columns"/> on.</summary>
    public static void Transpose(float* source, nint step, int length, int columns, int panelColumns, nint panelStep, float* panel)
    {
        for (int first = 0; first < columns; first += panelColumns, panel += panelStep)
            Transpose(source + (first * step), step, length, Math.Min(panelColumns, columns - first), panelColumns, panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* source, nint step, int length, int columns, int panelColumns, float* panel)
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
