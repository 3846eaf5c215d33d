using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>What DepthwiseConv2D and SeparableConv2D share.</summary>
internal static class Depthwise
{
    /// <summary>Each channel convolved with <c>DepthMultiplier</c> filters of its own: channel c gives c m .. c m + m - 1.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="name">Name of the filters, (kernel height, kernel width, channels, multiplier).</param>
    /// <param name="initializer">How they start.</param>
    public static Value Convolve(LayerContext context, string name, string initializer)
    {
        Value x = context.Input;
        bool square = context.Has("kernel");
        Window window = WindowArguments.Read(context, x, square ? "kernel" : "kernelHeight", square ? "kernel" : "kernelWidth", pooling: false);
        int multiplier = context.Int("DepthMultiplier", 1), channels = x.Type.Shape[2];
        if (multiplier > 1) context.Describe($"multiplier {multiplier.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        if (Extents.TooLarge([x.Type.Shape[0], x.Type.Shape[1], channels, multiplier])) throw context.OutOfRange("DepthMultiplier", "less, since the image becomes too large", multiplier);
        int area = window.KernelHeight * window.KernelWidth; // A window has at most 65,536 elements.
        Value weight = context.Parameter(name, [window.KernelHeight, window.KernelWidth, channels, multiplier], ParameterRole.Trainable, initializer, area, Math.Min(area, int.MaxValue / multiplier) * multiplier);
        GraphBuilder graph = context.Graph;
        if (multiplier > 1)
        {
            TensorType repeated = x.Type with { Shape = new([x.Type.Shape[0], x.Type.Shape[1], channels, multiplier]) };
            Value apart = graph.Add($"{context.Path}/apart", new Op.Reshape(new([x.Type.Shape[0], x.Type.Shape[1], channels, 1])), x);
            Value copies = graph.Add($"{context.Path}/copies", new Op.Map(ScalarExpression.Of(0), repeated), apart);
            x = graph.Add($"{context.Path}/repeated", new Op.Reshape(new([x.Type.Shape[0], x.Type.Shape[1], channels * multiplier])), copies);
        }

        Value filters = graph.Add($"{context.Path}/{name}s", new Op.Reshape(new([window.KernelHeight, window.KernelWidth, channels * multiplier])), weight);
        return graph.Add($"{context.Path}/depthwise", new Op.DepthwiseConv2D(window), x, filters);
    }
}
