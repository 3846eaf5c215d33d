namespace NetDsl.Cpu;

/// <summary>Where the finished rows of a product go.</summary>
internal unsafe interface IProductStore
{
    /// <summary>Stores some columns of the rows of a group.</summary>
    /// <param name="sums">What was computed; may be overwritten.</param>
    /// <param name="sumStep">Elements from one row of sums to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="sample">The sample of the first.</param>
    /// <param name="row">Its row of the output, and that of the next is <paramref name="step"/> further.</param>
    /// <param name="step">Rows of the output from one row of the group to the next.</param>
    /// <param name="sampleRows">Rows after which the next sample begins.</param>
    /// <param name="column">First column.</param>
    /// <param name="count">Columns.</param>
    void Store(float* sums, int sumStep, int rows, int sample, int row, int step, int sampleRows, int column, int count);
}
