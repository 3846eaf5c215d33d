using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes gradients of weights: sums over all rows of all samples, a tile in registers for each item. The bias's sums are taken by
/// items of their own in the same launch.
/// </summary>
internal static class GradientEmitter
{
    public static string Extent(GpuKernel.WeightGradient k) => Items(MatrixTiles(k), Tiling.Count(k.N, k.Tile.Columns), k.Parts, k.Bias);

    public static string Extent(GpuKernel.FilterGradient k) => Items(FilterTiles(k), Tiling.Count(k.Filters, k.Tile.Columns), k.Parts, k.Bias);

    public static void Write(CodeWriter code, GpuKernel.WeightGradient k, GpuSignature s)
    {
        int across = Tiling.Count(k.N, k.Tile.Columns), down = Tiling.Count(k.M, k.Tile.Rows);
        int x = k.Bias ? 2 : 1;
        About(code, k.Tile, k.Parts, k.Bias);
        Item(code, Extent(k));
        code.Line($"int rows = {Times("a.batch", k.Rows)};");
        code.Line($"int column = {Column(across == 1 ? "item" : $"(item % {Int(across)})", k.N, k.Tile.Columns)};");
        Part(code, k.Parts, MatrixTiles(k), k.Bias ? across : 0);
        string Dy(string row) => View(s[x + 1], Sum(Row(row, k.Rows, k.N, k.Strides[x + 1]), "column"), k.Tile.Columns);
        string loop = k.Parts == 1 ? "for (int row = 0; row < rows; row++)" : $"for (int row = part; row < rows; row += {Int(k.Parts)})";
        if (k.Bias)
        {
            using (code.Open($"if (item >= {Int((long)MatrixTiles(k) * k.Parts)})"))
            {
                code.Line("float " + string.Join(", ", Enumerable.Range(0, k.Tile.Columns).Select(c => $"bias{c} = 0f")) + ";");
                using (code.Open(loop))
                {
                    Elements(code, "d", Dy("row"), k.Tile.Columns);
                    code.Line(string.Join(" ", Enumerable.Range(0, k.Tile.Columns).Select(c => $"bias{c} += d{c};")));
                }

                StoreRow(code, Target(s[1], k.Parts, (long)k.M * k.N, (long)(k.M + 1) * k.N), k.Tile.Columns, c => $"bias{c}");
                code.Line("return;");
            }

            code.Gap();
        }

        code.Line($"int first = {Column(down == 1 ? "item" : across == 1 ? Tile("item", k.Parts, down) : $"({Tile($"item / {Int(across)}", k.Parts, down)})", k.M, k.Tile.Rows)};");
        Accumulators(code, k.Tile.Rows, k.Tile.Columns);
        using (code.Open(loop))
        {
            Elements(code, "x", View(s[x], Sum(Row("row", k.Rows, k.M, k.Strides[x]), "first"), k.Tile.Rows), k.Tile.Rows);
            Elements(code, "d", Dy("row"), k.Tile.Columns);
            MultiplyAdd(code, k.Tile.Rows, k.Tile.Columns, r => $"x{r}", c => $"d{c}");
        }

        for (int r = 0; r < k.Tile.Rows; r++)
        {
            int row = r;
            using (code.Open())
                StoreRow(code, Target(s[0], k.Parts, 0, (long)(k.M + (k.Bias ? 1 : 0)) * k.N, Times(r == 0 ? "first" : $"(first + {r})", k.N)), k.Tile.Columns, c => Accumulator(row, c));
        }
    }

