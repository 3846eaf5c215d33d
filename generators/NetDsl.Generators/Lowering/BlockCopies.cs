using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering;

/// <summary><paramref name="Outer"/> times, <paramref name="Length"/> neighbouring elements of each sample from one place to another.</summary>
/// <param name="Target">Where to.</param>
/// <param name="Source">Where from; <see langword="null"/> for zeros.</param>
/// <param name="Outer">Runs of each sample.</param>
/// <param name="FromRow">Elements from one run to the next at the source.</param>
/// <param name="ToRow">The same at the target.</param>
/// <param name="Length">Elements of a run.</param>
/// <param name="Node">The node of the IR; <see langword="null"/> for a copy to the parameters.</param>
/// <param name="Origin">The layer and direction.</param>
internal sealed record BlockCopy(KernelArgument Target, KernelArgument? Source, int Outer, int FromRow, int ToRow, int Length, Node? Node, Origin Origin);

/// <summary>What is left to copy of the ops that move data, after the memory plan made views of what it could.</summary>
internal static class BlockCopies
{
    /// <summary>The copies of a concatenation, a slice or a padding.</summary>
    public static IEnumerable<BlockCopy> Of(Node node, MemoryPlan plan) => node.Op switch
    {
        Op.Concat concat => Concat(node, concat.Axis, plan),
        Op.Slice slice => Slice(node, slice, plan),
        Op.Pad pad => Pad(node, pad, plan),
        _ => throw new IRException($"{node.Op.Name} is not a movement of data."),
    };

    /// <summary>Gradients and states that are not yet where they belong: one tensor may be the gradient of two parameters.</summary>
    public static IEnumerable<BlockCopy> ToParameters(Graph graph, ParameterLayout layout, MemoryPlan plan) =>
        graph.Gradients.SelectMany(gradient => ToParameter(gradient, Arena.Gradients, graph, layout, plan))
            .Concat(graph.StateUpdates.SelectMany(state => ToParameter(state, Arena.Parameters, graph, layout, plan)));

    private static IEnumerable<BlockCopy> Concat(Node node, int axis, MemoryPlan plan)
    {
        TensorType y = node.Output.Type;
        KernelArgument whole = KernelArgument.Of(node.Output, plan);
        int outer = Product(y.Shape, 0, axis), inner = Product(y.Shape, axis + 1, y.Rank), start = 0;
        foreach (Value operand in node.Inputs)
        {
            KernelArgument part = KernelArgument.Of(operand, plan);
            int length = operand.Type.Shape[axis] * inner;
            Placement target = whole.Placement with { Start = whole.Placement.Start + start };
            start += length;

            // A part that its own kernel wrote in place.
            if (part.Placement == target) continue;
            yield return new BlockCopy(whole with { Placement = target }, part, outer, length, y.Shape[axis] * inner, length, node, node.Origin);
        }
    }

    private static IEnumerable<BlockCopy> Slice(Node node, Op.Slice slice, MemoryPlan plan)
    {
        TensorType x = node.Inputs[0].Type;
        KernelArgument whole = KernelArgument.Of(node.Inputs[0], plan), result = KernelArgument.Of(node.Output, plan);
        int inner = Product(x.Shape, slice.Axis + 1, x.Rank), length = slice.Length * inner;
        Placement source = whole.Placement with { Start = whole.Placement.Start + (slice.Start * inner) };

        // A view of its operand.
        if (result.Placement == source) yield break;
        yield return new BlockCopy(result, whole with { Placement = source }, Product(x.Shape, 0, slice.Axis), x.Shape[slice.Axis] * inner, length, length, node, node.Origin);
    }

    private static IEnumerable<BlockCopy> Pad(Node node, Op.Pad pad, MemoryPlan plan)
    {
        TensorType x = node.Inputs[0].Type, y = node.Output.Type;
        KernelArgument whole = KernelArgument.Of(node.Inputs[0], plan), result = KernelArgument.Of(node.Output, plan);
        int inner = Product(x.Shape, pad.Axis + 1, x.Rank), length = x.Shape[pad.Axis] * inner;
        Placement target = result.Placement with { Start = result.Placement.Start + (pad.Before * inner) };
        yield return new BlockCopy(result, null, 1, 0, y.Elements, y.Elements, node, node.Origin);
        yield return new BlockCopy(result with { Placement = target }, whole, Product(x.Shape, 0, pad.Axis), length, y.Shape[pad.Axis] * inner, length, node, node.Origin);
    }

    private static IEnumerable<BlockCopy> ToParameter(ParameterValue value, Arena arena, Graph graph, ParameterLayout layout, MemoryPlan plan)
    {
        KernelArgument source = KernelArgument.Of(value.Value, plan);
        int offset = layout.Offsets[value.Parameter];
        if (source.Placement.Arena == arena && source.Placement.Offset == offset) yield break;
        ParameterInfo parameter = graph.Parameters[value.Parameter];
        int elements = parameter.Type.Elements;
        var target = new KernelArgument(parameter.Path, parameter.Type, new Placement(arena, offset, 0, elements));
        var origin = arena == Arena.Gradients
            ? new Origin("Gradients that several weights share", "Gradient", Phase.Backward)
            : new Origin("Running statistics", "State", Phase.Forward);
        yield return new BlockCopy(target, source, 1, elements, elements, elements, null, origin);
    }

    private static int Product(EquatableArray<int> shape, int from, int to)
    {
        int product = 1;
        for (int i = from; i < to; i++) product *= shape[i];
        return product;
    }
}
