using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes matrix products: a tile of sums in registers for each item, with or without its inner dimension shared out.</summary>
internal static class MatMulEmitter
{
    /// <summary>Inner dimension that passes through shared memory at a time.</summary>
    private const int SharedDepth = 16;

    /// <summary>Terms of an item from which on it takes two at a time.</summary>
    private const int ManyTerms = 16;

    /// <summary>Items of a group over shared tiles, and tiles of its block.</summary>
    private const int BlockRows = 8, BlockColumns = 8;

    public static void Write(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        code.Line($"// {About(k)}");
        InverseBatch(code, k.Epilogue?.Expression);
        switch (k.Style)
        {
            case MatMulStyle.PerItem:
                PerItem(code, k, s);
                break;
            case MatMulStyle.SplitK:
                SplitK(code, k, s);
                break;
            case MatMulStyle.TensorCores:
                TensorCores(code, k, s);
                break;
            default:
                SharedTiles(code, k, s);
                break;
        }
    }

    private static string About(GpuKernel.MatMul k)
    {
        string tile = $"{Int(k.Tile.Rows)} x {Int(k.Tile.Columns)} results, whose sums stay in registers";
        return k.Style switch
        {
            MatMulStyle.PerItem => $"An item has {tile}.",
            MatMulStyle.TensorCores => $"A group has {Int(TensorCoreEmitter.Block)} x {Int(TensorCoreEmitter.Block)} results, on tensor cores, with the factors rounded to TF32.",
            MatMulStyle.SplitK => $"A group has {tile}; its items share the {Int(k.K)} terms of each.",
            _ => $"An item has {tile}; a group of {Int(BlockRows * BlockColumns)} reads each operand once, through shared memory.",
        };
    }

    /// <summary>Items of a group.</summary>
    public static int GroupSize(GpuKernel.MatMul k) => k.Style switch
    {
        MatMulStyle.SplitK => k.Parts,
        MatMulStyle.SharedTiles => BlockRows * BlockColumns,
        MatMulStyle.TensorCores => TensorCoreEmitter.GroupSize,
        _ => GpuKernelEmitter.ItemsPerGroup,
    };

    /// <summary>Items, or groups, of a launch.</summary>
    public static string Extent(GpuKernel.MatMul k)
    {
        if (k.Style == MatMulStyle.TensorCores) return Tiles(Times("f.Batch", k.Rows), TensorCoreEmitter.Block, Tiling.Count(k.N, TensorCoreEmitter.Block));
        int rows = k.Style == MatMulStyle.SharedTiles ? BlockRows * k.Tile.Rows : k.Tile.Rows;
        int columns = k.Style == MatMulStyle.SharedTiles ? Tiling.Count(k.N, BlockColumns * k.Tile.Columns) : Tiling.Count(k.N, k.Tile.Columns);
        return Tiles(Times("f.Batch", k.Rows), rows, columns);
    }

    private static string Tiles(string rows, int tile, int columns) =>
        Times(tile == 1 ? rows : $"({rows} + {Int(tile - 1)}) / {Int(tile)}", columns);

    private static void PerItem(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        int tiles = Tiling.Count(k.N, k.Tile.Columns);
        code.Line($"int rows = {Times("a.batch", k.Rows)};");
        Item(code, Tiles("rows", k.Tile.Rows, tiles));
        if (tiles > 1) code.Line($"int across = item % {Int(tiles)};");
        code.Line($"int column = {KernelWriter.Column("across", k.N, k.Tile.Columns)};");
        Rows(code, k, Quotient("item", tiles));
        Accumulators(code, k.Tile.Rows, k.Tile.Columns);
        Operands(code, k, s);
        using (code.Open($"for (int k = 0; k < {Int(k.K)}; k++)")) Step(code, k, s);
        Store(code, k, s);
    }

    private static void SplitK(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        int tiles = Tiling.Count(k.N, k.Tile.Columns), elements = k.Tile.Elements;
        SharedSums.Allocate(code, k.Parts, elements);
        code.Line($"int rows = {Times("a.batch", k.Rows)};");
        code.Line("int tile = Grid.IdxX;");
        if (tiles > 1) code.Line($"int across = tile % {Int(tiles)};");
        code.Line($"int column = {KernelWriter.Column("across", k.N, k.Tile.Columns)};");
        Rows(code, k, Quotient("tile", tiles));
        Operands(code, k, s);
        code.Gap();
        code.Line($"// Each item takes every {Int(k.Parts)}th term, so that neighbours read neighbouring memory.");
        using (code.Open($"for (int part = Group.IdxX; part < {Int(k.Parts)}; part += Group.DimX)"))
        {
            Accumulators(code, k.Tile.Rows, k.Tile.Columns);
            Terms(code, k, s);
            SharedSums.Keep(code, "part", Accumulated(k.Tile.Rows, k.Tile.Columns));
        }

        SharedSums.Wait(code);
        using (code.Open($"for (int element = Group.IdxX; element < {Int(elements)}; element += Group.DimX)"))
        {
            SharedSums.AddUp(code, k.Parts, "share", elements, "element");
            code.Line($"int row = row0 + element / {Int(k.Tile.Columns)};");
            code.Line($"int at = column + element % {Int(k.Tile.Columns)};");
            using (code.Open("if (row < rows)")) StoreElement(code, k, s, "sum");
        }
    }

