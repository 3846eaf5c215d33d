namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(each channel of x * its own filters + b).</summary>
internal sealed class DepthwiseConv2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        var (y, fanIn, fanOut) = Depthwise.Convolve(context, "weight", Initializers.Kernel(context, Activations.Read(context)));
        context.Output = Activations.Apply(context, Biases.Add(context, y, y.Type.Shape[2], fanIn, fanOut));
    }
}
