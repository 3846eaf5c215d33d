using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>What several layers compute of rows, which are the last axis; it stays, with extent 1.</summary>
internal static class Rows
{
    /// <summary>
    /// The least length that a vector is divided by: a vector of zeros has no direction, and a gradient of at most 1 / this. PyTorch has 1e-8 in <c>cosine_similarity</c>, 1e-12 in
    /// <c>normalize</c>, and with the last a single such vector throws the weights away.
    /// </summary>
    private const double LeastLength = 1e-6;

    /// <summary>The sum of a term over each row of operands of one shape.</summary>
    public static Value Sum(LayerContext context, string label, ScalarExpression term, params Value[] operands) => Reduce(context, label, Reduction.Sum, term, operands);

    /// <summary>The mean of a term over each row.</summary>
    public static Value Mean(LayerContext context, string label, ScalarExpression term, params Value[] operands)
    {
        double share = 1.0 / operands[0].Type.Shape[operands[0].Type.Rank - 1];
        return Sum(context, label, Simplifier.Simplify(term * share), operands);
    }

    /// <summary>Each row divided by its length, sqrt(sum of squares), or by 1e-6 where that is greater.</summary>
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
