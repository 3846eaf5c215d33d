using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(x * w + b) along time, a cross-correlation; w is kernel x input x output.</summary>
internal sealed class Conv1DLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int filters = context.Int("filters");
        Window window = WindowArguments.ReadSequence(context, x, "kernel", pooling: false);
        int features = x.Type.Shape[1], kernel = window.KernelWidth;
        int fanIn = (int)Math.Min(int.MaxValue, Extents.Product([kernel, features])), fanOut = (int)Math.Min(int.MaxValue, Extents.Product([kernel, filters]));
        Value weight = context.Parameter("weight", [kernel, features, filters], ParameterRole.Trainable, Initializers.Kernel(context, Activations.Read(context)), fanIn, fanOut);
        Value filter = context.Graph.Reshape($"{context.Path}/filter", weight, 1, kernel, features, filters);
        Value y = context.Graph.Add($"{context.Path}/convolution", new Op.Conv2D(window), Sequences.AsImage(context, x), filter);
        y = Activations.Apply(context, Biases.Add(context, y, filters, fanIn, fanOut));
        context.Output = Sequences.FromImage(context, y);
    }
}
