using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

/// <summary>Simplification changes how an expression is written and never its value.</summary>
public class SimplifierTests
{
    [Fact]
    public void Random_expressions_keep_their_value()
    {
        var random = new Random(12);
        int shortened = 0;
        for (int i = 0; i < 3000; i++)
        {
            ScalarExpression expression = Grow(random, 5);
            ScalarExpression simple = Simplifier.Simplify(expression);
            if (ScalarExpressions.Size(simple) < ScalarExpressions.Size(expression)) shortened++;
            Assert.Equal(Value(expression), Value(simple), 1e-9);
        }

        Assert.True(shortened > 500, $"only {shortened} of the expressions were simplified");
    }

    private static double Value(ScalarExpression expression) =>
        ScalarEvaluator.Evaluate(expression, [0.7, -1.3], 3, 5, new ReferenceInputs(4, new Dictionary<string, double[]>(), [], 1, 2));

    /// <summary>Trees whose values stay finite: no function with a bounded domain, and 0, 1 and -1 often.</summary>
    private static ScalarExpression Grow(Random random, int depth)
    {
        if (depth == 0 || random.Next(6) == 0)
        {
            return random.Next(8) switch
            {
                0 => 0,
                1 => 1,
                2 => -1,
                3 => 2.5,
                4 => new ScalarExpression.InverseBatch(),
                5 => new ScalarExpression.Uniform(3),
                _ => ScalarExpression.Of(random.Next(2)),
            };
        }

        return random.Next(9) switch
        {
            0 => -Grow(random, depth - 1),
            1 => new ScalarExpression.Unary(UnaryFunction.Tanh, Grow(random, depth - 1)),
            2 or 3 => Grow(random, depth - 1) * Grow(random, depth - 1),
            4 => Grow(random, depth - 1) + Grow(random, depth - 1),
            5 => Grow(random, depth - 1) - Grow(random, depth - 1),
            6 => Grow(random, depth - 1) / (random.Next(2) == 0 ? 1.0 : 4.0),
            7 => new ScalarExpression.Binary(random.Next(2) == 0 ? BinaryFunction.Max : BinaryFunction.Min, Grow(random, depth - 1), Grow(random, depth - 1)),
            _ => new ScalarExpression.SelectGreater(Grow(random, depth - 1), Grow(random, depth - 1), Grow(random, depth - 1), Grow(random, depth - 1)),
        };
    }
}
