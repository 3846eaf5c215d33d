using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>-log softmax(logits)[label], a label per row of the last axis; the mean over the rows of a sample.</summary>
internal sealed class CrossEntropyLayer : Layer, ILossLayer
{
    public override void Build(LayerContext context)
    {
        Value current = context.Input;
        Losses.RequireClasses(context, current);
        var (logits, probabilities) = Losses.ReadSoftmax(context, current);
        TensorType labels = new(DType.I32, current.Type.Shape.Take(current.Type.Rank - 1).ToEquatableArray(), true);
        Value target = Losses.Target(context, labels);
        Value loss = context.Graph.Add($"{context.Path}/loss", new Op.SoftmaxCrossEntropy(), logits, target);
        Losses.Declare(context, "CrossEntropy", current, probabilities, loss);
    }
}
