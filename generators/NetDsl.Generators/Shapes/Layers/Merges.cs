using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>What the merges share: the current tensor first, then the named ones.</summary>
internal static class Merges
{
    /// <summary>The operands of a merge; at least one is named.</summary>
    public static Value[] Operands(LayerContext context)
    {
        Value current = context.Input;
        string[] names = context.Strings("names");
        if (names.Length == 0) throw context.OutOfRange("names", "at least one name", "empty");
        context.Describe(string.Join(" ", names.Select(name => $"\"{name}\"")));
        return [current, .. names.Select((name, i) => context.Resolve(name, context.Source.At("names", i)))];
    }

    /// <summary>The error of two operands whose shapes do not go together.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="one">The one that comes first.</param>
    /// <param name="other">The one that does not go with it.</param>
    /// <param name="at">The argument that names the latter.</param>
    public static ShapeErrorException Mismatch(LayerContext context, Value one, Value other, SourceRef at) => context.ErrorAbout(
        other,
        DiagnosticIds.ShapeMismatch,
        at,
        context.Path,
        LayerContext.Show(one),
        context.NameOf(one),
        LayerContext.Show(other),
        context.NameOf(other));

    /// <summary>The current tensor and the one of the argument <c>name</c>, of one shape.</summary>
    public static Value[] Pair(LayerContext context)
    {
        Value current = context.Input;
        string name = context.String("name") ?? "";
        context.Describe($"\"{name}\"");
        Value other = context.Resolve(name, context.Source.At("name"));
        return other.Type.Equals(current.Type) ? [current, other] : throw Mismatch(context, current, other, context.Source.At("name"));
    }

    /// <summary>The operands of a merge, all of one shape, taken together two by two from the left.</summary>
    public static Value Fold(LayerContext context, string label, Func<ScalarExpression, ScalarExpression, ScalarExpression> combine, Func<int, double>? factor = null)
    {
        Value[] operands = Operands(context);
        ScalarExpression result = ScalarExpression.Of(0);
        for (int i = 1; i < operands.Length; i++)
        {
            if (!operands[i].Type.Equals(operands[0].Type)) throw Mismatch(context, operands[0], operands[i], context.Source.At("names", i - 1));
            result = combine(result, ScalarExpression.Of(i));
        }

        if (factor is not null) result *= factor(operands.Length);
        return context.Graph.Map($"{context.Path}/{label}", result, operands);
    }
}
