using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The product of the current tensor and the named ones, element by element; an axis of extent 1 stands for all of its axis.</summary>
internal sealed class MultiplyLayer : Layer
{
    public override Masking Masking => Masking.Passes;

    public override void Build(LayerContext context)
    {
        Value[] operands = Merges.Operands(context);
        ScalarExpression product = ScalarExpression.Of(0);
        for (int i = 1; i < operands.Length; i++)
        {
            // Two named tensors may each fit the current one and not each other.
            for (int j = 0; j < i; j++)
            {
                if (!Fits(operands[j], operands[i])) throw Merges.Mismatch(context, operands[j], operands[i], context.Source.At("names", i - 1));
            }

            product *= ScalarExpression.Of(i);
        }

        context.Output = context.Graph.Map($"{context.Path}/product", product, operands);
    }

    private static bool Fits(Value a, Value b) =>
        a.Type.Rank == b.Type.Rank
        && a.Type.Shape.Zip(b.Type.Shape, (left, right) => left == right || left == 1 || right == 1).All(fits => fits);
}
