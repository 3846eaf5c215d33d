using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The sum over the last axis of t log(t / p), both limited to 1e-7 to 1 as in Keras; the mean over the rows of a sample.</summary>
internal sealed class KLDivergenceLayer : Layer, ILossLayer
{
    private const double Least = 1e-7;

    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        if (current.Type.Rank == 0) throw context.WrongRank(current, "a tensor whose last axis is the distribution");
        Value target = Losses.Target(context, current.Type);
        ScalarExpression p = Limit(ScalarExpression.Of(0)), t = Limit(ScalarExpression.Of(1));
        ScalarExpression term = t * (new ScalarExpression.Unary(UnaryFunction.Log, t) - new ScalarExpression.Unary(UnaryFunction.Log, p));
        Losses.Declare(context, "Other", current, current, Rows.Sum(context, "loss", term, current, target));
    }

    private static ScalarExpression Limit(ScalarExpression x) =>
        new ScalarExpression.Binary(BinaryFunction.Min, new ScalarExpression.Binary(BinaryFunction.Max, x, Least), 1);
}
