using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>Evaluates the arguments of a block's layers under the values of its constants, with C#'s meaning.</summary>
internal static class Evaluator
{
    /// <summary>The value: <see cref="int"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, <see cref="EnumValue"/> or an array of these.</summary>
    /// <exception cref="EvaluationException">A division by zero, an overflow, or operands that do not fit.</exception>
    public static object? Evaluate(ValueExpression expression, IReadOnlyDictionary<string, object?> constants)
    {
        try
        {
            return expression switch
            {
                ValueExpression.Constant constant => constant.Value,
                ValueExpression.ParameterReference reference => constants.TryGetValue(reference.Name, out object? value)
                    ? value
                    : throw new EvaluationException($"'{reference.Name}' has no value"),
                ValueExpression.Array array => array.Items.Select(item => Evaluate(item, constants)).ToArray(),
                ValueExpression.Conditional conditional => Evaluate(conditional.Condition, constants) is bool condition
                    ? Evaluate(condition ? conditional.Then : conditional.Otherwise, constants)
                    : throw new EvaluationException($"'{conditional.Condition}' is not a condition"),
                ValueExpression.Unary unary => Unary(unary.Operator, Evaluate(unary.Operand, constants)),
                ValueExpression.Binary binary => Binary(binary, constants),
                _ => throw new EvaluationException($"'{expression}' cannot be evaluated"),
            };
        }
        catch (DivideByZeroException)
        {
            throw new EvaluationException($"'{expression}' divides by zero");
        }
        catch (OverflowException)
        {
            throw new EvaluationException($"'{expression}' overflows");
        }
    }

    private static object Unary(string op, object? value) => (op, value) switch
    {
        ("-", int i) => checked(-i),
        ("-", double d) => -d,
        ("+", int or double) => value!,
        ("!", bool b) => !b,
        _ => throw new EvaluationException($"'{op}' does not apply to '{value}'"),
    };

    private static object Binary(ValueExpression.Binary binary, IReadOnlyDictionary<string, object?> constants)
    {
        object? left = Evaluate(binary.Left, constants);
        if (left is bool l && binary.Operator is "&&" or "||")
        {
            bool decided = (bool)left! == (binary.Operator == "||");
            if (decided) return (bool)left;
            return Evaluate(binary.Right, constants) is bool r ? r : throw new EvaluationException($"'{binary.Right}' is not a condition");
        }

        object? right = Evaluate(binary.Right, constants);
        return (left, right) switch
        {
            (int a, int b) => Integers(binary.Operator, a, b),
            (int or double, int or double) => Doubles(binary.Operator, ToDouble(left), ToDouble(right)),
            _ when binary.Operator == "==" => Equals(left, right),
            _ when binary.Operator == "!=" => !Equals(left, right),
            _ => throw new EvaluationException($"'{binary.Operator}' does not apply to '{left}' and '{right}'"),
        };
    }

    private static double ToDouble(object? value) => value is int i ? i : (double)value!;

    private static object Integers(string op, int a, int b) => op switch
    {
        "+" => checked(a + b),
        "-" => checked(a - b),
        "*" => checked(a * b),
        "/" => checked(a / b),
        "%" => checked(a % b),
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        "==" => a == b,
        "!=" => a != b,
        _ => throw new EvaluationException($"'{op}' does not apply to numbers"),
    };

    private static object Doubles(string op, double a, double b) => op switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        ">=" => a >= b,
        "==" => a == b,
        "!=" => a != b,
        _ => throw new EvaluationException($"'{op}' does not apply to numbers"),
    };
}

/// <summary>A block's argument has no value; the message says why.</summary>
internal sealed class EvaluationException(string message) : Exception(message);