    /// <summary>An item's terms; where it has many, two at a time, so that it waits for the memory half as often.</summary>
    private static void Terms(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        int pair = 2 * k.Parts;
        if (k.K < ManyTerms * k.Parts)
        {
            using (code.Open($"for (int k = part; k < {Int(k.K)}; k += {Int(k.Parts)})")) Step(code, k, s);
            return;
        }

        int whole = k.K / pair * pair;
        using (code.Open($"for (int k = part; k < {Int(whole)}; k += {Int(pair)})"))
        {
            Action first = Loads(code, k, s, "k", ""), second = Loads(code, k, s, $"(k + {Int(k.Parts)})", "n");
            first();
            second();
        }

        if (whole == k.K) return;
        using (code.Open($"for (int k = {Int(whole)} + part; k < {Int(k.K)}; k += {Int(k.Parts)})")) Step(code, k, s);
    }

    private static void SharedTiles(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        int high = BlockRows * k.Tile.Rows, wide = BlockColumns * k.Tile.Columns, micro = BlockRows * BlockColumns;
        int blocks = Tiling.Count(k.N, wide);

        // What is turned on its way to shared memory lies there in lines of an odd length, so that a warp's stores go to all banks.
        int leftLine = high + 1, rightLine = k.TransposeW ? wide + 1 : wide;
        code.Line($"ArrayView<float> left = SharedMemory.Allocate<float>({Int(leftLine * SharedDepth)});");
        code.Line($"ArrayView<float> right = SharedMemory.Allocate<float>({Int(SharedDepth * rightLine)});");
        code.Line($"int rows = {Times("a.batch", k.Rows)};");
        code.Line($"int firstRow = {Times(blocks == 1 ? "Grid.IdxX" : $"(Grid.IdxX / {Int(blocks)})", high)};");
        code.Line($"int firstColumn = {Times(Remainder("Grid.IdxX", blocks), wide)};");
        code.Gap();
        code.Line("// One round where the group has an item for each tile; a smaller group goes round again.");
        using (code.Open($"for (int round = 0; round < {Int(micro)}; round += Group.DimX)"))
        {
            code.Line($"int tile = Math.Min(round + Group.IdxX, {Int(micro - 1)});");
            code.Line($"int tileRow = tile / {Int(BlockColumns)} * {Int(k.Tile.Rows)};");
            code.Line($"int tileColumn = tile % {Int(BlockColumns)} * {Int(k.Tile.Columns)};");
            Accumulators(code, k.Tile.Rows, k.Tile.Columns);
            using (code.Open($"for (int first = 0; first < {Int(k.K)}; first += {Int(SharedDepth)})"))
            {
                Fill(code, "left", high * SharedDepth, i => $"{i} % {Int(SharedDepth)} * {Int(leftLine)} + {i} / {Int(SharedDepth)}", i =>
                {
                    code.Line($"int up{i} = Math.Min(firstRow + i{i} / {Int(SharedDepth)}, rows - 1), k{i} = first + i{i} % {Int(SharedDepth)};");
                    return Inside(k.K, $"k{i}", $"a.{s[1]}[{Sum(Row($"up{i}", k.Rows, k.K, k.Strides[1]), $"k{i}")}]");
                });

                // Neighbours read neighbouring memory, along the columns or along the terms.
                Func<string, string> across = k.TransposeW ? i => $"{i} / {Int(SharedDepth)}" : i => $"{i} % {Int(wide)}";
                Func<string, string> deep = k.TransposeW ? i => $"{i} % {Int(SharedDepth)}" : i => $"{i} / {Int(wide)}";
                Fill(code, "right", SharedDepth * wide, i => k.TransposeW ? $"{deep(i)} * {Int(rightLine)} + {across(i)}" : i, i =>
                {
                    code.Line($"int at{i} = Math.Min(firstColumn + {across($"i{i}")}, {Int(k.N - 1)}), k{i} = first + {deep($"i{i}")};");
                    return Inside(k.K, $"k{i}", $"a.{s[2]}[{(k.TransposeW ? Sum(Times($"at{i}", k.K), $"k{i}") : Sum(Times($"k{i}", k.N), $"at{i}"))}]");
                });

                code.Line("Group.Barrier();");
                using (code.Open($"for (int k = 0; k < {Int(SharedDepth)}; k++)"))
                {
                    Elements(code, "x", $"left.SubView(k * {Int(leftLine)} + tileRow, {Int(k.Tile.Rows)})", k.Tile.Rows);
                    Elements(code, "w", $"right.SubView(k * {Int(rightLine)} + tileColumn, {Int(k.Tile.Columns)})", k.Tile.Columns);
                    MultiplyAdd(code, k.Tile.Rows, k.Tile.Columns, r => $"x{r}", c => $"w{c}");
                }

                code.Line("Group.Barrier();");
            }

            code.Line($"if (round + Group.IdxX >= {Int(micro)}) continue;");
            code.Line("int column = firstColumn + tileColumn;");
            for (int r = 0; r < k.Tile.Rows; r++) code.Line($"int row{r} = firstRow + tileRow{(r == 0 ? "" : $" + {r}")};");
            Store(code, k, s, guardColumns: k.N % wide != 0);
        }
    }

