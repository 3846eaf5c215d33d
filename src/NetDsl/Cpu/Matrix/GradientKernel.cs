namespace NetDsl.Cpu;

/// <summary>
/// A gradient by weights: one part is a chunk of the positions for some rows and columns of the result. The gradient by a bias, the sum over the positions, is
/// one more row of it: whoever computes the first rows has just read what it sums.
/// </summary>
internal readonly unsafe struct GradientKernel<TStrips, TE>(
    TStrips strips, Floats output, Floats bias, TE epilogue, GradientPlan plan, Floats partials, nint partialStep, WorkerMemory memory)
    : IKernel
    where TStrips : struct, IGradientStrips
    where TE : struct, IEpilogue
{
    /// <summary>Computes the gradient and, where it was cut into chunks, adds them up; that by the bias where there is memory for it.</summary>
    public static void Run(in CpuFrame f, TStrips strips, Floats output, Floats bias, in TE epilogue, in GradientPlan plan)
    {
        nint step = f.PartialStep(plan.Chunks);
        f.Team.Run(
            new GradientKernel<TStrips, TE>(strips, output, bias, epilogue, plan, f.Partials, step, f.Workers), plan.Chunks * plan.RowParts * plan.ColumnParts);
        if (plan.Chunks == 1) return;
        int parts = Math.Min(plan.M, Elementwise.Parts((long)plan.M * plan.N * plan.Chunks));
        f.Team.Run(new CombineKernel<TE>(f.Partials, step, output, bias, plan, parts, epilogue), parts);
    }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        MicroKernel kernel = MicroKernel.Current;
        (int chunk, int grid) = Math.DivRem(part, plan.RowParts * plan.ColumnParts);
        (int rowPart, int columnPart) = Math.DivRem(grid, plan.ColumnParts);
        int allPanels = Cut.Ceiling(plan.N, kernel.PanelColumns);
        int firstColumn = Cut.Start(allPanels, plan.ColumnParts, columnPart) * kernel.PanelColumns;
        int endColumn = Math.Min(plan.N, Cut.Start(allPanels, plan.ColumnParts, columnPart + 1) * kernel.PanelColumns);
        int firstTile = Cut.Start(plan.Tiles, plan.RowParts, rowPart), endTile = Cut.Start(plan.Tiles, plan.RowParts, rowPart + 1);
        int firstStrip = Cut.Start(strips.Strips, plan.Chunks, chunk), endStrip = Cut.Start(strips.Strips, plan.Chunks, chunk + 1);

        Floats own = memory.Of(worker);
        float* panels = own.Pointer, packed = panels + plan.PanelFloats, sums = packed + plan.RowFloats, buffer = sums + plan.SumsFloats;
        nint* segments = stackalloc nint[strips.MaxSegments], runs = stackalloc nint[strips.Runs];
        nint dense = 0;
        strips.Begin(segments, runs);

        float* biasSums = plan.Chunks == 1 || bias.Pointer is null ? bias.Pointer : (partials + ((chunk * partialStep) + ((nint)plan.M * plan.N))).Pointer;

        // Where nothing is added to the sums, and no part of a vector would be written behind a row, they are made where they belong.
        bool direct = plan.Chunks == 1 && typeof(TE) == typeof(NoEpilogue) && plan.N % kernel.Lanes == 0;
        Tile tile = new()
        {
            RowStep = 1,
            KStep = plan.PackedStep > 0 ? plan.PackedStep : strips.PositionStep,
            Segments = plan.PackedStep > 0 ? &dense : segments,
            CStep = direct ? plan.N : plan.SumStep,
        };
        for (int strip = firstStrip; strip < endStrip; strip++)
        {
            float* a = strips.Strip(strip, buffer, out float* gradient, out int segmentCount, out int segmentLength);
            tile.Accumulate = strip > firstStrip;
            int positions = segmentCount * segmentLength;
            (tile.SegmentCount, tile.SegmentLength) = plan.PackedStep > 0 ? (1, positions) : (segmentCount, segmentLength);
            int packedRun = -1, packedFirst = 0;
            if (!plan.InPlace)
                Panels.Copy(
                    gradient + firstColumn, strips.GradientStep, positions, endColumn - firstColumn, kernel.PanelColumns,
                    (nint)positions * kernel.PanelColumns, panels);

            Lookahead ahead = kernel.FetchesAhead ? After(part, strip, endStrip) : default;
            float* sum = sums;
            for (int index = firstTile; index < endTile; index++, sum += kernel.MaxRows * plan.SumStep)
            {
                (int run, int inRun) = Math.DivRem(index, plan.RunTiles);
                int first = Cut.Start(strips.RunLength, plan.RunTiles, inRun);
                int height = Cut.Start(strips.RunLength, plan.RunTiles, inRun + 1) - first;
                if (plan.PackedStep == 0)
                {
                    tile.A = a + runs[run] + first;
                }
                else
                {
                    if (run != packedRun)
                    {
                        (packedRun, packedFirst) = (run, first);
                        int end = Cut.Start(strips.RunLength, plan.RunTiles, Math.Min(plan.RunTiles, inRun + endTile - index));
                        Panels.Gather(
                            a + runs[run] + first, segments, segmentCount, segmentLength, strips.PositionStep, end - first, plan.PackedStep, packed);
                    }

                    tile.A = packed + (first - packedFirst);
                }

                int row = (run * strips.RunLength) + first;
                float* c = direct ? output.Pointer + ((nint)row * plan.N) + firstColumn : sum;
                for (int column = firstColumn; column < endColumn; column += kernel.PanelColumns)
                {
                    tile.B = plan.InPlace ? gradient + column : panels + ((nint)(column - firstColumn) * positions);
                    tile.BStep = plan.InPlace ? strips.GradientStep : kernel.PanelColumns;
                    tile.C = c + (column - firstColumn);
                    int vectors = endColumn - column > kernel.Lanes ? 2 : 1;
                    if (vectors == 2) ahead.Next(ref tile, positions);
                    kernel.Run(in tile, height, vectors);
                }

                if (!direct && strip == endStrip - 1) Store(chunk, row, height, firstColumn, endColumn - firstColumn, sum);
            }

            if (biasSums is not null && firstTile == 0)
                ColumnSums.Run(gradient + firstColumn, strips.GradientStep, positions, endColumn - firstColumn, biasSums + firstColumn, strip > firstStrip);
        }
    }

    /// <summary>The rows of the left operand that come after a strip: its next, or the first of the next part of the chunk, which the same worker has most of the time.</summary>
    private Lookahead After(int part, int strip, int endStrip)
    {
        int grids = plan.RowParts * plan.ColumnParts, grid = part % grids;
        if (++strip == endStrip)
        {
            if (++grid == grids) return default;
            strip = Cut.Start(strips.Strips, plan.Chunks, part / grids);
        }

        float* rows = strips.Peek(strip);
        if (rows is null) return default;
        int rowPart = grid / plan.ColumnParts;
        int firstTile = Cut.Start(plan.Tiles, plan.RowParts, rowPart), endTile = Cut.Start(plan.Tiles, plan.RowParts, rowPart + 1);
        return new Lookahead(rows, strips.PositionStep, Cut.Start(strips.RunLength, plan.RunTiles, firstTile), Cut.Start(strips.RunLength, plan.RunTiles, endTile));
    }

    private void Store(int chunk, int row, int height, int column, int count, float* sum)
    {
        Floats partial = partials + (chunk * partialStep);
        for (int i = 0; i < height; i++, row++, sum += plan.SumStep)
        {
            nint place = ((nint)row * plan.N) + column;
            if (plan.Chunks == 1) epilogue.Store(new Floats(sum), output + place, 0, row, column, count);
            else default(NoEpilogue).Store(new Floats(sum), partial + place, 0, row, column, count);
        }
    }
}
