using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>One named rewrite of a graph that keeps its meaning.</summary>
internal interface IPass
{
    /// <summary>Short name, for messages and the printed IR.</summary>
    string Name { get; }

    /// <summary>The rewritten graph.</summary>
    /// <param name="graph">A valid graph.</param>
    /// <param name="kept">Values that must stay: the graph's results and, for an inspectable network, every layer's output.</param>
    Graph Run(Graph graph, ISet<Value> kept);
}