    /// <summary>What a device without tensor cores runs, as a kernel of its own.</summary>
    public static string PlainName(GpuSignature s) => s.Name + "_Float32";

    private static void TensorCores(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        using (code.Open("if (!CudaAsm.IsSupported)"))
        {
            code.Line($"{PlainName(s)}(a);");
            code.Line("return;");
        }

        code.Gap();
        int blocks = Tiling.Count(k.N, TensorCoreEmitter.Block);
        code.Line($"int rows = {Times("a.batch", k.Rows)};");
        code.Line($"int firstRow = Grid.IdxX / {Int(blocks)} * {Int(TensorCoreEmitter.Block)};");
        code.Line($"int firstColumn = Grid.IdxX % {Int(blocks)} * {Int(TensorCoreEmitter.Block)};");
        TensorCoreEmitter.Write(code, k, s, () => StoreElement(code, k, s, "sum"));
    }

    /// <summary>The same groups and blocks without tensor cores: the items of a group, however many, take its tiles in turn.</summary>
    public static void WritePlain(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        int blocks = Tiling.Count(k.N, TensorCoreEmitter.Block), wide = TensorCoreEmitter.Block / k.Tile.Columns;
        InverseBatch(code, k.Epilogue?.Expression);
        code.Line($"int rows = {Times("a.batch", k.Rows)};");
        using (code.Open($"for (int tile = Group.IdxX; tile < {Int(Tiling.Count(TensorCoreEmitter.Block, k.Tile.Rows) * wide)}; tile += Group.DimX)"))
        {
            code.Line($"int row0 = Grid.IdxX / {Int(blocks)} * {Int(TensorCoreEmitter.Block)} + {Times($"tile / {Int(wide)}", k.Tile.Rows)};");
            code.Line($"int across = Grid.IdxX % {Int(blocks)} * {Int(wide)} + tile % {Int(wide)};");
            code.Line($"int column = {Times("across", k.Tile.Columns)};");
            code.Line($"if (row0 >= rows || column >= {Int(k.N)}) continue;");
            FurtherRows(code, k);
            Accumulators(code, k.Tile.Rows, k.Tile.Columns);
            Operands(code, k, s);
            using (code.Open($"for (int k = 0; k < {Int(k.K)}; k++)")) Step(code, k, s);
            Store(code, k, s);
        }
    }

    /// <summary>A group fills a piece of shared memory; an item has several loads on their way before it stores the first.</summary>
    private static void Fill(CodeWriter code, string target, int elements, Func<string, string> place, Func<int, string> load)
    {
        const int Ahead = 4;
        using (code.Open($"for (int i = Group.IdxX; i < {Int(elements)}; i += {Int(Ahead)} * Group.DimX)"))
        {
            code.Line("int i0 = i, " + string.Join(", ", Enumerable.Range(1, Ahead - 1).Select(n => $"i{n} = Math.Min(i + {Times("Group.DimX", n)}, {Int(elements - 1)})")) + ";");
            for (int n = 0; n < Ahead; n++) code.Line($"float e{n} = {load(n)};");
            for (int n = 0; n < Ahead; n++) code.Line($"{target}[{place($"i{n}")}] = e{n};");
        }
    }

    /// <summary>Zero beyond the inner dimension, where that is no multiple of what passes through shared memory.</summary>
    private static string Inside(int k, string at, string element) => k % SharedDepth == 0 ? element : $"{at} < {Int(k)} ? {element} : 0f";

    /// <summary>The first column of a tile as a term: a multiple of the tile where tiles do not overlap.</summary>
    private static Term Column(GpuKernel.MatMul k) => k.Style == MatMulStyle.SharedTiles ? new Term("column", 1)
        : k.N == k.Tile.Columns ? new Term("0", 0)
        : k.N % k.Tile.Columns == 0 ? new Term("across", k.Tile.Columns)
        : new Term("column", 1);

