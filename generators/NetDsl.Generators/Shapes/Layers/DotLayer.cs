using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The sum of products along the last axis, of vectors of length 1 with <c>Normalize</c>.</summary>
internal sealed class DotLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value[] pair = Merges.Pair(context);
        if (pair[0].Type.Rank == 0) throw context.WrongRank(pair[0], "a tensor of at least one axis");
        bool normalize = context.Bool("Normalize", false);
        if (normalize)
        {
            context.Describe("normalized");
            pair = [.. pair.Select(x => Rows.Normalize(context, x))];
        }

        context.Output = Rows.Sum(context, "dot", ScalarExpression.Of(0) * ScalarExpression.Of(1), pair);
    }
}
