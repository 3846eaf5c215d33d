using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>(y - t)², the mean over the elements of a sample; of standardized targets where asked for.</summary>
internal sealed class MeanSquaredErrorLayer : Layer, ILossLayer, ITensorLoss
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Value target = Losses.Target(context, current.Type);
        ScalarExpression y = ScalarExpression.Of(0), t = ScalarExpression.Of(1);
        if (!context.Bool("Standardize", false))
        {
            Losses.Declare(context, "MeanSquaredError", current, current, context.Graph.Map($"{context.Path}/loss", (y - t) * (y - t), current, target));
            return;
        }

        if (context.Has("Target")) throw context.OutOfRange("Standardize", "false where the target is a tensor of the network, which no data standardize", "true");
        (Value mean, Value deviation, Value fitted) = Tensors(context, current);
        context.DeclareStandardize(new StandardizeValue(context.ColumnName(target), 1, 0, context.IndexOf(mean), context.IndexOf(deviation), context.IndexOf(fitted)));
        ScalarExpression difference = y - ((t - ScalarExpression.Of(2)) / ScalarExpression.Of(3));
        Value elements = context.Graph.Map($"{context.Path}/loss", difference * difference, current, target, mean, deviation);
        Value prediction = context.Graph.Map($"{context.Path}/prediction", (y * ScalarExpression.Of(1)) + ScalarExpression.Of(2), current, deviation, mean);
        Losses.Declare(context, "MeanSquaredError", current, prediction, elements);
    }

    public void DeclareTensors(LayerContext context)
    {
        if (context.Bool("Standardize", false)) Tensors(context, context.Input);
    }

    private static (Value Mean, Value Deviation, Value Fitted) Tensors(LayerContext context, Value current)
    {
        if (current.Type.Rank == 0) throw context.WrongRank(current, "a tensor of at least one axis");
        int features = current.Type.Shape[current.Type.Rank - 1];
        return (
            context.Parameter("mean", [features], ParameterRole.State, "Zeros", 1, 1),
            context.Parameter("deviation", [features], ParameterRole.State, "Ones", 1, 1),
            context.Parameter("fitted", [1], ParameterRole.State, "Zeros", 1, 1));
    }
}