    /// <summary>The rows of a tile; those beyond the last repeat it and are not stored.</summary>
    private static void Rows(CodeWriter code, GpuKernel.MatMul k, string tile)
    {
        code.Line($"int row0 = {Times(tile, k.Tile.Rows)};");
        FurtherRows(code, k);
    }

    private static void FurtherRows(CodeWriter code, GpuKernel.MatMul k)
    {
        for (int r = 1; r < k.Tile.Rows; r++) code.Line($"int row{r} = Math.Min(row0 + {r}, rows - 1);");
    }

    private static void Operands(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        for (int r = 0; r < k.Tile.Rows; r++)
            code.Line($"ArrayView<float> x{r} = {View(s[1], Row($"row{r}", k.Rows, k.K, k.Strides[1]), k.K)};");
        if (!k.TransposeW) return;
        for (int c = 0; c < k.Tile.Columns; c++)
            code.Line($"ArrayView<float> w{c} = {View(s[2], Times(c == 0 ? "column" : $"(column + {c})", k.K), k.K)};");
    }

    private static void Step(CodeWriter code, GpuKernel.MatMul k, GpuSignature s) => Loads(code, k, s, "k", "")();

    /// <summary>Loads the factors of term <paramref name="at"/> into locals; what is returned writes their products.</summary>
    private static Action Loads(CodeWriter code, GpuKernel.MatMul k, GpuSignature s, string at, string suffix)
    {
        Func<int, string> weight = c => $"v{suffix}{c}";
        if (k.TransposeW)
        {
            code.Line("float " + string.Join(", ", Enumerable.Range(0, k.Tile.Columns).Select(c => $"{weight(c)} = w{c}[{at}]")) + ";");
        }
        else
        {
            weight = VectorAccess.Load(code, "v" + suffix, s[2], k.Tile.Columns, k.Aligned, new Term(at, k.N), Column(k));
        }

        for (int r = 0; r < k.Tile.Rows; r++) code.Line($"float f{suffix}{r} = x{r}[{at}];");
        return () => MultiplyAdd(code, k.Tile.Rows, k.Tile.Columns, r => $"f{suffix}{r}", weight);
    }

    private static void Store(CodeWriter code, GpuKernel.MatMul k, GpuSignature s, bool guardColumns = false)
    {
        string[] names = [.. s.Arguments.Skip(3).Select(argument => argument.Name)];
        int[] strides = [.. k.Strides.Skip(3)];
        bool clamped = k.Style is MatMulStyle.PerItem or MatMulStyle.TensorCores;
        bool places = k.Epilogue is not null && k.Epilogue.Operands.Any(operand => operand.Batched || operand.RowStride > 0);
        for (int r = 0; r < k.Tile.Rows; r++)
        {
            using (code.Open(r == 0 && clamped ? "" : $"if (row{r} < rows{(r > 0 && clamped ? $" && row{r} == row0 + {r}" : "")})"))
            {
                if (places) SampleAndRow(code, $"row{r}", k.Rows);
                string ColumnAt(int c) => c == 0 ? "column" : $"column + {c}";
                int row = r;
                string Value(int c) => Apply(k.Epilogue, Accumulator(row, c), names, strides, "sample", k.Rows == 1 ? "0" : "place", ColumnAt(c));
                if (!guardColumns)
                {
                    VectorAccess.Store(code, s[0], k.Tile.Columns, k.Aligned, [.. RowTerms($"row{r}", k.Rows, k.N, k.Strides[0]), Column(k)], Value);
                    continue;
                }

                code.Line($"int start = {Row($"row{r}", k.Rows, k.N, k.Strides[0])};");
                for (int c = 0; c < k.Tile.Columns; c++)
                    code.Line($"if ({ColumnAt(c)} < {Int(k.N)}) a.{s[0]}[start + {ColumnAt(c)}] = {Value(c)};");
            }
        }
    }

    private static void StoreElement(CodeWriter code, GpuKernel.MatMul k, GpuSignature s, string value)
    {
        SampleAndRow(code, "row", k.Rows);
        string applied = Apply(k.Epilogue, value, [.. s.Arguments.Skip(3).Select(argument => argument.Name)], [.. k.Strides.Skip(3)], "sample", k.Rows == 1 ? "0" : "place", "at");
        code.Line($"a.{s[0]}[{Sum(Row("row", k.Rows, k.N, k.Strides[0]), "at")}] = {applied};");
    }

    private static void SampleAndRow(CodeWriter code, string row, int rows)
    {
        code.Line($"int sample = {Quotient(row, rows)};");
        if (rows > 1) code.Line($"int place = {row} % {Int(rows)};");
    }
}
