namespace NetDsl.Generators.IR;

/// <summary>
/// Elementwise work: the value of one output element as an expression over the elements of the
/// operands at the same place. One tree serves the built-in activations, losses, fused chains and a user's lambdas;
/// it is differentiated once and printed once per target.
/// </summary>
internal abstract record ScalarExpression
{
    /// <summary>The element of operand number <paramref name="Index"/>.</summary>
    public sealed record Operand(int Index) : ScalarExpression;

    /// <summary>A constant.</summary>
    public sealed record Constant(double Value) : ScalarExpression;

    /// <summary>1 / (number of samples of the batch at hand): what turns a sum over samples into their mean.</summary>
    public sealed record InverseBatch : ScalarExpression;

    /// <summary>
    /// A random number, keyed by seed, step, <paramref name="Stream"/> (the layer's stable path), sample and element: the same
    /// wherever it is evaluated again, so that no mask is stored.
    /// </summary>
    public abstract record RandomNumber(uint Stream) : ScalarExpression;

    /// <summary>One that is uniform on [0, 1): a multiple of 2^-24.</summary>
    public sealed record Uniform(uint Stream) : RandomNumber(Stream);

    /// <summary>One of the standard normal distribution: √2 erfinv(2 u - 1 + 2^-24) of the uniform number u, which is symmetric and finite.</summary>
    public sealed record Normal(uint Stream) : RandomNumber(Stream);

    /// <summary>A function of one argument.</summary>
    public sealed record Unary(UnaryFunction Function, ScalarExpression Argument) : ScalarExpression;

    /// <summary>A function of two arguments.</summary>
    public sealed record Binary(BinaryFunction Function, ScalarExpression Left, ScalarExpression Right) : ScalarExpression;

    /// <summary><paramref name="Left"/> &gt; <paramref name="Right"/> ? <paramref name="Then"/> : <paramref name="Otherwise"/>; its derivative by the condition is zero.</summary>
    public sealed record SelectGreater(ScalarExpression Left, ScalarExpression Right, ScalarExpression Then, ScalarExpression Otherwise) : ScalarExpression;

    public static ScalarExpression Of(int operand) => new Operand(operand);

    public static implicit operator ScalarExpression(double value) => new Constant(value);

    public static ScalarExpression operator +(ScalarExpression a, ScalarExpression b) => new Binary(BinaryFunction.Add, a, b);

    public static ScalarExpression operator -(ScalarExpression a, ScalarExpression b) => new Binary(BinaryFunction.Subtract, a, b);

    public static ScalarExpression operator *(ScalarExpression a, ScalarExpression b) => new Binary(BinaryFunction.Multiply, a, b);

    public static ScalarExpression operator /(ScalarExpression a, ScalarExpression b) => new Binary(BinaryFunction.Divide, a, b);

    public static ScalarExpression operator -(ScalarExpression a) => new Unary(UnaryFunction.Negate, a);
}

/// <summary>Functions of one argument.</summary>
internal enum UnaryFunction
{
    Negate,
    Exp,
    Log,

    /// <summary>log(1 + x), exact for small x.</summary>
    Log1p,
    Sqrt,
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)); its derivative is the sigmoid, at 0 too.</summary>
    Softplus,
    Abs,

    /// <summary>x Φ(x), Φ the normal distribution's cumulative function.</summary>
    GELU,

    /// <summary>Φ(x) + x φ(x), the derivative of <see cref="GELU"/>; φ(x) = exp(-x^2 / 2) / sqrt(2 pi).</summary>
    GELUGradient,
}

/// <summary>Functions of two arguments.</summary>
internal enum BinaryFunction
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Max,
    Min,
}
