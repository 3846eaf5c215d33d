namespace NetDsl.Cpu;

/// <summary>What a reduction over rows adds up. Generated as a struct.</summary>
public interface IRowTerm
{
    /// <summary><c>accumulator[c] += term(row, c)</c> for every column.</summary>
    /// <param name="accumulator">The sums so far, with room for whole vectors.</param>
    /// <param name="row">The row, counted over all samples.</param>
    /// <param name="columns">Number of columns.</param>
    void Accumulate(Floats accumulator, int row, int columns);
}

/// <summary>Sums over rows: gradients of biases, statistics of batch normalisation.</summary>
public static class Reduction
{
    // A chunk is one chain of additions: long enough to be worth a part, short enough to keep rounding errors small.
    private const int ChunkElements = 16 * 1024;
    private const int MaxChunkRows = 1024;
    private const int MaxChunks = 64;

    /// <summary>
    /// <c>output[c]</c> = the sum over rows r of term(r, c). Rows are cut into chunks by <paramref name="rows"/> and
    /// <paramref name="columns"/> alone; a chunk adds its rows in order, and the chunks are added in order.
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="output">The sums, <paramref name="columns"/> elements; may be memory that the term reads for no other column.</param>
    /// <param name="rows">Rows over all samples.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="term">What is added.</param>
    public static void Sum<TTerm>(in CpuFrame f, Floats output, int rows, int columns, in TTerm term)
        where TTerm : struct, IRowTerm
    {
        int chunks = Chunks(rows, columns);
        nint step = f.PartialStep(chunks);
        f.Team.Run(new ChunkKernel<TTerm>(f.Partials, step, term, rows, columns, chunks), chunks);
        PartialSums.Add(f.Partials, step, chunks, 0, columns, output);
    }

    /// <summary>Working memory that <see cref="Sum"/> uses.</summary>
    /// <param name="rows">Rows over all samples.</param>
    /// <param name="columns">Columns of a row.</param>
    public static WorkingMemory SumScratch(int rows, int columns) => new(partials: Chunks(rows, columns) * Cut.Align(columns));

    private static int Chunks(int rows, int columns)
    {
        long byWork = ((long)rows * columns + ChunkElements - 1) / ChunkElements;
        long byRows = ((long)rows + MaxChunkRows - 1) / MaxChunkRows;
        return (int)Math.Clamp(Math.Max(byWork, byRows), 1, Math.Clamp(rows, 1, MaxChunks));
    }

    private readonly struct ChunkKernel<TTerm>(Floats partials, nint step, TTerm term, int rows, int columns, int chunks) : IKernel
        where TTerm : struct, IRowTerm
    {
        public void Run(int part, int worker)
        {
            Floats accumulator = partials + (part * step);
            accumulator.AsSpan((int)Cut.Align(columns)).Clear();
            int end = (int)((long)rows * (part + 1) / chunks);
            for (int row = (int)((long)rows * part / chunks); row < end; row++) term.Accumulate(accumulator, row, columns);
        }
    }
}
