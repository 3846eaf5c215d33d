using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(each channel of x * its own filters + b).</summary>
internal sealed class DepthwiseConv2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value y = Depthwise.Convolve(context, "weight", Initializers.Kernel(context, Activations.Read(context)));
        int channels = y.Type.Shape[2];
        context.Output = Activations.Apply(context, Biases.Add(context, y, channels, channels, channels));
    }
}
