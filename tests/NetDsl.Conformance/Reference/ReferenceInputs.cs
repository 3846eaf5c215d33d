namespace NetDsl.Conformance.Reference;

/// <summary>What a graph is evaluated on.</summary>
/// <param name="Batch">Number of samples.</param>
/// <param name="Columns">Every column by name, sample after sample; labels are whole numbers.</param>
/// <param name="Parameters">A tensor for each of the graph's parameters, in their order.</param>
/// <param name="Seed">Key of the random numbers.</param>
/// <param name="Step">The training step, from 0.</param>
internal sealed record ReferenceInputs(
    int Batch,
    IReadOnlyDictionary<string, double[]> Columns,
    IReadOnlyList<double[]> Parameters,
    ulong Seed = 0,
    uint Step = 0);
