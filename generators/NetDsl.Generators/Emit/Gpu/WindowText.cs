using NetDsl.Generators.IR;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Text of the geometry of windows.</summary>
internal static class WindowText
{
    /// <summary>Whether some window reaches outside the image.</summary>
    public static bool ReachesOutside(Window w, int height, int width) =>
        w.PadTop > 0 || w.PadLeft > 0
        || ((w.OutputHeight(height) - 1) * w.StrideHeight) + ((w.KernelHeight - 1) * w.DilationHeight) >= height
        || ((w.OutputWidth(width) - 1) * w.StrideWidth) + ((w.KernelWidth - 1) * w.DilationWidth) >= width;

    /// <summary>Whether some element of the image lies in two windows.</summary>
    public static bool Overlap(Window w) =>
        w.StrideHeight < ((w.KernelHeight - 1) * w.DilationHeight) + 1 || w.StrideWidth < ((w.KernelWidth - 1) * w.DilationWidth) + 1;

    /// <summary>First row or column of a window, from the place of its result.</summary>
    public static string First(string place, int stride, int pad) => Times(place, stride) + (pad == 0 ? "" : $" - {Int(pad)}");

    /// <summary>Whether no window of the extent begins <paramref name="offset"/> before: it would begin outside, or between strides.</summary>
    public static string Misses(string offset, int stride, int extent) => stride == 1
        ? $"{offset} < 0 || {offset} >= {Int(extent)}"
        : $"{offset} < 0 || {offset} % {Int(stride)} != 0 || {offset} / {Int(stride)} >= {Int(extent)}";
}
