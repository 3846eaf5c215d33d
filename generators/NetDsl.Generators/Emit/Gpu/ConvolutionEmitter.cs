using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes convolutions and their gradients by the input: a tile of sums in registers for each item, no patches in memory.</summary>
internal static class ConvolutionEmitter
{
    public static void Write(CodeWriter code, GpuKernel.Convolution k, GpuSignature s)
    {
        code.Line(k.Kind == ConvolutionKind.Forward
            ? $"// An item has {Int(k.Tile.Rows)} neighbouring places by {Int(k.Tile.Columns)} filters, whose sums stay in registers."
            : $"// An item has one place of {Int(k.Tile.Rows)} samples by {Int(k.Tile.Columns)} channels, whose sums stay in registers.");
        InverseBatch(code, k.Epilogue?.Expression);
        if (k.Kind == ConvolutionKind.Forward) Forward(code, k, s);
        else InputGradient(code, k, s);
    }

    /// <summary>Items of a launch.</summary>
    public static string Extent(GpuKernel.Convolution k) => k.Kind == ConvolutionKind.Forward
        ? $"({Times("f.Batch", Places(k))} + {Int(k.Tile.Rows - 1)}) / {Int(k.Tile.Rows)} * {Int(Tiling.Count(k.Filters, k.Tile.Columns))}"
        : $"(f.Batch + {Int(k.Tile.Rows - 1)}) / {Int(k.Tile.Rows)} * {Int((long)k.Height * k.Width * Tiling.Count(k.Channels, k.Tile.Columns))}";

    private static int Places(GpuKernel.Convolution k) => k.Window.OutputHeight(k.Height) * k.Window.OutputWidth(k.Width);

    /// <summary>An item has some neighbouring places of all samples' results, by some filters.</summary>
    private static void Forward(CodeWriter code, GpuKernel.Convolution k, GpuSignature s)
    {
        Window w = k.Window;
        int places = Places(k), wide = w.OutputWidth(k.Width), tiles = Tiling.Count(k.Filters, k.Tile.Columns);
        bool padded = WindowText.ReachesOutside(w, k.Height, k.Width);
        code.Line($"int places = {Times("a.batch", places)};");
        Item(code, $"(places + {Int(k.Tile.Rows - 1)}) / {Int(k.Tile.Rows)} * {Int(tiles)}");
        if (tiles > 1) code.Line($"int across = item % {Int(tiles)};");
        code.Line($"int column = {KernelWriter.Column("across", k.Filters, k.Tile.Columns)};");
        for (int r = 0; r < k.Tile.Rows; r++)
        {
            code.Line(r == 0 ? $"int place0 = {Times(Quotient("item", tiles), k.Tile.Rows)};" : $"int place{r} = Math.Min(place0 + {r}, places - 1);");
            code.Line($"int sample{r} = place{r} / {Int(places)};");
            code.Line($"int y{r} = {WindowText.First($"place{r} % {Int(places)} / {Int(wide)}", w.StrideHeight, w.PadTop)};");
            code.Line($"int x{r} = {WindowText.First($"place{r} % {Int(wide)}", w.StrideWidth, w.PadLeft)};");
        }

        Accumulators(code, k.Tile.Rows, k.Tile.Columns);
        using (code.Open($"for (int u = 0; u < {Int(w.KernelHeight)}; u++)"))
        using (code.Open($"for (int v = 0; v < {Int(w.KernelWidth)}; v++)"))
        {
            for (int r = 0; r < k.Tile.Rows; r++)
            {
                string y = Sum($"y{r}", Times("u", w.DilationHeight)), x = Sum($"x{r}", Times("v", w.DilationWidth));
                code.Line($"int at{r} = {Sum(Times($"sample{r}", k.Strides[1]), Times($"({y})", (long)k.Width * k.Channels), Times($"({x})", k.Channels))};");
                if (padded) code.Line($"bool inside{r} = {y} >= 0 && {y} < {Int(k.Height)} && {x} >= 0 && {x} < {Int(k.Width)};");
            }

            using (k.Channels == 1 ? code.Open() : code.Open($"for (int c = 0; c < {Int(k.Channels)}; c++)"))
            {
                string channel = k.Channels == 1 ? "0" : "c";
                string tap = $"(u * {Int(w.KernelWidth)} + v)";
                Term[] at = k.Channels == 1 ? [new Term(tap, k.Filters)] : [new Term($"({Times(tap, k.Channels)} + c)", k.Filters)];
                Func<int, string> weight = VectorAccess.Load(code, "w", s[2], k.Tile.Columns, k.Aligned, [.. at, Column(k.Filters, k.Tile)]);
                for (int r = 0; r < k.Tile.Rows; r++)
                {
                    string element = $"a.{s[1]}[{Sum($"at{r}", channel)}]";
                    code.Line($"float f{r} = {(padded ? $"inside{r} ? {element} : 0f" : element)};");
                }

                MultiplyAdd(code, k.Tile.Rows, k.Tile.Columns, r => $"f{r}", weight);
            }
        }

        for (int r = 0; r < k.Tile.Rows; r++)
        {
            using (r == 0 ? code.Open() : code.Open($"if (place0 + {r} < places)"))
            {
                code.Line($"int place = place{r} % {Int(places)};");
                Store(code, k, s, r, $"sample{r}", "place", k.Filters);
            }
        }
    }

