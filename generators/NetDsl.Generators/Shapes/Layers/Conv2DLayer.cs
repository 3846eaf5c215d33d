using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(x * w + b), a cross-correlation; w is height x width x input x output.</summary>
internal sealed class Conv2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int filters = context.Int("filters");
        bool square = context.Has("kernel");
        Window window = WindowArguments.Read(context, x, square ? "kernel" : "kernelHeight", square ? "kernel" : "kernelWidth", pooling: false);

        int channels = x.Type.Shape[2];
        int[] shape = [window.KernelHeight, window.KernelWidth, channels, filters];
        int fanIn = FanOf(window, channels), fanOut = FanOf(window, filters);
        Value weight = context.Parameter("weight", shape, ParameterRole.Trainable, Initializers.Kernel(context, Activations.Read(context)), fanIn, fanOut);
        Value y = context.Graph.Add($"{context.Path}/convolution", new Op.Conv2D(window), x, weight);
        context.Output = Activations.Apply(context, Biases.Add(context, y, filters, fanIn, fanOut));
    }

    /// <summary>Keras's fans: the receptive field times the channels. Saturates; where it does, the weight is too large anyway.</summary>
    private static int FanOf(Window window, int channels) =>
        (int)Math.Min(int.MaxValue, Extents.Product([window.KernelHeight, window.KernelWidth, channels]));
}
