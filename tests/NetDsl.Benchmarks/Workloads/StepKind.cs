namespace NetDsl.Benchmarks.Workloads;

/// <summary>What is timed.</summary>
internal enum StepKind
{
    /// <summary>A batch of the data set, forward, loss, backward, Adam; the loss is read after each.</summary>
    Train,

    /// <summary>Images in the program's memory to probabilities in the program's memory.</summary>
    Predict,
}
