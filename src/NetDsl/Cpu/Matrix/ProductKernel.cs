namespace NetDsl.Cpu;

/// <summary>
/// A product whose output has a batch axis. Where the panels were not packed before, a part packs those it needs by itself:
/// it has enough rows for that to be cheap, and the threads need not wait for each other.
/// </summary>
internal readonly unsafe struct ProductKernel<TRows, TColumns, TStore>(
    TRows rows, TColumns columns, TStore store, ProductPlan plan, WorkerMemory memory, float* before = null, BatchView ahead = default)
    : IKernel
    where TRows : struct, IProductRows
    where TColumns : struct, IProductColumns
    where TStore : struct, IProductStore
{
    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        MicroKernel kernel = MicroKernel.Current;
        (int rowPart, int columnPart) = Math.DivRem(part, plan.ColumnParts);
        float* panels = memory.Of(worker).Pointer;
        float* sums = panels + plan.PanelFloats;
        nint* segments = stackalloc nint[plan.MaxSegments + 1];
        TRows rowSource = rows;
        TColumns columnSource = columns;
        float* copiedRows = sums + plan.SumsFloats;
        rowSource.Begin(rowPart, copiedRows + plan.RowFloats, segments);
        columnSource.Begin(rowPart);

        int allPanels = Cut.Ceiling(plan.N, kernel.PanelColumns);
        int firstColumn = Cut.Start(allPanels, plan.ColumnParts, columnPart) * kernel.PanelColumns;
        int endColumn = Math.Min(plan.N, Cut.Start(allPanels, plan.ColumnParts, columnPart + 1) * kernel.PanelColumns);
        KBlocks blocks = rowSource.Segments == plan.MaxSegments
            ? plan.Blocks
            : new KBlocks(rowSource.Segments, rowSource.SegmentLength, plan.Blocks.MaxLength);
        float* packed = before is null ? columnSource.Packed : before;
        Tile tile = new() { RowStep = plan.RowStep > 0 ? plan.RowStep : rowSource.RowStep, KStep = 1, CStep = plan.SumStep };
        for (int index = 0; index < blocks.Count; index++)
        {
            KBlock block = blocks[index];
            tile.Segments = segments + block.FirstSegment;
            tile.SegmentCount = block.Segments;
            tile.SegmentLength = block.Length;
            tile.Accumulate = index > 0;
            bool last = index == blocks.Count - 1;
            if (packed is not null)
            {
                panels = packed + ((nint)firstColumn * block.Depth);
                packed += (nint)block.Depth * allPanels * kernel.PanelColumns;
            }
            else
            {
                Pack(kernel, in columnSource, in block, firstColumn, endColumn, panels);
            }

            float* operand = columnSource.Rows + ((nint)((block.FirstSegment * rowSource.SegmentLength) + block.Start) * plan.N), sum = sums;
            for (int group = rowSource.FirstGroup; group < rowSource.EndGroup; group++)
            {
                float* a = rowSource.Group(group, out int groupRows) + block.Start;
                if (plan.RowStep > 0) a = CopyRows(a, rowSource.RowStep, groupRows, block.Length, copiedRows);
                Lookahead next = last ? Operand(in rowSource, group, groupRows) : default;
                if (plan.InPlace) RunInPlace(kernel, ref tile, a, groupRows, firstColumn, endColumn, panels, sum, operand, ref next);
                else RunPacked(kernel, ref tile, a, groupRows, firstColumn, endColumn, panels, sum, block.Depth, ref next);
                if (last)
                {
                    rowSource.Output(group, 0, out int sample, out int row, out int step);
                    store.Store(sum, plan.SumStep, groupRows, sample, row, step, rowSource.SampleRows, firstColumn, endColumn - firstColumn);
                }

                if (blocks.Count > 1) sum += groupRows * plan.SumStep;
            }
        }
    }

    /// <summary>What the epilogue reads of its operand for a group, where the part has whole rows.</summary>
    private Lookahead Operand(in TRows source, int group, int rows)
    {
        if (ahead.Data.IsNull || plan.ColumnParts > 1 || !MicroKernel.Current.FetchesAhead) return default;
        source.Output(group, 0, out int sample, out int row, out int step);
        return step == 1 ? new Lookahead(ahead[sample].Pointer + ((nint)row * plan.N), (nint)rows * plan.N) : default;
    }

    /// <summary>A group's rows within a block, at a distance at which they do not push each other out of the cache.</summary>
    private float* CopyRows(float* rows, nint step, int count, int length, float* target)
    {
        for (int i = 0; i < count; i++)
            new ReadOnlySpan<float>(rows + (i * step), length).CopyTo(new Span<float>(target + ((nint)i * plan.RowStep), length));
        return target;
    }

    /// <summary>Packs the panels of a block, or in place just the last one where it is not full.</summary>
    private void Pack(MicroKernel kernel, in TColumns source, in KBlock block, int firstColumn, int endColumn, float* panels)
    {
        int width = kernel.PanelColumns;
        int column = firstColumn;
        if (plan.InPlace)
        {
            if ((endColumn - firstColumn) % kernel.Lanes == 0) return;
            column = firstColumn + ((endColumn - firstColumn) / width * width);
        }

        if (column < endColumn) block.Pack(in source, column, endColumn - column, width, panels);
    }

    /// <summary>A panel stays in the first-level cache while the tiles of the group pass by.</summary>
    private void RunPacked(
        MicroKernel kernel, ref Tile tile, float* a, int rows, int firstColumn, int endColumn, float* panels, float* sum, int depth, ref Lookahead next)
    {
        // A phase of a stride that is greater than the image has no rows.
        if (rows == 0) return;
        int width = kernel.PanelColumns, tiles = Cut.Ceiling(rows, kernel.MaxRows);
        (int low, int tall) = Math.DivRem(rows, tiles);
        tile.BStep = width;
        for (int column = firstColumn; column < endColumn; column += width, panels += (nint)depth * width)
        {
            int vectors = endColumn - column > kernel.Lanes ? 2 : 1;
            tile.B = panels;
            tile.A = a;
            tile.C = sum + (column - firstColumn);
            if (tall > 0)
            {
                tile.Repeats = tall;
                next.Next(ref tile, (nint)tall * depth);
                kernel.Run(in tile, low + 1, vectors);
                tile.A += tall * (low + 1) * tile.RowStep;
                tile.C += tall * (low + 1) * tile.CStep;
            }

            tile.Repeats = tiles - tall;
            next.Next(ref tile, (nint)tile.Repeats * depth);
            kernel.Run(in tile, low, vectors);
        }
    }

    private void RunInPlace(
        MicroKernel kernel, ref Tile tile, float* a, int rows, int firstColumn, int endColumn, float* panels, float* sum, float* operand, ref Lookahead next)
    {
        int tiles = Cut.Ceiling(rows, kernel.MaxRows);
        for (int i = 0; i < tiles; i++)
        {
            int first = Cut.Start(rows, tiles, i), height = Cut.Start(rows, tiles, i + 1) - first;
            tile.A = a + (first * tile.RowStep);
            int column = firstColumn;
            while (column < endColumn)
            {
                int left = endColumn - column;
                int vectors = left >= 4 * kernel.Lanes && height <= kernel.MaxWideRows ? 4 : left >= 2 * kernel.Lanes ? 2 : 1;
                bool full = left >= vectors * kernel.Lanes && (left >= kernel.PanelColumns || left == kernel.Lanes);
                if (!full && left > kernel.Lanes) vectors = 2;
                tile.B = full ? operand + column : panels;
                tile.BStep = full ? plan.N : kernel.PanelColumns;
                tile.C = sum + (first * plan.SumStep) + (column - firstColumn);
                if (vectors == 2) next.Next(ref tile, (nint)tile.SegmentCount * tile.SegmentLength);
                kernel.Run(in tile, height, vectors);
                column += vectors * kernel.Lanes;
            }
        }
    }
}
