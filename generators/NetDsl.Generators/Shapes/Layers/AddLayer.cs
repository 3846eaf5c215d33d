using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The sum of the current tensor and the named ones, element by element.</summary>
internal sealed class AddLayer : Layer
{
    public override void Build(LayerContext context)
    {
        Value[] operands = Merges.Operands(context);
        ScalarExpression sum = ScalarExpression.Of(0);
        for (int i = 1; i < operands.Length; i++)
        {
            if (!operands[i].Type.Equals(operands[0].Type)) throw Merges.Mismatch(context, operands, i);
            sum += ScalarExpression.Of(i);
        }

        context.Output = context.Graph.Map($"{context.Path}/sum", sum, operands);
    }
}
