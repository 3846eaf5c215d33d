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
}
