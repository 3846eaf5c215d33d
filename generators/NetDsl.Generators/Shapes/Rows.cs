using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>What several layers compute of rows, which are the last axis; it stays, with extent 1.</summary>
internal static class Rows
{
    /// <summary>What PyTorch adds below a square root of a length (<c>cosine_similarity</c>, <c>normalize</c>), as the least length.</summary>
    private const double LeastLength = 1e-12;

    /// <summary>The sum of a term over each row of operands of one shape.</summary>
    public static Value Sum(LayerContext context, string label, ScalarExpression term, params Value[] operands) => Reduce(context, label, Reduction.Sum, term, operands);

    /// <summary>The mean of a term over each row.</summary>
    public static Value Mean(LayerContext context, string label, ScalarExpression term, params Value[] operands)
    {
        double share = 1.0 / operands[0].Type.Shape[operands[0].Type.Rank - 1];
        return Sum(context, label, Simplifier.Simplify(term * share), operands);
    }

    /// <summary>Each row divided by its length, sqrt(sum of squares), or by 1e-12 where that is greater.</summary>
    public static Value Normalize(LayerContext context, Value x)
    {
        ScalarExpression a = ScalarExpression.Of(0), b = ScalarExpression.Of(1);
        Value squares = Sum(context, "squares", a * a, x);
        ScalarExpression length = new ScalarExpression.Unary(UnaryFunction.Sqrt, new ScalarExpression.Binary(BinaryFunction.Max, b, LeastLength * LeastLength));
        return context.Graph.Map($"{context.Path}/unit", a / length, x, squares);
    }

    private static Value Reduce(LayerContext context, string label, Reduction kind, ScalarExpression term, Value[] operands)
    {
        var reduce = new Op.Reduce(kind, new([operands[0].Type.Rank - 1]), OverBatch: false, KeepAxes: true, term, operands[0].Type);
        return context.Graph.Add($"{context.Path}/{label}", reduce, operands);
    }
}
