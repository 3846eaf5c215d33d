using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y[i] = x[i] + weight[i], a learned row for each place of a sequence.</summary>
internal sealed class PositionalEmbeddingLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (x.Type.Rank != 2 || x.Type.DType != DType.F32) throw context.WrongRank(x, "a sequence (tokens, width)");
        string initializer = context.Enum("EmbeddingsInitializer", "Default", Initializers.Names);
        if (initializer == "Default") initializer = "RandomUniform";
        context.Describe(initializer);
        Value weight = context.Parameter("weight", [.. x.Type.Shape], ParameterRole.Trainable, initializer, x.Type.Shape[0], x.Type.Shape[1]);
        context.Output = context.Graph.Map($"{context.Path}/placed", ScalarExpression.Of(0) + ScalarExpression.Of(1), x, weight);
    }
}
