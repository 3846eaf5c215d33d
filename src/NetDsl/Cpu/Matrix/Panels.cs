using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Cpu;

/// <summary>Packs panels of the right operand of a product.</summary>
internal static unsafe class Panels
{
    private const int TransposedLength = 16;

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

    /// <summary>
    /// In blocks of 16 values of k, a cache line of the source: the lines of the panel that a block touches stay in the first-level
    /// cache until all columns are written, however long the panel is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* source, nint step, int length, int columns, int panelColumns, float* panel)
    {
        for (int start = 0; start < length; start += TransposedLength)
        {
            float* from = source + start, to = panel + ((nint)start * panelColumns);
            int count = Math.Min(TransposedLength, length - start), j = 0;
            if (Avx.IsSupported)
            {
                for (; j <= columns - 8; j += 8)
                {
                    int k = 0;
                    for (; k <= count - 8; k += 8) Transpose8(from + (j * step) + k, step, to + (k * panelColumns) + j, panelColumns);
                    for (; k < count; k++)
                        for (int i = j; i < j + 8; i++) to[(k * panelColumns) + i] = from[(i * step) + k];
                }
            }

            if (Sse.IsSupported || AdvSimd.Arm64.IsSupported)
            {
                for (; j <= columns - 4; j += 4)
                {
                    int k = 0;
                    for (; k <= count - 4; k += 4) Transpose4(from + (j * step) + k, step, to + (k * panelColumns) + j, panelColumns);
                    for (; k < count; k++)
                        for (int i = j; i < j + 4; i++) to[(k * panelColumns) + i] = from[(i * step) + k];
                }
            }

            for (; j < columns; j++)
                for (int k = 0; k < count; k++) to[(k * panelColumns) + j] = from[(j * step) + k];

            for (; j < panelColumns; j++)
                for (int k = 0; k < count; k++) to[(k * panelColumns) + j] = 0f;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* from, nint step, float* to, nint toStep)
    {
        Vector128<float> r0 = Vector128.Load(from), r1 = Vector128.Load(from + step);
        Vector128<float> r2 = Vector128.Load(from + (2 * step)), r3 = Vector128.Load(from + (3 * step));
        Vector128<float> low02 = ZipLow(r0, r2), high02 = ZipHigh(r0, r2), low13 = ZipLow(r1, r3), high13 = ZipHigh(r1, r3);
        ZipLow(low02, low13).Store(to);
        ZipHigh(low02, low13).Store(to + toStep);
        ZipLow(high02, high13).Store(to + (2 * toStep));
        ZipHigh(high02, high13).Store(to + (3 * toStep));
    }

    /// <summary>Eight by eight: rows 0 to 3 beside rows 4 to 7, each half transposed by two rounds of interleaving.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* from, nint step, float* to, nint toStep)
    {
        float* lower = from + (4 * step);
        Half(from, lower, step, to, toStep);
        Half(from + 4, lower + 4, step, to + (4 * toStep), toStep);
    }

    /// <summary>Four values of k of eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(float* upper, float* lower, nint step, float* to, nint toStep)
    {
        Vector256<float> r0 = Beside(upper, lower), r1 = Beside(upper + step, lower + step);
        Vector256<float> r2 = Beside(upper + (2 * step), lower + (2 * step)), r3 = Beside(upper + (3 * step), lower + (3 * step));
        Vector256<float> low02 = Avx.UnpackLow(r0, r2), high02 = Avx.UnpackHigh(r0, r2);
        Vector256<float> low13 = Avx.UnpackLow(r1, r3), high13 = Avx.UnpackHigh(r1, r3);
        Avx.UnpackLow(low02, low13).Store(to);
        Avx.UnpackHigh(low02, low13).Store(to + toStep);
        Avx.UnpackLow(high02, high13).Store(to + (2 * toStep));
        Avx.UnpackHigh(high02, high13).Store(to + (3 * toStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Beside(float* left, float* right) =>
        Avx.InsertVector128(Vector128.Load(left).ToVector256Unsafe(), Vector128.Load(right), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);
}
