namespace NetDsl.Cpu;

/// <summary>How the samples of a recurrent layer are cut, and its working memory.</summary>
internal static class RecurrentBlocks
{
    // Samples that step together: rows of the product with the recurrent weights, few enough that a small batch has a part for each thread.
    public const int Samples = 16;

    /// <summary>Parts of a batch.</summary>
    public static int Parts(int batch) => Math.Max(1, Cut.Ceiling(batch, Samples));

    /// <summary>Samples that have a step: where none has, nothing is multiplied. So a batch costs what its longest sample does.</summary>
    public static int CountReal(BatchView mask, int first, int rows, int step)
    {
        if (mask.Data.IsNull) return rows;
        int count = 0;
        for (int row = 0; row < rows; row++)
            if (mask[first + row][step] != 0) count++;
        return count;
    }

    /// <summary>Floats of a worker forward: panels of the recurrent weights, and the sums of a step.</summary>
    public static long ForwardFloats(int gates, int units) => Cut.Align((units + Samples) * (long)AttentionBlocks.Padded(gates * units));

    /// <summary>Floats of a worker backward: panels of the transposed weights, the gradient by the state, and what a cell carries besides.</summary>
    public static long BackwardFloats(int gates, int units) => Cut.Align((((long)gates * units) + Samples) * AttentionBlocks.Padded(units)) + Cut.Align((long)Samples * units);
}
