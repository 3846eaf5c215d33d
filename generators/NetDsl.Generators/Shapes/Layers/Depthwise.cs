using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>What DepthwiseConv2D and SeparableConv2D share.</summary>
internal static class Depthwise
{
    /// <summary>Each channel convolved with <c>DepthMultiplier</c> filters of its own: channel c gives c m .. c m + m - 1.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="name">Name of the filters, (kernel height, kernel width, channels, multiplier).</param>
    /// <param name="initializer">How they start.</param>
    /// <returns>The result, and what a filter sums over: a window of one channel.</returns>
    public static (Value Result, int FanIn, int FanOut) Convolve(LayerContext context, string name, string initializer)
    {
        Value x = context.Input;
        bool square = context.Has("kernel");
        Window window = WindowArguments.Read(context, x, square ? "kernel" : "kernelHeight", square ? "kernel" : "kernelWidth", pooling: false);
        int height = x.Type.Shape[0], width = x.Type.Shape[1], channels = x.Type.Shape[2], multiplier = context.Int("DepthMultiplier", 1);
        if (multiplier > 1) context.Describe($"multiplier {multiplier.ToString(CultureInfo.InvariantCulture)}");
        if (Extents.TooLarge([height, width, channels, multiplier])) throw context.OutOfRange("DepthMultiplier", "less, since the image becomes too large", multiplier);
        int fanIn = window.KernelHeight * window.KernelWidth, fanOut = (int)Math.Min(int.MaxValue, (long)fanIn * multiplier); // A window has at most 65,536 elements.
        Value weight = context.Parameter(name, [window.KernelHeight, window.KernelWidth, channels, multiplier], ParameterRole.Trainable, initializer, fanIn, fanOut, units: new UnitAxes(2, 2));
        GraphBuilder graph = context.Graph;
        if (multiplier > 1)
        {
            Value apart = graph.Reshape($"{context.Path}/apart", x, height, width, channels, 1);
            Value copies = graph.Add($"{context.Path}/copies", new Op.Map(ScalarExpression.Of(0), x.Type with { Shape = new([height, width, channels, multiplier]) }), apart);
            x = graph.Reshape($"{context.Path}/repeated", copies, height, width, channels * multiplier);
        }

        Value filters = graph.Reshape($"{context.Path}/{name}s", weight, window.KernelHeight, window.KernelWidth, channels * multiplier);
        return (graph.Add($"{context.Path}/depthwise", new Op.DepthwiseConv2D(window), x, filters), fanIn, fanOut);
    }
}
