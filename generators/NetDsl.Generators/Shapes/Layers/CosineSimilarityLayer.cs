using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>1 - the cosine between y and t along the last axis; the mean over the rows of a sample.</summary>
internal sealed class CosineSimilarityLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        if (current.Type.Rank == 0) throw context.WrongRank(current, "a tensor of at least one axis");
        Value target = Losses.Target(context, current.Type);
        Value cosine = Rows.Sum(
            context, "cosine", ScalarExpression.Of(0) * ScalarExpression.Of(1), Rows.Normalize(context, current), Rows.Normalize(context, target));
        Losses.Declare(context, "Other", current, current, context.Graph.Map($"{context.Path}/loss", 1 - ScalarExpression.Of(0), cosine));
    }
}
