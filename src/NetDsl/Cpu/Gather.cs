namespace NetDsl.Cpu;

/// <summary>Rows of a table by their index, as an embedding reads them, and the gradient by the table.</summary>
public static class Gather
{
    // Elements that are worth handing to another thread.
    private const long PartElements = 16 * 1024;

    // Indices that each part of a gradient looks through for every row of the table that it has, at most.
    private const int MostParts = 16;

    /// <summary>y[r] = table[indices[r]] for every row r of every sample.</summary>
    /// <param name="f">The run.</param>
    /// <param name="table">Rows of <paramref name="columns"/> elements.</param>
    /// <param name="indices">rowsPerSample integers a sample, each the number of a row.</param>
    /// <param name="y">rowsPerSample x columns a sample.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="columns">Elements of a row.</param>
    public static void Rows(in CpuFrame f, Floats table, BatchView indices, BatchView y, int rowsPerSample, int columns)
    {
        int rows = f.Batch * rowsPerSample;
        int parts = (int)Math.Clamp((long)rows * columns / PartElements, 1, Math.Max(1, rows));
        f.Team.Run(new RowsKernel(table, indices, y, rowsPerSample, columns, rows, parts), parts);
    }

    /// <summary>dtable[i] = the sum of dy[r] over all rows r of all samples with indices[r] = i, in their order.</summary>
    /// <param name="f">The run.</param>
    /// <param name="indices">rowsPerSample integers a sample.</param>
    /// <param name="dy">rowsPerSample x columns a sample.</param>
    /// <param name="dtable">tableRows x columns.</param>
    /// <param name="rowsPerSample">Rows a sample.</param>
    /// <param name="tableRows">Rows of the table.</param>
    /// <param name="columns">Elements of a row.</param>
    public static void Gradient(in CpuFrame f, BatchView indices, BatchView dy, Floats dtable, int rowsPerSample, int tableRows, int columns)
    {
        long work = ((long)tableRows + ((long)f.Batch * rowsPerSample)) * columns;
        int parts = (int)Math.Clamp(work / PartElements, 1, Math.Min(MostParts, tableRows));
        f.Team.Run(new GradientKernel(indices, dy, dtable, f.Batch, rowsPerSample, tableRows, columns, parts), parts);
    }

    private readonly struct RowsKernel(Floats table, BatchView indices, BatchView y, int rowsPerSample, int columns, int rows, int parts) : IKernel
    {
        public void Run(int part, int worker)
        {
            int end = Cut.Start(rows, parts, part + 1);
            for (int row = Cut.Start(rows, parts, part); row < end; row++)
            {
                (int sample, int place) = Math.DivRem(row, rowsPerSample);
                Floats source = table + ((nint)indices[sample].AsInts()[place] * columns);
                source.AsSpan(columns).CopyTo((y[sample] + ((nint)place * columns)).AsSpan(columns));
            }
        }
    }

    /// <summary>A part has some rows of the table and looks through all indices for them, so that no two threads add to one place.</summary>
    private readonly struct GradientKernel(BatchView indices, BatchView dy, Floats dtable, int batch, int rowsPerSample, int tableRows, int columns, int parts) : IKernel
    {
        public void Run(int part, int worker)
        {
            int first = Cut.Start(tableRows, parts, part), count = Cut.Start(tableRows, parts, part + 1) - first;
            Floats own = dtable + ((nint)first * columns);
            own.AsSpan(count * columns).Clear();
            for (int sample = 0; sample < batch; sample++)
            {
                Ints places = indices[sample].AsInts();
                Floats gradient = dy[sample];
                for (int place = 0; place < rowsPerSample; place++)
                {
                    int row = places[place] - first;
                    if ((uint)row < (uint)count) Add(own + ((nint)row * columns), gradient + ((nint)place * columns));
                }
            }
        }

        private void Add(Floats sum, Floats term)
        {
            int width = System.Numerics.Vector<float>.Count, i = 0;
            for (; i <= columns - width; i += width) sum.Store(i, sum.Load(i) + term.Load(i));
            for (; i < columns; i++) sum[i] += term[i];
        }
    }
}
