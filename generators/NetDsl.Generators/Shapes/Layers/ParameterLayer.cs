using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>A learned tensor, the same for every sample.</summary>
internal sealed class ParameterLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context)
    {
        int[] shape = context.Ints("shape");
        string initializer = context.Enum("Initializer", "Default", Initializers.Names);
        if (initializer == "Default") initializer = "GlorotUniform";
        int fanIn = shape.Length > 1 ? shape[shape.Length - 2] : shape.DefaultIfEmpty(1).Last(), fanOut = shape.DefaultIfEmpty(1).Last();
        Value value = context.Parameter("value", shape, ParameterRole.Trainable, initializer, fanIn, fanOut);
        context.Output = context.Graph.Add($"{context.Path}/repeated", new Op.Map(ScalarExpression.Of(0), new TensorType(DType.F32, new(shape), true)), value);
    }
}