    public static void Write(CodeWriter code, GpuKernel.FilterGradient k, GpuSignature s)
    {
        Window w = k.Window;
        int across = Tiling.Count(k.Filters, k.Tile.Columns), high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width);
        int taps = w.KernelHeight * w.KernelWidth, channelTiles = Tiling.Count(k.Channels, k.Tile.Rows), tiles = FilterTiles(k);
        long weights = (long)taps * k.Channels * k.Filters, all = weights + (k.Bias ? k.Filters : 0);
        int x = k.Bias ? 2 : 1;
        About(code, k.Tile, k.Parts, k.Bias);
        Item(code, Extent(k));
        code.Line($"int column = {Column(across == 1 ? "item" : $"(item % {Int(across)})", k.Filters, k.Tile.Columns)};");
        Part(code, k.Parts, tiles, k.Bias ? across : 0);
        string lines = k.Parts == 1
            ? $"for (int line = 0; line < {Times("a.batch", high)}; line++)"
            : $"for (int line = part; line < {Times("a.batch", high)}; line += {Int(k.Parts)})";
        string Dy() => View(s[x + 1], Sum(Times($"line / {Int(high)}", k.Strides[x + 1]), Times($"(line % {Int(high)} * {Int(wide)} + j)", k.Filters), "column"), k.Tile.Columns);
        if (k.Bias)
        {
            using (code.Open($"if (item >= {Int((long)tiles * k.Parts)})"))
            {
                code.Line("float " + string.Join(", ", Enumerable.Range(0, k.Tile.Columns).Select(c => $"bias{c} = 0f")) + ";");
                using (code.Open(lines))
                using (code.Open($"for (int j = 0; j < {Int(wide)}; j++)"))
                {
                    Elements(code, "d", Dy(), k.Tile.Columns);
                    code.Line(string.Join(" ", Enumerable.Range(0, k.Tile.Columns).Select(c => $"bias{c} += d{c};")));
                }

                StoreRow(code, Target(s[1], k.Parts, weights, all), k.Tile.Columns, c => $"bias{c}");
                code.Line("return;");
            }

            code.Gap();
        }

