using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>The frame of a gradient's kernel: which tiles a group has, whose rows are whose, and where the sums go.</summary>
internal sealed class GradientTiles
{
    private readonly Tile _tile;
    private readonly GradientGroup _group;
    private readonly int _across, _parts, _columns;
    private readonly bool _bias;

    public GradientTiles(GpuKernel.WeightGradient k)
        : this(k.Tile, k.Group, k.Parts, k.Bias, Tiling.Count(k.M, k.Tile.Rows), k.N)
    {
    }

    public GradientTiles(GpuKernel.FilterGradient k)
        : this(k.Tile, k.Group, k.Parts, k.Bias, Rows(k), k.Filters)
    {
    }

    private GradientTiles(Tile tile, GradientGroup group, int parts, bool bias, int downs, int columns) =>
        (_tile, _group, _parts, _bias, Downs, _columns, _across) = (tile, group, parts, bias, downs, columns, Tiling.Count(columns, tile.Columns) / group.Tiles);

    /// <summary>Tiles along the first axis.</summary>
    public int Downs { get; }

    /// <summary>Groups of one part of the rows.</summary>
    public int Groups => Downs * _across;

    /// <summary>Text of the tile's number along the first axis.</summary>
    public string Down => Downs == 1 ? "0" : "down";

    /// <summary>The first column of an item's tile as a term: a multiple of the tile where tiles do not overlap.</summary>
    public Term Column => _columns == _tile.Columns ? new Term("0", 0)
        : _columns % _tile.Columns == 0 ? new Term("across", _tile.Columns)
        : new Term("column", 1);

    private int Sums => (_tile.Rows + (_bias ? 1 : 0)) * _tile.Columns;

    /// <summary>Shared memory and the group's place.</summary>
    public void Begin(CodeWriter code)
    {
        string tiles = _group.Tiles == 1 ? "a tile" : $"{Int(_group.Tiles)} tiles";
        string over = _parts == 1 ? "the rows" : $"one of {Int(_parts)} parts of the rows";
        code.Line($"// A group has {tiles} of {Int(_tile.Rows)} x {Int(_tile.Columns)} weights{(_bias ? " and their bias" : "")}, whose sums stay in registers; {Int(_group.Shares)} items share {over}.");
        SharedSums.Allocate(code, _group.Items, Sums);
        string index = Quotient("Grid.IdxX", _across);
        if (_parts > 1) code.Line($"int part = {Quotient("Grid.IdxX", Groups)};");
        if (Downs > 1) code.Line($"int down = {(_parts == 1 ? index : $"{index} % {Int(Downs)}")};");
    }

    /// <summary>The loop over the group's items, which a smaller group goes round more than once.</summary>
    public IDisposable Items(CodeWriter code)
    {
        code.Gap();
        CodeWriter.Block block = code.Open($"for (int item = Group.IdxX; item < {Int(_group.Items)}; item += Group.DimX)");
        Place(code, Remainder("item", _group.Tiles));
        Accumulators(code, _tile.Rows, _tile.Columns);
        if (_bias) code.Line("float " + string.Join(", ", Enumerable.Range(0, _tile.Columns).Select(c => $"bias{c} = 0f")) + ";");
        return block;
    }

    /// <summary>The loop over an item's share of the rows.</summary>
    public IDisposable Shared(CodeWriter code, string row, string rows)
    {
        string start = Sum(_parts == 1 ? "" : Times("part", _group.Shares), Quotient("item", _group.Tiles));
        return code.Open($"for (int {row} = {start}; {row} < {rows}; {row} += {Int((long)_parts * _group.Shares)})");
    }

    /// <summary>One row's terms of the weights.</summary>
    public void MultiplyAdd(CodeWriter code, Func<int, string> left, Func<int, string> right) =>
        KernelWriter.MultiplyAdd(code, _tile.Rows, _tile.Columns, left, right);

    /// <summary>One row's terms of the bias, where the kernel has one.</summary>
    public void AddBias(CodeWriter code, Func<int, string> right)
    {
        if (_bias) code.Line(string.Join(" ", Enumerable.Range(0, _tile.Columns).Select(c => $"bias{c} += {right(c)};")));
    }

    /// <summary>An item's sums go to shared memory.</summary>
    public void Keep(CodeWriter code)
    {
        IEnumerable<IReadOnlyList<string>> lines = Accumulated(_tile.Rows, _tile.Columns);
        if (_bias) lines = lines.Append([.. Enumerable.Range(0, _tile.Columns).Select(c => $"bias{c}")]);
        SharedSums.Keep(code, "item", [.. lines]);
    }

    /// <summary>The shares of each sum are added and stored: as a result, or for <see cref="GpuKernel.Combine"/> to add the parts.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="s">The kernel's arguments.</param>
    /// <param name="columns">Extent of the result's last axis.</param>
    /// <param name="weights">Elements of the result.</param>
    public void AddUp(CodeWriter code, GpuSignature s, int columns, long weights)
    {
        SharedSums.Wait(code);
        using (code.Open($"for (int element = Group.IdxX; element < {Int(_group.Tiles * Sums)}; element += Group.DimX)"))
        {
            Place(code, Quotient("element", Sums));
            string place = _group.Tiles == 1 ? "element" : "place";
            if (_group.Tiles > 1) code.Line($"int place = element % {Int(Sums)};");
            string share = _group.Tiles == 1 ? "share" : $"(share * {Int(_group.Tiles)} + element / {Int(Sums)})";
            SharedSums.AddUp(code, _group.Shares, share, Sums, place);
            code.Line($"int row = {Quotient(place, _tile.Columns)};");
            string at = Sum(Column.Factor == 1 ? Column.Index : Times(Column.Index, Column.Factor), Remainder(place, _tile.Columns));
            string weight = $"{(_parts == 1 ? $"a.{s[0]}" : "a.partials")}[{Sum(Part(weights, columns), Times("(first + row)", columns), at)}]";
            if (!_bias)
            {
                code.Line($"{weight} = sum;");
                return;
            }

            string bias = _parts == 1 ? $"a.{s[1]}[{at}]" : $"a.partials[{Sum(Part(weights, columns), Int(weights), at)}]";
            code.Line($"if (row < {Int(_tile.Rows)}) {weight} = sum;");
            code.Line($"else if (first == 0) {bias} = sum;");
        }
    }

    private string Part(long weights, int columns) => _parts == 1 ? "" : Times("part", weights + (_bias ? columns : 0));

    /// <summary>The columns of tile number <paramref name="tile"/> of the group.</summary>
    private void Place(CodeWriter code, string tile)
    {
        if (_columns == _tile.Columns) return;
        code.Line($"int across = {Sum(Times(Remainder("Grid.IdxX", _across), _group.Tiles), tile)};");
        if (Column.Index == "column") code.Line($"int column = {KernelWriter.Column("across", _columns, _tile.Columns)};");
    }

    private static int Rows(GpuKernel.FilterGradient k)
    {
        int taps = k.Window.KernelHeight * k.Window.KernelWidth;
        return k.Channels == 1 ? Tiling.Count(taps, k.Tile.Rows) : taps * Tiling.Count(k.Channels, k.Tile.Rows);
    }
}
