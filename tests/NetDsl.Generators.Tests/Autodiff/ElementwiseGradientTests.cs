using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

/// <summary>Gradients of every scalar function and of the ways functions are put together.</summary>
public class ElementwiseGradientTests
{
    private static readonly ScalarExpression X = ScalarExpression.Of(0);
    private static readonly ScalarExpression Y = ScalarExpression.Of(1);

    public static TheoryData<string> UnaryFunctions => [.. Enum.GetNames<UnaryFunction>()];

    public static TheoryData<string> BinaryFunctions => [.. Enum.GetNames<BinaryFunction>()];

    public static TheoryData<string> Compositions => [.. Composed.Keys];

    private static Dictionary<string, ScalarExpression> Composed => new()
    {
        ["relu"] = Max(X, 0),
        ["relu with its operands exchanged"] = Max(0, X),
        ["relu of a product"] = Max(X * Y, 0),
        ["relu clipped at 0.4"] = new ScalarExpression.Binary(BinaryFunction.Min, Max(X, 0), 0.4),
        ["leaky relu"] = Select(X, 0, X, 0.01 * X),
        ["leaky relu of a sum"] = Select(X + Y, 0, X + Y, 0.3 * (X + Y)),
        ["leaky relu with a falling slope"] = Select(X, 0, X, -0.5 * X),
        ["select by another operand"] = Select(Y, 0, X * X, 3 * X),
        ["select between constants"] = Select(X, 0, 1, 2) * Y,
        ["select whose threshold is an operand"] = Select(X, Y, X, Y * Y),
        ["dropout"] = Select(new ScalarExpression.Uniform(123), 0.4, X * (1 / 0.6), 0),
        ["dropout after relu"] = Select(new ScalarExpression.Uniform(123), 0.4, Max(X, 0) * (1 / 0.6), 0),
        ["noise times x"] = new ScalarExpression.Uniform(9) * X,
        ["mean over the batch"] = X * new ScalarExpression.InverseBatch(),
        ["tanh of an affine function"] = F(UnaryFunction.Tanh, (2 * X) + 0.3),
        ["sigmoid of a product"] = F(UnaryFunction.Sigmoid, X * Y),
        ["exp of a difference"] = F(UnaryFunction.Exp, X - Y),
        ["sqrt of a sum of squares"] = F(UnaryFunction.Sqrt, (X * X) + (Y * Y) + 0.1),
        ["x over root of y squared"] = X / F(UnaryFunction.Sqrt, (Y * Y) + 1e-2),
        ["tanh of tanh"] = F(UnaryFunction.Tanh, F(UnaryFunction.Tanh, X)),
        ["binary cross-entropy with logits"] = F(UnaryFunction.Softplus, X) - (X * Y),
        ["squared difference"] = (X - Y) * (X - Y),
        ["gelu by tanh"] = 0.5 * X * (1 + F(UnaryFunction.Tanh, 0.7978845608 * (X + (0.044715 * X * X * X)))),
        ["gelu of a product"] = F(UnaryFunction.GELU, X * Y),
        ["swish"] = X * F(UnaryFunction.Sigmoid, X),
        ["elu"] = Select(X, 0, X, F(UnaryFunction.Exp, X) - 1),
        ["elu of a product"] = Select(X * Y, 0, X * Y, F(UnaryFunction.Exp, X * Y) - 1),
        ["not quite elu"] = Select(X, 0, X, F(UnaryFunction.Exp, Y) - 1),
        ["the same operand four times"] = (X * X) + (X / (X + 3)) - X,
        ["negated negation"] = -(-(X * Y)),
        ["an operand that is not read"] = X * 2,
    };

    [Theory]
    [MemberData(nameof(UnaryFunctions))]
    public void Function_of_one_argument(string name)
    {
        UnaryFunction function = Enum.Parse<UnaryFunction>(name);
        bool positive = function is UnaryFunction.Log or UnaryFunction.Sqrt;
        var sketch = new GraphSketch();
        sketch.Output("y", sketch.Map(F(function, X), sketch.Column("x", 3)));
        sketch.Output("scaled", sketch.Map(F(function, X * X) * 3, sketch.Column("other", 3)));
        sketch.Output("parameter", sketch.Map(F(function, X), sketch.Parameter("w", 5)));
        GradientCheck.Run(sketch, 3, positive ? 0.2 : -0.9, positive ? 2 : 1.5);
    }

    [Theory]
    [MemberData(nameof(BinaryFunctions))]
    public void Function_of_two_arguments(string name)
    {
        BinaryFunction function = Enum.Parse<BinaryFunction>(name);
        var sketch = new GraphSketch();
        sketch.Output("y", sketch.Map(new ScalarExpression.Binary(function, X, Y), sketch.Column("a", 7), sketch.Column("b", 7)));
        sketch.Output("same", sketch.Map(new ScalarExpression.Binary(function, X * X, 0.5 + X), sketch.Parameter("w", 4)));
        GradientCheck.Run(sketch, 2, 0.3, 1.7);
    }

    [Theory]
    [MemberData(nameof(Compositions))]
    public void Composition(string name)
    {
        ScalarExpression expression = Composed[name];
        var sketch = new GraphSketch();
        sketch.Output("y", sketch.Map(expression, sketch.Column("x", 5), sketch.Column("other", 5)));
        sketch.Output("broadcast", sketch.Map(expression, sketch.Column("x2", 2, 3), sketch.Parameter("w", 3)));
        GradientCheck.Run(sketch, 3);
    }

    /// <summary>The conventions at a kink, as PyTorch has them: relu'(0) = 0, the slope of leaky relu at 0 is that of its negative side.</summary>
    [Theory]
    [InlineData("ReLU", 0)]
    [InlineData("LeakyReLU", 0.01)]
    [InlineData("Abs", 0)]
    [InlineData("ELU", 1)]
    public void Derivative_at_a_kink(string kind, double expected)
    {
        ScalarExpression expression = kind switch
        {
            "ReLU" => Max(X, 0),
            "LeakyReLU" => Select(X, 0, X, 0.01 * X),
            "ELU" => Select(X, 0, X, F(UnaryFunction.Exp, X) - 1),
            _ => F(UnaryFunction.Abs, X),
        };
        var sketch = new GraphSketch();
        sketch.Output("y", sketch.Map(expression, sketch.Column("x", 1)));
        Graph backward = Generators.Autodiff.AutodiffStage.Backward(sketch.ToGraph(), inputGradients: true);
        ReferenceRun run = ReferenceInterpreter.Run(
            backward,
            new ReferenceInputs(1, new Dictionary<string, double[]> { ["x"] = [0], ["d(y)"] = [1] }, []));
        Assert.Equal([expected], run.InputGradient("x"));
    }

    private static ScalarExpression.Unary F(UnaryFunction function, ScalarExpression x) => new(function, x);

    private static ScalarExpression.Binary Max(ScalarExpression x, ScalarExpression y) => new(BinaryFunction.Max, x, y);

    private static ScalarExpression.SelectGreater Select(ScalarExpression left, ScalarExpression right, ScalarExpression then, ScalarExpression otherwise) =>
        new(left, right, then, otherwise);
}
