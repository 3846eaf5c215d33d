using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>The arguments of a layer, evaluated and checked.</summary>
internal sealed partial class LayerContext
{
    /// <summary>Whether the argument was given.</summary>
    public bool Has(string parameter) => Find(parameter) is not null;

    /// <summary>An integer argument.</summary>
    /// <param name="parameter">The constructor parameter's or property's name.</param>
    /// <param name="defaultValue">Its value where it is absent.</param>
    /// <param name="minimum">The least that is allowed; less is an error at the argument.</param>
    public int Int(string parameter, int defaultValue = 0, int minimum = 1)
    {
        object? value = Evaluate(parameter);
        if (value is null) return defaultValue;
        int number = value is int i ? i : throw WrongKind(parameter, "an integer", value);
        if (number < minimum) throw OutOfRange(parameter, minimum == 1 ? "positive" : minimum == 0 ? "zero or more" : $"at least {minimum}", number);
        return number;
    }

    /// <summary>A number; an integer counts as one.</summary>
    public double Double(string parameter, double defaultValue = 0)
    {
        object? value = Evaluate(parameter);
        double number = value switch
        {
            null => defaultValue,
            int i => i,
            double d => d,
            _ => throw WrongKind(parameter, "a number", value),
        };
        if (double.IsNaN(number) || double.IsInfinity(number)) throw OutOfRange(parameter, "finite", number);
        return number;
    }

    public bool Bool(string parameter, bool defaultValue)
    {
        object? value = Evaluate(parameter);
        return value switch { null => defaultValue, bool b => b, _ => throw WrongKind(parameter, "true or false", value) };
    }

    public string? String(string parameter)
    {
        object? value = Evaluate(parameter);
        return value switch { null => null, string s => s, _ => throw WrongKind(parameter, "a string", value) };
    }

    /// <summary>The member's name of an enum argument.</summary>
    public string Enum(string parameter, string defaultMember)
    {
        object? value = Evaluate(parameter);
        return value switch { null => defaultMember, EnumValue e => e.Member, _ => throw WrongKind(parameter, "a member of an enum", value) };
    }

    /// <summary>The elements of a <c>params int[]</c> argument, each checked.</summary>
    public int[] Ints(string parameter, int minimum = 1)
    {
        object?[] items = Evaluate(parameter) as object?[] ?? [];
        int[] numbers = new int[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            numbers[i] = items[i] is int n ? n : throw WrongKind(parameter, "integers", items[i]);
            if (numbers[i] < minimum) throw Error(DiagnosticIds.ArgumentRange, Source.At(parameter, i), Describe(parameter, i), "positive", numbers[i].ToString(CultureInfo.InvariantCulture));
        }

        return numbers;
    }

    /// <summary>The elements of a <c>params string[]</c> argument.</summary>
    public string[] Strings(string parameter)
    {
        object?[] items = Evaluate(parameter) as object?[] ?? [];
        return [.. items.Select(item => item as string ?? throw WrongKind(parameter, "strings", item))];
    }

    /// <summary>An error: the argument must be <paramref name="expected"/> (an adjective or a phrase) and is not.</summary>
    public ShapeErrorException OutOfRange(string parameter, string expected, object actual) =>
        Error(DiagnosticIds.ArgumentRange, Source.At(parameter), parameter, expected, Convert.ToString(actual, CultureInfo.InvariantCulture)!);

    private static string Describe(string parameter, int element) => $"{parameter}[{element}]";

    private ArgumentSpec? Find(string parameter) =>
        Spec.Arguments.FirstOrDefault(a => a.Parameter == parameter);

    private object? Evaluate(string parameter)
    {
        if (Find(parameter) is not { } argument) return null;
        try
        {
            return Evaluator.Evaluate(argument.Value, Scope.Constants);
        }
        catch (EvaluationException exception)
        {
            throw Error(DiagnosticIds.UnsupportedExpression, Source.At(parameter), exception.Message);
        }
    }

    private ShapeErrorException WrongKind(string parameter, string expected, object? value) =>
        Error(DiagnosticIds.ArgumentRange, Source.At(parameter), parameter, expected, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null");
}
