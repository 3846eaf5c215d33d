using System.Globalization;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Starts a chain: a column of tokens.</summary>
internal sealed class TokenInputLayer : Layer, IInputLayer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context)
    {
        int length = context.Int("length"), vocabulary = context.Int("vocabulary");
        context.Describe($"vocabulary {vocabulary.ToString(CultureInfo.InvariantCulture)}");
        Value tokens = context.DeclareTokens(context.String("Name"), length, vocabulary);
        context.Output = tokens;
        Mask(context, tokens, vocabulary);
    }

    public string? WhyNot(LayerContext context, Value tensor)
    {
        int length = context.Int("length"), vocabulary = context.Int("vocabulary");
        return context.VocabularyOf(tensor) == vocabulary && tensor.Type.Shape[0] == length
            ? null
            : string.Format(CultureInfo.InvariantCulture, "the tokens of a [TokenInput({0}, {1})]", length, vocabulary);
    }

    public void Enter(LayerContext context, Value tensor)
    {
        // Where the network around it says what is padding, it is that.
        if (context.MaskOf(tensor) is null) Mask(context, tensor, context.Int("vocabulary"));
    }

    private static void Mask(LayerContext context, Value tokens, int vocabulary)
    {
        if (!context.Has("PaddingId")) return;
        int padding = context.Int("PaddingId", minimum: 0, maximum: vocabulary - 1);
        context.Describe($"padding {padding.ToString(CultureInfo.InvariantCulture)}");
        Value mask = context.Graph.Add($"{context.Path}/mask", new Op.LabelDiffers(padding), tokens);
        context.SetMask(tokens, new Mask(mask, EquatableArray.Of(new PaddingValue(context.ColumnOf(tokens)!, padding, 0))));
    }
}
