using System.Globalization;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Starts a chain: a column of tokens.</summary>
internal sealed class TokenInputLayer : Layer, IInputLayer
{
    public override void Build(LayerContext context)
    {
        int length = context.Int("length"), vocabulary = context.Int("vocabulary");
        context.Describe($"vocabulary {vocabulary.ToString(CultureInfo.InvariantCulture)}");
        context.Output = context.DeclareTokens(context.String("Name"), length, vocabulary);
    }
}
