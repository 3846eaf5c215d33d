using NetDsl.Generators.IR;

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

    /// <summary>The error of a named operand, number <paramref name="index"/> from 1, whose shape does not go with the current tensor's.</summary>
    public static ShapeErrorException Mismatch(LayerContext context, Value[] operands, int index) =>
        context.ErrorAbout(
            operands[index],
            Diagnostics.DiagnosticIds.ShapeMismatch,
            context.Source.At("names", index - 1),
            context.Path,
            LayerContext.Show(operands[0]),
            context.NameOf(operands[0]),
            LayerContext.Show(operands[index]),
            context.NameOf(operands[index]));

    /// <summary>The current tensor and the one of the argument <c>name</c>, of one shape.</summary>
    public static Value[] Pair(LayerContext context)
    {
        Value current = context.Input;
        string name = context.String("name") ?? "";
        context.Describe($"\"{name}\"");
        Value other = context.Resolve(name, context.Source.At("name"));
        return other.Type.Equals(current.Type) ? [current, other] : throw context.ErrorAbout(
            other,
            Diagnostics.DiagnosticIds.ShapeMismatch,
            context.Source.At("name"),
            context.Path,
            LayerContext.Show(current),
            context.NameOf(current),
            LayerContext.Show(other),
            context.NameOf(other));
    }

    /// <summary>The operands of a merge, all of one shape, taken together two by two from the left.</summary>
    public static Value Fold(LayerContext context, string label, Func<ScalarExpression, ScalarExpression, ScalarExpression> combine, Func<int, double>? factor = null)
    {
        Value[] operands = Operands(context);
        ScalarExpression result = ScalarExpression.Of(0);
        for (int i = 1; i < operands.Length; i++)
        {
            if (!operands[i].Type.Equals(operands[0].Type)) throw Mismatch(context, operands, i);
            result = combine(result, ScalarExpression.Of(i));
        }

        if (factor is not null) result *= factor(operands.Length);
        return context.Graph.Map($"{context.Path}/{label}", result, operands);
    }
}
