using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>y = activation(x W + b) on the last axis; W is input x output.</summary>
internal sealed class DenseLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value x = context.Input;
        int units = context.Int("units");
        if (x.Type.Rank == 0) throw context.WrongRank(x, "a tensor of at least one axis");
        if (x.Type.Rank == 3) context.Warn(DiagnosticIds.DenseOnImage, context.Source, context.Path, LayerContext.Show(x), context.NameOf(x));

        int inputs = x.Type.Shape[x.Type.Rank - 1];
        string initializer = Initializers.Kernel(context, Activations.Read(context));

        // A token's vector is a row of the embedding; the product with it is how much a result speaks for the token (Press and Wolf 2017).
        bool tied = context.WeightsOwner is { Kind: "Embedding" };
        if (tied) context.Describe($"weights of {context.WeightPath}, transposed");
        int[] shape = tied ? [units, inputs] : [inputs, units];
        Value weight = context.Parameter("weight", shape, ParameterRole.Trainable, initializer, inputs, units);
        Value y = context.Graph.Add($"{context.Path}/product", new Op.MatMul(TransposeA: false, TransposeB: tied), x, weight);
        context.Output = Activations.Apply(context, Biases.Add(context, y, units, inputs, units, own: tied));
    }
}
