using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes gradients of weights: sums over all rows of all samples. A group has some neighbouring tiles; its items share the rows of
/// each, with the tile's sums in registers, and the shares are added in order. The bias's gradient is one more row of the tile.
/// </summary>
internal static class GradientEmitter
{
    /// <summary>Groups of a launch.</summary>
    public static string Extent(GpuKernel.WeightGradient k) => Int((long)new GradientTiles(k).Groups * k.Parts);

    /// <summary>Groups of a launch.</summary>
    public static string Extent(GpuKernel.FilterGradient k) => Int((long)new GradientTiles(k).Groups * k.Parts);

    public static void Write(CodeWriter code, GpuKernel.WeightGradient k, GpuSignature s)
    {
        GradientTiles tiles = new(k);
        int x = k.Bias ? 2 : 1;
        tiles.Begin(code);
        if (k.Rows > 1) code.Line($"int rows = {Times("a.batch", k.Rows)};");
        code.Line($"int first = {Column(tiles.Down, k.M, k.Tile.Rows)};");
        using (tiles.Items(code))
        {
            using (tiles.Shared(code, "row", k.Rows > 1 ? "rows" : "a.batch"))
            {
                Func<int, string> left = VectorAccess.Load(code, "x", s[x], k.Tile.Rows, k.Aligned, [.. RowTerms("row", k.Rows, k.M, k.Strides[x]), First("first", k.M, k.Tile.Rows, tiles.Down)]);
                Func<int, string> right = VectorAccess.Load(code, "d", s[x + 1], k.Tile.Columns, k.Aligned, [.. RowTerms("row", k.Rows, k.N, k.Strides[x + 1]), tiles.Column]);
                tiles.AddBias(code, right);
                tiles.MultiplyAdd(code, left, right);
            }

            tiles.Keep(code);
        }

        tiles.AddUp(code, s, k.N, (long)k.M * k.N);
    }

    public static void Write(CodeWriter code, GpuKernel.FilterGradient k, GpuSignature s)
    {
        Window w = k.Window;
        GradientTiles tiles = new(k);
        int high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width), x = k.Bias ? 2 : 1;
        tiles.Begin(code);
        code.Line($"int places = {Times("a.batch", (long)high * wide)};");
        Action<CodeWriter> offsets = k.Channels == 1 ? Taps(code, k, tiles) : Channels(code, k, tiles);
        using (tiles.Items(code))
        {
            using (tiles.Shared(code, "place", "places"))
            {
                // The bias has every place, also where a tap falls outside.
                Func<int, string> right = VectorAccess.Load(code, "d", s[x + 1], k.Tile.Columns, k.Aligned, [.. RowTerms("place", high * wide, k.Filters, k.Strides[x + 1]), tiles.Column]);
                tiles.AddBias(code, right);
                code.Line($"int y = {Times($"place / {Int(wide)} % {Int(high)}", w.StrideHeight)}, z = {Times($"place % {Int(wide)}", w.StrideWidth)};");
                offsets(code);
                Term sample = new($"place / {Int(high * wide)}", k.Strides[x]);
                Func<int, string> left = k.Channels == 1 ? LoadTaps(code, k, s[x], sample) : VectorAccess.Load(
                    code,
                    "x",
                    s[x],
                    k.Tile.Rows,
                    k.Aligned,
                    sample,
                    new Term($"(yy * {Int(k.Width)} + zz)", k.Channels),
                    First("channel", k.Channels, k.Tile.Rows, ChannelTile(k, tiles)));
                tiles.MultiplyAdd(code, left, right);
            }

            tiles.Keep(code);
        }

        tiles.AddUp(code, s, k.Filters, (long)w.KernelHeight * w.KernelWidth * k.Channels * k.Filters);
    }

    /// <summary>One channel: the rows of a tile are taps.</summary>
    private static Action<CodeWriter> Taps(CodeWriter code, GpuKernel.FilterGradient k, GradientTiles tiles)
    {
        Window w = k.Window;
        code.Line($"int first = {Column(tiles.Down, w.KernelHeight * w.KernelWidth, k.Tile.Rows)};");
        for (int r = 0; r < k.Tile.Rows; r++)
        {
            string tap = tiles.Downs == 1 ? Int(r) : r == 0 ? "first" : $"(first + {r})";
            code.Line($"int up{r} = {Times(Quotient(tap, w.KernelWidth), w.DilationHeight)}{Minus(w.PadTop)}, side{r} = {Times(Remainder(tap, w.KernelWidth), w.DilationWidth)}{Minus(w.PadLeft)};");
        }

        return _ => { };
    }

    private static Func<int, string> LoadTaps(CodeWriter code, GpuKernel.FilterGradient k, string x, Term sample)
    {
        bool padded = WindowText.ReachesOutside(k.Window, k.Height, k.Width);
        code.Line($"int image = {Times(sample.Index, sample.Factor)};");
        for (int r = 0; r < k.Tile.Rows; r++)
        {
            string row = $"y + up{r}", column = $"z + side{r}";
            string element = $"a.{x}[image + ({row}) * {Int(k.Width)} + {column}]";
            string inside = $"{row} >= 0 && {row} < {Int(k.Height)} && {column} >= 0 && {column} < {Int(k.Width)}";
            code.Line($"float x{r} = {(padded ? $"{inside} ? {element} : 0f" : element)};");
        }

        return r => $"x{r}";
    }

    /// <summary>Several channels: the rows of a tile are neighbouring channels of one tap.</summary>
    private static Action<CodeWriter> Channels(CodeWriter code, GpuKernel.FilterGradient k, GradientTiles tiles)
    {
        Window w = k.Window;
        bool padded = WindowText.ReachesOutside(w, k.Height, k.Width);
        code.Line($"int tap = {Quotient(tiles.Down, ChannelTiles(k))};");
        code.Line($"int channel = {Column(ChannelTile(k, tiles), k.Channels, k.Tile.Rows)};");
        code.Line($"int first = {Sum(Times("tap", k.Channels), "channel")};");
        code.Line($"int up = {Times(Quotient("tap", w.KernelWidth), w.DilationHeight)}{Minus(w.PadTop)}, side = {Times(Remainder("tap", w.KernelWidth), w.DilationWidth)}{Minus(w.PadLeft)};");
        return inner =>
        {
            inner.Line("int yy = y + up, zz = z + side;");
            if (padded) inner.Line($"if (yy < 0 || yy >= {Int(k.Height)} || zz < 0 || zz >= {Int(k.Width)}) continue;");
        };
    }

    private static int ChannelTiles(GpuKernel.FilterGradient k) => Tiling.Count(k.Channels, k.Tile.Rows);

    private static string ChannelTile(GpuKernel.FilterGradient k, GradientTiles tiles) =>
        ChannelTiles(k) == 1 ? "0" : ChannelTiles(k) == tiles.Downs ? tiles.Down : $"({tiles.Down} % {Int(ChannelTiles(k))})";

    /// <summary>The first row of a tile as a term: a multiple of the tile where tiles do not overlap.</summary>
    private static Term First(string name, int extent, int tile, string index) => extent == tile ? new Term("0", 0)
        : extent % tile == 0 ? new Term(index, tile)
        : new Term(name, 1);

    private static string Minus(int number) => number == 0 ? "" : $" - {Int(number)}";
}
