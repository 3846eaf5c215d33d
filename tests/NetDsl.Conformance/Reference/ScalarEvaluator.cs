using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>The value of a scalar expression at one element.</summary>
internal static class ScalarEvaluator
{
    /// <param name="e">The expression.</param>
    /// <param name="x">The operands' elements at this place.</param>
    /// <param name="sample">Row of the batch.</param>
    /// <param name="element">Index within the sample of the result.</param>
    /// <param name="inputs">Batch size and the key of the random numbers.</param>
    public static double Evaluate(ScalarExpression e, double[] x, int sample, int element, ReferenceInputs inputs)
    {
        return e switch
        {
            ScalarExpression.Operand operand => x[operand.Index],
            ScalarExpression.Constant constant => constant.Value,
            ScalarExpression.InverseBatch => 1.0 / inputs.Batch,
            ScalarExpression.Uniform uniform => Philox.Uniform(inputs.Seed, inputs.Step, uniform.Stream, sample, element),
            ScalarExpression.Normal normal => NormalQuantile(Philox.Uniform(inputs.Seed, inputs.Step, normal.Stream, sample, element) + Math.ScaleB(1, -25)),
            ScalarExpression.Unary unary => Unary(unary.Function, Inner(unary.Argument)),
            ScalarExpression.Binary binary => Binary(binary.Function, Inner(binary.Left), Inner(binary.Right)),
            ScalarExpression.SelectGreater select => Inner(select.Left) > Inner(select.Right) ? Inner(select.Then) : Inner(select.Otherwise),
            _ => throw new InvalidOperationException($"{e.GetType().Name} has no meaning: add it to the reference interpreter."),
        };

        double Inner(ScalarExpression inner) => Evaluate(inner, x, sample, element, inputs);
    }

    private static double Unary(UnaryFunction function, double x) => function switch
    {
        UnaryFunction.Negate => -x,
        UnaryFunction.Exp => Math.Exp(x),
        UnaryFunction.Log => Math.Log(x),
        UnaryFunction.Log1p => Log1p(x),
        UnaryFunction.Sqrt => Math.Sqrt(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
        UnaryFunction.Abs => Math.Abs(x),
        UnaryFunction.GELU => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))),
        UnaryFunction.GELUGradient => (0.5 * (1 + Erf(x / Math.Sqrt(2)))) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)),
        UnaryFunction.Softplus => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x))),
        _ => throw new InvalidOperationException($"{function} has no meaning: add it to the reference interpreter."),
    };

    private static double Binary(BinaryFunction function, double x, double y) => function switch
    {
        BinaryFunction.Add => x + y,
        BinaryFunction.Subtract => x - y,
        BinaryFunction.Multiply => x * y,
        BinaryFunction.Divide => x / y,
        BinaryFunction.Max => Math.Max(x, y),
        BinaryFunction.Min => Math.Min(x, y),
        _ => throw new InvalidOperationException($"{function} has no meaning: add it to the reference interpreter."),
    };

    /// <summary>
    /// erf(x) = 2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · ... · (2n + 1)) (DLMF 7.6.2), whose terms have one sign: nothing cancels.
    /// From 6 on, 1 - erf(x) is less than half a unit in the last place of 1.
    /// </summary>
    private static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) >= 6) return Math.Sign(x);
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>The number that a standard normal one is below with probability p: Newton's method on Φ(z) = (1 + erf(z / √2)) / 2, from the side where it converges monotonically.</summary>
    private static double NormalQuantile(double p)
    {
        double z = 0;
        for (int i = 0; i < 100; i++)
        {
            double step = (((1 + Erf(z / Math.Sqrt(2))) / 2) - p) * Math.Sqrt(2 * Math.PI) * Math.Exp(z * z / 2);
            z -= step;
            if (Math.Abs(step) < 1e-13) break;
        }

        return z;
    }

    /// <summary>log(1 + x) = 2 artanh(x / (2 + x)), whose argument keeps the digits of a small x.</summary>
    private static double Log1p(double x) => Math.Abs(x) < 0.5 ? 2 * Math.Atanh(x / (2 + x)) : Math.Log(1 + x);
}
