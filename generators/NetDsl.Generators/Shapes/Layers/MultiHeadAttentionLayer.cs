using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = softmax(q k^T / sqrt(d)) v in heads, between linear layers (Vaswani et al. 2017).</summary>
internal sealed class MultiHeadAttentionLayer : Layer
{
    public override Masking Masking => Masking.Heeds;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (x.Type.Rank != 2) throw context.WrongRank(x, "a sequence (tokens, width)");
        Value source = x;
        if (context.String("Context") is { } name)
        {
            source = context.Resolve(name, context.Source.At("Context"));
            if (source.Type.Rank != 2) throw context.WrongRank(source, "a sequence (tokens, width) as its context");
        }

        int heads = context.Int("heads"), width = x.Type.Shape[1];
        if (!context.Has("KeyDimension") && width % heads != 0) throw context.OutOfRange("heads", $"a divisor of the width {Text(width)}, or KeyDimension given", heads);
        int dimension = context.Int("KeyDimension", Math.Max(1, width / heads)), keyHeads = context.Int("KeyHeads", heads);
        if (heads % keyHeads != 0) throw context.OutOfRange("KeyHeads", $"a divisor of the {Text(heads)} heads", keyHeads);
        bool causal = context.Bool("Causal", false);
        if (causal && source.Type.Shape[0] < x.Type.Shape[0]) throw context.OutOfRange("Causal", $"false where there are fewer keys ({Text(source.Type.Shape[0])}) than queries ({Text(x.Type.Shape[0])})", "true");
        context.Describe($"{Text(heads)} heads of {Text(dimension)}");
        if (keyHeads != heads) context.Describe($"{Text(keyHeads)} key heads");
        if (causal) context.Describe("causal");
        if (!ReferenceEquals(source, x)) context.Describe($"context {context.NameOf(source)}");

        bool rotary = context.Bool("Rotary", false);
        if (rotary && !ReferenceEquals(source, x)) throw context.OutOfRange("Rotary", "false with a context, whose places are others", "true");
        if (rotary && dimension % 2 != 0) throw context.OutOfRange("Rotary", $"false where a head has an odd number of elements ({Text(dimension)})", "true");
        if (rotary) context.Describe("rotary");

        LinearPart linear = new(context);
        linear.Describe();
        if (Extents.TooLarge([heads, dimension])) throw context.OutOfRange("KeyDimension", "less, since the heads would be too wide", dimension);
        Value queries = linear.Of(x, "query", heads * dimension), keys = linear.Of(source, "key", keyHeads * dimension), values = linear.Of(source, "value", keyHeads * dimension);
        if (rotary)
        {
            Rotations rotations = new(context, x.Type.Shape[0], dimension);
            (queries, keys) = (rotations.Turn("query", queries), rotations.Turn("key", keys));
        }

        Mask? mask = context.MaskOf(source);
        Value attended = context.Graph.AddAll(
            [$"{context.Path}/attended", $"{context.Path}/logSum"],
            new Op.Attention(heads, keyHeads, 1 / Math.Sqrt(dimension), causal, mask is not null),
            mask is null ? [queries, keys, values] : [queries, keys, values, mask.Value])[0];
        Value output = linear.Of(attended, "output", width);
        context.SetMask(output, context.MaskOf(x));
        context.Output = output;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
