using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = (x - mean) / deviation per element of the last axis; the first Fit learns both from its training data.</summary>
internal sealed class StandardizeLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        if (RescaleLayer.Read(context, x) is not { } source)
            throw context.ErrorAbout(x, DiagnosticIds.Misplaced, context.Source, "[Standardize]", $"it works on the data themselves: directly after [Input] or its [Rescale], not after {context.NameOf(x)}");
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");

        int features = x.Type.Shape[x.Type.Rank - 1];
        Value mean = context.Parameter("mean", [features], ParameterRole.State, "Zeros", 1, 1);
        Value deviation = context.Parameter("deviation", [features], ParameterRole.State, "Ones", 1, 1);
        Value fitted = context.Parameter("fitted", [1], ParameterRole.State, "Zeros", 1, 1);
        context.MarkRescaled(source.Column);
        context.DeclareStandardize(new StandardizeValue(source.Column, source.Scale, source.Offset, context.IndexOf(mean), context.IndexOf(deviation), context.IndexOf(fitted)));
        context.Output = context.Graph.Map(
            $"{context.Path}/standardized",
            (ScalarExpression.Of(0) - ScalarExpression.Of(1)) / ScalarExpression.Of(2),
            x,
            mean,
            deviation);
    }
}
