using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation((each channel of x * its own filters) * w + b), where w is 1 x 1.</summary>
internal sealed class SeparableConv2DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        int filters = context.Int("filters");
        string initializer = Initializers.Kernel(context, Activations.Read(context));
        Value apart = Depthwise.Convolve(context, "depthwise", initializer).Result;
        int channels = apart.Type.Shape[2];
        Value weight = context.Parameter("pointwise", [1, 1, channels, filters], ParameterRole.Trainable, initializer, channels, filters);
        Value y = context.Graph.Add($"{context.Path}/pointwise", new Op.Conv2D(new Window(1, 1, 1, 1, 1, 1, 0, 0, 0, 0)), apart, weight);
        context.Output = Activations.Apply(context, Biases.Add(context, y, filters, channels, filters));
    }
}
