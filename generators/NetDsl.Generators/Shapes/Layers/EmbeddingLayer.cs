using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = weight[token], a learned row for each token.</summary>
internal sealed class EmbeddingLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value tokens = context.Input;
        if (context.VocabularyOf(tokens) is not { } vocabulary) throw context.WrongRank(tokens, "the tokens of a [TokenInput]");
        int dimensions = context.Int("dimensions");
        string initializer = context.Enum("EmbeddingsInitializer", "Default", Initializers.Names);
        if (initializer == "Default") initializer = "RandomUniform";
        context.Describe($"{vocabulary.ToString(CultureInfo.InvariantCulture)}x{dimensions.ToString(CultureInfo.InvariantCulture)}");
        context.Describe(initializer);
        Value weight = context.Parameter("weight", [vocabulary, dimensions], ParameterRole.Trainable, initializer, vocabulary, dimensions, units: new UnitAxes(0, 1));
        context.Output = context.Graph.Add($"{context.Path}/vectors", new Op.Gather(), weight, tokens);
    }
}
