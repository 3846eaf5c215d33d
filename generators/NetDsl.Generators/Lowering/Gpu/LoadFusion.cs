using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Lowering.Gpu;

/// <summary>The load of a program: which columns it reads, and the elementwise work that rides along.</summary>
/// <param name="Kernel">The load.</param>
/// <param name="Fused">Nodes that it computes.</param>
internal sealed record LoadFusion(GpuKernel.Load Kernel, IReadOnlyList<Node> Fused)
{
    public static LoadFusion Of(ProgramGraph program, MemoryPlan plan)
    {
        Graph graph = program.Graph;
        var columns = new List<LoadedColumn>();
        var fused = new List<Node>();
        int index = 0;
        foreach (ProgramColumn column in program.Columns.Where(column => column.Role != InputRole.Cache).OrderBy(column => column.Role))
        {
            int number = index++;
            if (!plan.Placements.ContainsKey(column.Value)) continue;
            if (OnlyReader(graph, column.Value) is { } reader && Ride(graph, reader, column.Value, number, plan) is { } loaded)
            {
                columns.Add(loaded);
                fused.Add(reader);
            }
            else
            {
                Placement place = plan.Placements[column.Value];
                columns.Add(new LoadedColumn(number, column.Value.Type.Elements, column.Value.Type.DType == DType.I32, place.Offset, place.Start, place.Stride, null, default));
            }
        }

        return new LoadFusion(new GpuKernel.Load(columns.ToEquatableArray()), fused);
    }

    /// <summary>The one node that reads a column, where it is elementwise and nobody looks at the column itself.</summary>
    private static Node? OnlyReader(Graph graph, Value column)
    {
        if (column.Type.DType != DType.F32 || graph.Results.Contains(column) || graph.LayerOutputs.Any(layer => ReferenceEquals(layer.Value, column))) return null;
        Node[] readers = [.. graph.Nodes.Where(node => node.Inputs.Contains(column))];
        return readers.Length == 1 && readers[0].Op is Op.Map ? readers[0] : null;
    }

    /// <summary>The column with the work on it, where that reads nothing but the column and parameters.</summary>
    private static LoadedColumn? Ride(Graph graph, Node reader, Value column, int number, MemoryPlan plan)
    {
        var map = (Op.Map)reader.Op;
        if (!map.Type.Equals(column.Type) || ScalarExpressions.Any(map.Expression, e => e is ScalarExpression.RandomNumber)) return null;

        // Before anything ran, only the column's own place is free to write.
        if (plan.Placements[reader.Output] != plan.Placements[column]) return null;
        Value[] others = [.. reader.Inputs.Where(input => !ReferenceEquals(input, column))];
        if (others.Any(other => graph.ProducerOf(other)?.Op is not Op.Parameter)) return null;

        AccessPatterns access = AccessPatterns.Of(map.Type, [.. reader.Inputs.Select(input => input.Type)]);
        var parameters = new List<LoadedParameter>();
        int[] numbers = new int[reader.Inputs.Count];
        for (int i = 0; i < reader.Inputs.Count; i++)
        {
            if (ReferenceEquals(reader.Inputs[i], column)) continue;
            parameters.Add(new LoadedParameter(plan.Placements[reader.Inputs[i]].Offset, reader.Inputs[i].Type.Elements, access.Operands[i], access.Inner));
            numbers[i] = parameters.Count;
        }

        ScalarExpression expression = ScalarExpressions.Substitute(map.Expression, i => ScalarExpression.Of(numbers[i]));
        Placement place = plan.Placements[reader.Output];
        return new LoadedColumn(number, column.Type.Elements, false, place.Offset, place.Start, place.Stride, expression, parameters.ToEquatableArray());
    }
}