    /// <summary>
    /// An item has one place of some samples' inputs, by some channels: all its samples meet the same taps, and those that would
    /// fall between strides or outside are left out.
    /// </summary>
    private static void InputGradient(CodeWriter code, GpuKernel.Convolution k, GpuSignature s)
    {
        Window w = k.Window;
        int high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width), tiles = Tiling.Count(k.Channels, k.Tile.Columns);
        long places = (long)k.Height * k.Width;
        Item(code, $"(a.batch + {Int(k.Tile.Rows - 1)}) / {Int(k.Tile.Rows)} * {Int(places * tiles)}");
        if (tiles > 1) code.Line($"int across = item % {Int(tiles)};");
        code.Line($"int column = {KernelWriter.Column("across", k.Channels, k.Tile.Columns)};");
        code.Line($"int place = {Quotient("item", tiles)} % {Int(places)};");
        code.Line($"int sample0 = {Times($"item / {Int(places * tiles)}", k.Tile.Rows)};");
        for (int r = 1; r < k.Tile.Rows; r++) code.Line($"int sample{r} = Math.Min(sample0 + {r}, a.batch - 1);");
        Accumulators(code, k.Tile.Rows, k.Tile.Columns);
        using (code.Open($"for (int u = 0; u < {Int(w.KernelHeight)}; u++)"))
        {
            code.Line($"int below = {Sum($"place / {Int(k.Width)}", Int(w.PadTop))}{Less("u", w.DilationHeight)};");
            code.Line($"if ({WindowText.Misses("below", w.StrideHeight, high)}) continue;");
            using (code.Open($"for (int v = 0; v < {Int(w.KernelWidth)}; v++)"))
            {
                code.Line($"int beside = {Sum($"place % {Int(k.Width)}", Int(w.PadLeft))}{Less("v", w.DilationWidth)};");
                code.Line($"if ({WindowText.Misses("beside", w.StrideWidth, wide)}) continue;");
                code.Line($"int from = ({Times(Quotient("below", w.StrideHeight), wide)} + {Quotient("beside", w.StrideWidth)}) * {Int(k.Filters)};");
                for (int r = 0; r < k.Tile.Rows; r++)
                    code.Line($"ArrayView<float> d{r} = {View(s[1], Sum(Times($"sample{r}", k.Strides[1]), "from"), k.Filters)};");
                code.Line($"ArrayView<float> w = {View(s[2], $"({Times($"(u * {Int(w.KernelWidth)} + v)", k.Channels)} + column) * {Int(k.Filters)}", (long)k.Tile.Columns * k.Filters)};");
                using (code.Open($"for (int f = 0; f < {Int(k.Filters)}; f++)"))
                {
                    code.Line("float " + string.Join(", ", Enumerable.Range(0, k.Tile.Columns).Select(c => $"w{c} = w[{Sum("f", Int((long)c * k.Filters))}]")) + ";");
                    for (int r = 0; r < k.Tile.Rows; r++) code.Line($"float f{r} = d{r}[f];");
                    MultiplyAdd(code, k.Tile.Rows, k.Tile.Columns, r => $"f{r}", c => $"w{c}");
                }
            }
        }

        for (int r = 0; r < k.Tile.Rows; r++)
        {
            using (r == 0 ? code.Open() : code.Open($"if (sample0 + {r} < a.batch)")) Store(code, k, s, r, $"sample{r}", "place", k.Channels);
        }
    }

    private static string Less(string index, int factor) => $" - {Times(index, factor)}";

    private static void Store(CodeWriter code, GpuKernel.Convolution k, GpuSignature s, int r, string sample, string place, int columns)
    {
        string[] names = [.. s.Arguments.Skip(3).Select(argument => argument.Name)];
        VectorAccess.Store(
            code,
            s[0],
            k.Tile.Columns,
            k.Aligned,
            [new Term(sample, k.Strides[0]), new Term(place, columns), Column(columns, k.Tile)],
            c => Apply(k.Epilogue, Accumulator(r, c), names, [.. k.Strides.Skip(3)], sample, place, c == 0 ? "column" : $"column + {c}"));
    }

    /// <summary>The first column of a tile as a term: a multiple of the tile where tiles do not overlap.</summary>
    private static Term Column(int columns, Tile tile) => columns == tile.Columns ? new Term("0", 0)
        : columns % tile.Columns == 0 ? new Term("across", tile.Columns)
        : new Term("column", 1);
}
