using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y[i] = x[i] + weight[i], a row for each place of a sequence: learned, or waves of its number.</summary>
internal sealed class PositionalEmbeddingLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (x.Type.Rank != 2 || x.Type.DType != DType.F32) throw context.WrongRank(x, "a sequence (tokens, width)");
        bool waves = context.Bool("Sinusoidal", false);
        string initializer = context.Enum("EmbeddingsInitializer", "Default", Initializers.Names);
        if (waves && context.Has("EmbeddingsInitializer")) throw context.OutOfRange("EmbeddingsInitializer", "absent where the vectors are sinusoidal", initializer);
        if (initializer == "Default") initializer = waves ? "Sinusoidal" : "RandomUniform";
        context.Describe(initializer);

        // Waves are as the formula has them, also under WeightsOf.
        Value weight = context.Parameter("weight", [.. x.Type.Shape], waves ? ParameterRole.State : ParameterRole.Trainable, initializer, x.Type.Shape[0], x.Type.Shape[1], own: waves);
        context.Output = context.Graph.Map($"{context.Path}/placed", ScalarExpression.Of(0) + ScalarExpression.Of(1), x, weight);
    }
}
