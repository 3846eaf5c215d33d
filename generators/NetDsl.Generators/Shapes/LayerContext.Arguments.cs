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
    /// <param name="maximum">The most that is allowed.</param>
    public int Int(string parameter, int defaultValue = 0, int minimum = 1, int maximum = Extents.Maximum)
    {
        object? value = Evaluate(parameter);
        if (value is null) return defaultValue;
        int number = value is int i ? i : throw WrongKind(parameter, "an integer", value);
        if (number < minimum) throw OutOfRange(parameter, AtLeast(minimum), number);
        if (number > maximum) throw OutOfRange(parameter, AtMost(maximum), number);
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

        // Computed with as a 32-bit float, where it must be neither infinite nor 0.
        if (float.IsInfinity((float)number) || ((float)number == 0 && number != 0)) throw OutOfRange(parameter, "0, or of a magnitude from 1.4E-45 to 3.4E+38", number);
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
    /// <param name="members">The members there are: a cast in the source can give any number.</param>
    public string Enum(string parameter, string defaultMember, IReadOnlyCollection<string> members)
    {
        object? value = Evaluate(parameter);
        return value switch
        {
            null => defaultMember,
            EnumValue e when members.Contains(e.Member) => e.Member,
            _ => throw WrongKind(parameter, "one of " + string.Join(", ", members), value),
        };
    }

    /// <summary>The elements of a <c>params int[]</c> argument, each checked.</summary>
    public int[] Ints(string parameter, int minimum = 1)
    {
        object?[] items = Evaluate(parameter) as object?[] ?? [];
        int[] numbers = new int[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            numbers[i] = items[i] is int n ? n : throw WrongKind(parameter, "integers", items[i]);
            if (numbers[i] < minimum) throw OutOfRange(parameter, i, AtLeast(minimum), numbers[i]);
            if (numbers[i] > Extents.Maximum) throw OutOfRange(parameter, i, AtMost(Extents.Maximum), numbers[i]);
        }

        return numbers;
    }

    /// <summary>The elements of a <c>double[]</c> argument, each finite.</summary>
    public double[] Doubles(string parameter)
    {
        object?[] items = Evaluate(parameter) as object?[] ?? [];
        double[] numbers = new double[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            numbers[i] = items[i] switch { int n => n, double d => d, _ => throw WrongKind(parameter, "numbers", items[i]) };
            if (float.IsNaN((float)numbers[i]) || float.IsInfinity((float)numbers[i])) throw OutOfRange(parameter, i, "finite", numbers[i]);
        }

        return numbers;
    }

    /// <summary>The elements of a <c>params string[]</c> argument.</summary>
    public string[] Strings(string parameter)
    {
        object?[] items = Evaluate(parameter) as object?[] ?? [];
        return [.. items.Select(item => item as string ?? throw WrongKind(parameter, "strings", item))];
    }

    /// <summary>A name is part of paths and becomes a member of the generated code: a letter or underscore, then letters, digits, underscores.</summary>
    public void RequireIdentifier(string parameter, string name)
    {
        bool valid = name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_');
        if (!valid) throw OutOfRange(parameter, "letters, digits and underscores that start with no digit", $"\"{name}\"");
    }

    /// <summary>An error: the argument must be <paramref name="expected"/> (an adjective or a phrase) and is not.</summary>
    public ShapeErrorException OutOfRange(string parameter, string expected, object actual) =>
        Error(DiagnosticIds.ArgumentRange, Source.At(parameter), parameter, expected, Convert.ToString(actual, CultureInfo.InvariantCulture)!);

    /// <summary>An error at one element of a <c>params</c> argument.</summary>
    public ShapeErrorException OutOfRange(string parameter, int element, string expected, object actual) =>
        Error(
            DiagnosticIds.ArgumentRange,
            Source.At(parameter, element),
            $"{parameter}[{element.ToString(CultureInfo.InvariantCulture)}]",
            expected,
            Convert.ToString(actual, CultureInfo.InvariantCulture)!);

    private static string AtMost(int maximum) => "at most " + maximum.ToString(CultureInfo.InvariantCulture);

    private static string AtLeast(int minimum) => minimum switch
    {
        1 => "positive",
        0 => "zero or more",
        _ => "at least " + minimum.ToString(CultureInfo.InvariantCulture),
    };

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
