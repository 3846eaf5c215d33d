using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>max(0, |a - p| - |a - n| + margin) along the last axis (Schroff et al. 2015); the mean over the rows of a sample.</summary>
internal sealed class TripletLayer : Layer, ILossLayer
{
    // PyTorch adds it to each difference, so that the distance of equal vectors has a gradient.
    private const double Nudge = 1e-6;

    public override void Build(LayerContext context)
    {
        Value anchor = context.Input;
        if (anchor.Type.Rank == 0) throw context.WrongRank(anchor, "a tensor of at least one axis");
        double margin = context.Double("Margin", 1);
        if (margin <= 0) throw context.OutOfRange("Margin", "more than 0", margin);
        context.Graph.Origin = context.Graph.Origin with { Phase = Phase.Loss };
        Value near = Distance(context, anchor, "positive"), far = Distance(context, anchor, "negative");
        ScalarExpression loss = new ScalarExpression.Binary(BinaryFunction.Max, ScalarExpression.Of(0) - ScalarExpression.Of(1) + margin, 0);
        Losses.DeclareWithoutTarget(context, "Other", anchor, context.Graph.Map($"{context.Path}/loss", loss, near, far));
    }

    /// <summary>The distance; at 0, where the root has no derivative, it has none either.</summary>
    private static Value Distance(LayerContext context, Value anchor, string parameter)
    {
        Value other = context.Resolve(context.String(parameter) ?? "", context.Source.At(parameter));
        if (!other.Type.Equals(anchor.Type))
        {
            throw context.ErrorAbout(
                other, DiagnosticIds.LossShape, context.Source.At(parameter), context.Path,
                $"it needs tensors of one shape, and {context.NameOf(anchor)} gives {LayerContext.Show(anchor)}, {context.NameOf(other)} {LayerContext.Show(other)}");
        }

        ScalarExpression difference = ScalarExpression.Of(0) - ScalarExpression.Of(1) + Nudge;
        Value square = Rows.Sum(context, parameter, difference * difference, anchor, other);
        return context.Graph.Map($"{context.Path}/{parameter}Distance", new ScalarExpression.Unary(UnaryFunction.Sqrt, new ScalarExpression.Binary(BinaryFunction.Max, ScalarExpression.Of(0), Nudge * Nudge * Nudge)), square);
    }
}