        string tile = across == 1 ? Tile("item", k.Parts, tiles / across) : Tile($"item / {Int(across)}", k.Parts, tiles / across);
        code.Line($"int tile = {tile};");
        Accumulators(code, k.Tile.Rows, k.Tile.Columns);
        if (k.Channels == 1) Taps(code, k, s[x], lines, Dy());
        else Channels(code, k, s[x], lines, Dy(), channelTiles);
        for (int r = 0; r < k.Tile.Rows; r++)
        {
            int row = r;
            using (code.Open()) StoreRow(code, Target(s[0], k.Parts, 0, all, Times(r == 0 ? "first" : $"(first + {r})", k.Filters)), k.Tile.Columns, c => Accumulator(row, c));
        }
    }

    /// <summary>One channel: the rows of a tile are taps.</summary>
    private static void Taps(CodeWriter code, GpuKernel.FilterGradient k, string x, string lines, string dy)
    {
        Window w = k.Window;
        int high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width), taps = w.KernelHeight * w.KernelWidth;
        bool padded = WindowText.ReachesOutside(w, k.Height, k.Width);
        code.Line($"int first = {Column("tile", taps, k.Tile.Rows)};");
        for (int r = 0; r < k.Tile.Rows; r++)
        {
            string tap = r == 0 ? "first" : $"(first + {r})";
            code.Line($"int up{r} = {Times(Quotient(tap, w.KernelWidth), w.DilationHeight)}{Minus(w.PadTop)}, side{r} = {Times(Remainder(tap, w.KernelWidth), w.DilationWidth)}{Minus(w.PadLeft)};");
        }

        using (code.Open(lines))
        using (code.Open($"for (int j = 0; j < {Int(wide)}; j++)"))
        {
            Elements(code, "d", dy, k.Tile.Columns);
            code.Line($"int y = {Times($"line % {Int(high)}", w.StrideHeight)};");
            code.Line($"int image = {Times($"line / {Int(high)}", k.Strides[k.Bias ? 2 : 1])};");
            for (int r = 0; r < k.Tile.Rows; r++)
            {
                string row = $"y + up{r}", column = Sum(Times("j", w.StrideWidth), $"side{r}");
                string element = $"a.{x}[image + ({row}) * {Int(k.Width)} + {column}]";
                string inside = $"{row} >= 0 && {row} < {Int(k.Height)} && {column} >= 0 && {column} < {Int(k.Width)}";
                code.Line($"float x{r} = {(padded ? $"{inside} ? {element} : 0f" : element)};");
            }

            MultiplyAdd(code, k.Tile.Rows, k.Tile.Columns, r => $"x{r}", c => $"d{c}");
        }
    }

    /// <summary>Several channels: the rows of a tile are neighbouring channels of one tap.</summary>
    private static void Channels(CodeWriter code, GpuKernel.FilterGradient k, string x, string lines, string dy, int channelTiles)
    {
        Window w = k.Window;
        int high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width);
        bool padded = WindowText.ReachesOutside(w, k.Height, k.Width);
        code.Line($"int tap = {Quotient("tile", channelTiles)};");
        code.Line($"int channel = {Column(channelTiles == 1 ? "tile" : $"(tile % {Int(channelTiles)})", k.Channels, k.Tile.Rows)};");
        code.Line($"int first = {Sum(Times("tap", k.Channels), "channel")};");
        code.Line($"int up = {Times(Quotient("tap", w.KernelWidth), w.DilationHeight)}{Minus(w.PadTop)}, side = {Times(Remainder("tap", w.KernelWidth), w.DilationWidth)}{Minus(w.PadLeft)};");
        using (code.Open(lines))
        {
            code.Line($"int y = {Times($"line % {Int(high)}", w.StrideHeight)} + up;");
            if (padded) code.Line($"if (y < 0 || y >= {Int(k.Height)}) continue;");
            code.Line($"int from = {Sum(Times($"line / {Int(high)}", k.Strides[k.Bias ? 2 : 1]), Times("y", (long)k.Width * k.Channels), "channel")};");
            using (code.Open($"for (int j = 0; j < {Int(wide)}; j++)"))
            {
                code.Line($"int z = {Times("j", w.StrideWidth)} + side;");
                if (padded) code.Line($"if (z < 0 || z >= {Int(k.Width)}) continue;");
                Elements(code, "x", View(x, Sum("from", Times("z", k.Channels)), k.Tile.Rows), k.Tile.Rows);
                Elements(code, "d", dy, k.Tile.Columns);
                MultiplyAdd(code, k.Tile.Rows, k.Tile.Columns, r => $"x{r}", c => $"d{c}");
            }
        }
    }

    public static string CombineExtent(GpuKernel.Combine k) => Int(k.Weights + k.Biases);

    public static void Write(CodeWriter code, GpuKernel.Combine k, GpuSignature s)
    {
        int all = k.Weights + k.Biases;
        Item(code, Int(all));
        code.Line("float sum = 0f;");
        code.Line($"for (int part = 0; part < {Int(k.Parts)}; part++) sum += a.partials[part * {Int(all)} + item];");
        if (k.Biases == 0)
        {
            code.Line($"a.{s[0]}[item] = sum;");
            return;
        }

        code.Line($"if (item < {Int(k.Weights)}) a.{s[0]}[item] = sum;");
        code.Line($"else a.{s[1]}[item - {Int(k.Weights)}] = sum;");
    }

    private static void About(CodeWriter code, Tile tile, int parts, bool bias)
    {
        string over = parts == 1 ? "summed over all rows" : $"summed over one of {Int(parts)} parts of the rows";
        code.Line($"// An item has {Int(tile.Rows)} x {Int(tile.Columns)} weights, {over}{(bias ? "; the last items have the bias" : "")}.");
    }

    private static int MatrixTiles(GpuKernel.WeightGradient k) => Tiling.Count(k.M, k.Tile.Rows) * Tiling.Count(k.N, k.Tile.Columns);

    private static int FilterTiles(GpuKernel.FilterGradient k)
    {
        int taps = k.Window.KernelHeight * k.Window.KernelWidth;
        int down = k.Channels == 1 ? Tiling.Count(taps, k.Tile.Rows) : taps * Tiling.Count(k.Channels, k.Tile.Rows);
        return down * Tiling.Count(k.Filters, k.Tile.Columns);
    }

    private static string Items(int tiles, int across, int parts, bool bias) => Int((long)(tiles + (bias ? across : 0)) * parts);

    /// <summary>The items of the tiles come first, part by part, then those of the bias.</summary>
    private static void Part(CodeWriter code, int parts, int tiles, int biasTiles)
    {
        if (parts == 1) return;
        string own = $"item / {Int(tiles)}";
        code.Line(biasTiles == 0 ? $"int part = {own};" : $"int part = item < {Int((long)tiles * parts)} ? {own} : (item - {Int((long)tiles * parts)}) / {Int(biasTiles)};");
    }

    private static string Tile(string index, int parts, int tiles) => parts == 1 ? index : $"{index} % {Int(tiles)}";

    private static string Target(string result, int parts, long start, long all, string at = "0") => parts == 1
        ? $"a.{result}.SubView({Sum(at, "column")}, "
        : $"a.partials.SubView({Sum(Times("part", all), Int(start), at, "column")}, ";

    private static void StoreRow(CodeWriter code, string target, int columns, Func<int, string> value)
    {
        code.Line($"ArrayView<float> y = {target}{Int(columns)});");
        code.Line(string.Join(" ", Enumerable.Range(0, columns).Select(c => $"y[{c}] = {value(c)};")));
    }

    private static string Minus(int number) => number == 0 ? "" : $" - {Int(number)}";
}
