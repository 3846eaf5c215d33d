using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>Reads the geometry of a convolution or pooling from its layer's arguments and checks that it fits the image.</summary>
internal static class WindowArguments
{
    /// <summary>The members of the <c>Padding</c> enum.</summary>
    public static readonly IReadOnlyList<string> Paddings = ["Valid", "Same"];

    /// <summary>
    /// The longest step: the gradient by the input is computed in stride x stride phases, and behind a stride of this size there is hardly anything left of an image.
    /// </summary>
    public const int MaximumStride = 1024;

    // Elements of a window, each a place that a kernel notes.
    private const int MaximumTaps = 1 << 16;

    /// <summary>A window has at most 65,536 elements, unless it is the whole image of a pooling.</summary>
    public static void RequireTaps(LayerContext context, string argument, int height, int width)
    {
        if ((long)height * width > MaximumTaps) throw context.OutOfRange(argument, $"less: a window has at most {Text(MaximumTaps)} elements", $"{Text(height)}x{Text(width)}");
    }

    /// <summary>The geometry of a window on the image <paramref name="x"/>.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="x">The image.</param>
    /// <param name="height">Name of the argument that gives the window's height.</param>
    /// <param name="width">Name of the argument that gives its width; may be the same.</param>
    /// <param name="pooling">The stride is the size where none is given, and no window may lie in the padding alone.</param>
    public static Window Read(LayerContext context, Value x, string height, string width, bool pooling)
    {
        Images.Require(context, x);
        int kernelHeight = context.Int(height), kernelWidth = context.Int(width);
        int stride = context.Int("Stride", 0);
        int strideHeight = stride > 0 ? stride : pooling ? kernelHeight : 1;
        int strideWidth = stride > 0 ? stride : pooling ? kernelWidth : 1;
        int dilation = context.Int("Dilation", 1);
        if (!pooling && stride > MaximumStride) throw context.OutOfRange("Stride", $"at most {Text(MaximumStride)}", stride);

        bool same = context.Enum("Padding", "Valid", Paddings) == "Same";
        int pad = context.Int("Pad", 0, minimum: 0);
        if (context.Has("Pad") && context.Has("Padding")) throw context.Error(DiagnosticIds.ExclusiveArguments, context.Source.At("Pad"), "Pad", "Padding");
        if (pooling && pad >= Math.Min(kernelHeight, kernelWidth)) throw context.OutOfRange("Pad", $"less than the size {Text(kernelHeight)}", pad);

        var rows = Axis(x.Type.Shape[0], kernelHeight, strideHeight, dilation, same, pad);
        var columns = Axis(x.Type.Shape[1], kernelWidth, strideWidth, dilation, same, pad);
        if (!rows.Fits || !columns.Fits)
        {
            string window = $"{Text(kernelHeight)}x{Text(kernelWidth)}";
            if (dilation > 1) window += $" (dilation {Text(dilation)})";
            if (pad > 0) window += $" (pad {Text(pad)})";
            throw context.ErrorAbout(
                x,
                DiagnosticIds.WindowDoesNotFit,
                context.Source.At(rows.Fits ? width : height),
                context.Path,
                window,
                LayerContext.Show(x),
                context.NameOf(x));
        }

        if (!pooling) RequireTaps(context, height, kernelHeight, kernelWidth);
        Describe(context, kernelHeight, kernelWidth, pooling ? kernelHeight : 1, strideHeight, dilation, same, pad);
        return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, dilation, dilation, rows.Before, rows.After, columns.Before, columns.After);
    }

    /// <summary>The geometry of a window on the sequence <paramref name="x"/>, as one on an image (1, time, features).</summary>
    /// <param name="context">The layer.</param>
    /// <param name="x">The sequence.</param>
    /// <param name="size">Name of the argument that gives the window's steps.</param>
    /// <param name="pooling">The stride is the size where none is given, and no window may lie in the padding alone.</param>
    public static Window ReadSequence(LayerContext context, Value x, string size, bool pooling)
    {
        Sequences.Require(context, x);
        int kernel = context.Int(size), stride = context.Int("Stride", pooling ? kernel : 1), dilation = context.Int("Dilation", 1);
        if (!pooling && stride > MaximumStride) throw context.OutOfRange("Stride", $"at most {Text(MaximumStride)}", stride);

        bool same = context.Enum("Padding", "Valid", Paddings) == "Same", causal = context.Bool("Causal", false);
        int pad = context.Int("Pad", 0, minimum: 0);
        if (context.Has("Pad") && context.Has("Padding")) throw context.Error(DiagnosticIds.ExclusiveArguments, context.Source.At("Pad"), "Pad", "Padding");
        if (causal && context.Has("Pad")) throw context.Error(DiagnosticIds.ExclusiveArguments, context.Source.At("Causal"), "Causal", "Pad");
        if (causal && context.Has("Padding")) throw context.Error(DiagnosticIds.ExclusiveArguments, context.Source.At("Causal"), "Causal", "Padding");
        if (pooling && pad >= kernel) throw context.OutOfRange("Pad", $"less than the size {Text(kernel)}", pad);

        long reach = (long)dilation * (kernel - 1);
        (int before, int after, bool fits) = causal && reach <= Extents.Maximum ? ((int)reach, 0, true) : Axis(x.Type.Shape[0], kernel, stride, dilation, same, pad);
        if (!fits)
        {
            string window = Text(kernel) + (dilation > 1 ? $" (dilation {Text(dilation)})" : "") + (pad > 0 ? $" (pad {Text(pad)})" : "");
            throw context.ErrorAbout(x, DiagnosticIds.WindowDoesNotFit, context.Source.At(size), context.Path, window, LayerContext.Show(x), context.NameOf(x));
        }

        if (!pooling) RequireTaps(context, size, 1, kernel);
        context.Describe(Text(kernel));
        if (stride != (pooling ? kernel : 1)) context.Describe($"stride {Text(stride)}");
        if (dilation > 1) context.Describe($"dilation {Text(dilation)}");
        if (same) context.Describe("same");
        if (causal) context.Describe("causal");
        if (pad > 0) context.Describe($"pad {Text(pad)}");
        return new Window(1, kernel, 1, stride, 1, dilation, 0, 0, before, after);
    }

    /// <summary>One window that is the whole image <paramref name="x"/>.</summary>
    public static Window WholeImage(LayerContext context, Value x)
    {
        Images.Require(context, x);
        int height = x.Type.Shape[0], width = x.Type.Shape[1];
        context.Describe($"{Text(height)}x{Text(width)}");
        return new Window(height, width, height, width, 1, 1, 0, 0, 0, 0);
    }

    /// <summary>
    /// The padding of one axis. Same padding is TensorFlow's: as much as makes ceil(n / stride) outputs, the odd one after.
    /// </summary>
    private static (int Before, int After, bool Fits) Axis(int n, int kernel, int stride, int dilation, bool same, int pad)
    {
        long effective = ((long)dilation * (kernel - 1)) + 1;
        if (!same) return (pad, pad, n + (2L * pad) >= effective);
        long outputs = ((long)n + stride - 1) / stride;
        long total = Math.Max(((outputs - 1) * stride) + effective - n, 0);
        bool fits = total <= 2L * Extents.Maximum;
        return fits ? ((int)(total / 2), (int)(total - (total / 2)), true) : (0, 0, false);
    }

    /// <summary>Notes the geometry, without what is left at its default.</summary>
    public static void Describe(LayerContext context, int height, int width, int defaultStride, int stride, int dilation, bool same, int pad)
    {
        context.Describe($"{Text(height)}x{Text(width)}");
        if (stride != defaultStride) context.Describe($"stride {Text(stride)}");
        if (dilation > 1) context.Describe($"dilation {Text(dilation)}");
        if (same) context.Describe("same");
        if (pad > 0) context.Describe($"pad {Text(pad)}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
