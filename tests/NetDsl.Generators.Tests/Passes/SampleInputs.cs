using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>Numbers for every column and parameter of a graph.</summary>
internal static class SampleInputs
{
    public static ReferenceInputs For(Graph graph, int batch)
    {
        var columns = new Dictionary<string, double[]>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is not Op.Input input) continue;
            int count = input.Type.Elements * batch;
            columns.Add(input.Column, input.Type.DType == DType.I32 ? SpreadNumbers.Labels(count, 2) : SpreadNumbers.Make(count, columns.Count));
        }

        // Variances and the like are positive.
        double[][] parameters = [.. graph.Parameters.Select((p, i) => SpreadNumbers.Make(p.Type.Elements, 20 + i, p.Role == NetDsl.Generators.IR.ParameterRole.State ? 0.5 : -1, 1.5))];
        return new ReferenceInputs(batch, columns, parameters, Seed: 7, Step: 2);
    }
}
