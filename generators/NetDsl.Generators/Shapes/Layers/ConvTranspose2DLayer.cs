using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(the gradient of a convolution with w by its input + b); w is height x width x output x input.</summary>
internal sealed class ConvTranspose2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        Images.Require(context, x);
        int filters = context.Int("filters"), kernel = context.Int("kernel"), stride = context.Int("Stride", 1), dilation = context.Int("Dilation", 1);
        int pad = context.Int("Pad", 0, minimum: 0), channels = x.Type.Shape[2];
        bool same = context.Enum("Padding", "Valid", WindowArguments.Paddings) == "Same";
        if (context.Has("Pad") && context.Has("Padding")) throw context.Error(DiagnosticIds.ExclusiveArguments, context.Source.At("Pad"), "Pad", "Padding");

        var rows = Axis(x.Type.Shape[0], kernel, stride, dilation, same, pad);
        var columns = Axis(x.Type.Shape[1], kernel, stride, dilation, same, pad);
        if (rows.Extent < 1 || columns.Extent < 1) throw context.OutOfRange("Pad", "less than half of the unpadded result", pad);
        if (rows.Extent > Extents.Maximum || columns.Extent > Extents.Maximum || Extents.TooLarge([(int)rows.Extent, (int)columns.Extent, filters]))
            throw context.Error(DiagnosticIds.TooLarge, context.Source, $"{context.Path} ({Text(rows.Extent)}, {Text(columns.Extent)}, {Text(filters)})", ((double)rows.Extent * columns.Extent * filters).ToString("#,0", CultureInfo.InvariantCulture));
        if (Math.Max(rows.Before + (long)rows.After, columns.Before + (long)columns.After) > Extents.Maximum)
            throw context.OutOfRange("Dilation", "less, since the kernel reaches too far", dilation);
        WindowArguments.RequireTaps(context, "kernel", kernel, kernel);
        if (stride > WindowArguments.MaximumStride) throw context.OutOfRange("Stride", $"at most {Text(WindowArguments.MaximumStride)}", stride);
        WindowArguments.Describe(context, kernel, kernel, 1, stride, dilation, same, pad);

        var window = new Window(kernel, kernel, stride, stride, dilation, dilation, rows.Before, rows.After, columns.Before, columns.After);
        int[] shape = [(int)rows.Extent, (int)columns.Extent, filters];
        int area = (int)Math.Min(int.MaxValue / 2, (long)kernel * kernel);
        int fanIn = (int)Math.Min(int.MaxValue, (long)area * channels), fanOut = (int)Math.Min(int.MaxValue, (long)area * filters);
        Value weight = context.Parameter("weight", [kernel, kernel, filters, channels], ParameterRole.Trainable, Initializers.Kernel(context, Activations.Read(context)), fanIn, fanOut, units: new UnitAxes(2, 1));
        Value y = context.Graph.Add($"{context.Path}/convolution", new Op.Conv2DInputGradient(window, new(shape)), x, weight);
        context.Output = Activations.Apply(context, Biases.Add(context, y, filters, fanIn, fanOut));
    }

    /// <summary>The result's extent and what the convolution that it is the gradient of pads: the one that gives n of that extent.</summary>
    private static (long Extent, int Before, int After) Axis(int n, int kernel, int stride, int dilation, bool same, int pad)
    {
        long reach = ((long)dilation * (kernel - 1)) + 1, full = (((long)n - 1) * stride) + reach;
        if (!same) return (full - (2L * pad), pad, pad);

        // Keras: n stride elements; a kernel shorter than the stride leaves the rest zero, behind.
        long cut = Math.Max(0, reach - stride);
        return ((long)n * stride, (int)Math.Min(int.MaxValue / 2, cut / 2), (int)Math.Min(int.MaxValue / 2, cut - (cut / 2)));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
