using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>The flat list of rewrites. The verifier runs before the first and after each.</summary>
internal static class PassPipeline
{
    private static readonly IPass[] Passes =
    [
        new DeadCode(),
        new SingleElementReductions(),
        new ConstantFolding(),
        new SoftmaxWithLoss(),
        new PoolingGradients(),
        new CommonSubexpressions(),
        new ElementwiseFusion(),
        new DeadCode(),
    ];

    /// <summary>Runs every pass.</summary>
    /// <param name="graph">The graph of one program, with just the results that the program gives.</param>
    /// <param name="keepLayerOutputs">Every layer's output stays in memory (<c>Inspectable</c>).</param>
    public static Graph Run(Graph graph, bool keepLayerOutputs)
    {
        GraphVerifier.Verify(graph, "building");
        foreach (IPass pass in Passes)
        {
            var kept = new HashSet<Value>(graph.Results);
            if (keepLayerOutputs) kept.UnionWith(graph.LayerOutputs.Select(layer => layer.Value));
            graph = pass.Run(graph, kept);
            GraphVerifier.Verify(graph, pass.Name);
        }

        return graph;
    }
}
