using NetDsl.Generators.IR;

namespace NetDsl.Generators.Lowering.Gpu;

/// <summary>
/// How work is cut for the GPU: tiles of registers, and parts of long sums. Everything is decided by the shape alone, so
/// that the order of additions, and with it every bit, is the same in a batch of any size.
/// </summary>
/// <remarks>
/// Measured on PoCL: tiles of 16 neighbouring columns by 2 to 4 rows, or 8 by 8, run three to five times as fast as 4 by 4.
/// A tile of 64 sums with its operands stays below the 128 registers at which an SM holds 512 threads. Measured on an H100: a
/// term of a sum costs an item that is alone on its SM 200 to 400 ns, the time that the memory takes, so that a small network's
/// time is the number of terms that one item has.
/// </remarks>
internal static class Tiling
{
    /// <summary>Sums of one item.</summary>
    private const int TileElements = 64;

    /// <summary>Statements that the stores of one tile may take, so that a kernel stays within about 500.</summary>
    private const int StoreBudget = 320;

    /// <summary>Statements of an exponential, a logarithm and what is made of them.</summary>
    private const int FunctionCost = 25;

    /// <summary>Columns of a tile at least, however much is done to each element.</summary>
    private const int NarrowestTile = 4;

    /// <summary>Items that a launch should have to keep a device busy.</summary>
    private const int WantedItems = 4096;

    /// <summary>Items that NVIDIA's devices run in step.</summary>
    private const int Warp = 32;

    /// <summary>Parts that share an inner dimension at most: the items of a group.</summary>
    private const int MostParts = 4 * Warp;

    /// <summary>Terms of a part: few, since an item waits for the memory once a term.</summary>
    private const int TermsOfAPart = 8;

    /// <summary>Inner dimension from which on a product is shared by a group: an item alone would wait for the memory as often.</summary>
    private const int WorthSharing = 32;

    /// <summary>Floats of shared memory that a group has at most: 32 KiB, which every device grants.</summary>
    public const int SharedFloats = 8192;

    /// <summary>Columns of a result that are enough groups of shared tiles.</summary>
    private const int ManyColumns = 256;

    /// <summary>Terms of a sum from which on it is shared by a group.</summary>
    private const int LongSum = 256;

    /// <summary>Rows of a sample from which on the sum over all rows takes a whole device: a batch has thousands.</summary>
    private const int ManyRows = 64;

    /// <summary>Columns of a table's gradient that a group has at most: their sums lie in shared memory.</summary>
    public const int GatherColumns = 1024;

    /// <summary>Groups that a launch should have to keep a device busy.</summary>
    private const int WantedGroups = 1024;

    /// <summary>A tile of a product with an epilogue.</summary>
    /// <param name="columns">Extent of the result's last axis.</param>
    /// <param name="widest">Columns of a tile at most.</param>
    /// <param name="rows">Rows of a tile at most.</param>
    /// <param name="epilogue">What is done to each element.</param>
    public static Tile Product(int columns, int widest, int rows, Epilogue? epilogue)
    {
        int most = Math.Max(1, Math.Min(TileElements, StoreBudget / (1 + Cost(epilogue?.Expression))));
        int wide = Columns(columns, Math.Max(NarrowestTile, Math.Min(widest, most)));
        return new Tile(Math.Min(rows, Math.Max(1, most / wide)), wide);
    }

    /// <summary>The widest divisor of the columns, or all of them where there are few; else a width whose last tile overlaps.</summary>
    public static int Columns(int columns, int widest)
    {
        if (columns <= widest) return columns;
        for (int wide = widest; wide >= widest / 2; wide--)
        {
            if (columns % wide == 0) return wide;
        }

        return widest;
    }

    /// <summary>Tiles along an axis; the last may overlap the one before it.</summary>
    public static int Count(int extent, int tile) => (extent + tile - 1) / tile;

    /// <summary>
    /// Whether a product is one for tensor cores. Their step is 16 x 8 x 8, and a block of 64 x 64 results keeps its group
    /// busy from two steps of depth 32 on; fewer columns than two blocks leave most of a device idle, and the inner dimension
    /// is better shared out.
    /// </summary>
    /// <param name="k">The inner dimension.</param>
    /// <param name="n">Columns of the result.</param>
    public static bool SuitsTensorCores(int k, int n) => k % 8 == 0 && n % 8 == 0 && k >= 64 && n >= 128;

    /// <summary>How a product is shared out.</summary>
    /// <param name="rows">Rows of a sample.</param>
    /// <param name="k">The inner dimension.</param>
    /// <param name="n">Columns of the result.</param>
    /// <param name="tile">Results of an item or a group.</param>
    public static (MatMulStyle Style, int Parts) Share(int rows, int k, int n, Tile tile)
    {
        if (k < WorthSharing) return (MatMulStyle.PerItem, 1);
        if (n >= ManyColumns) return (MatMulStyle.SharedTiles, 1);
        if (k < LongSum && Count(rows, tile.Rows) * Count(n, tile.Columns) >= WantedItems) return (MatMulStyle.PerItem, 1);
        int most = Math.Min(MostParts, SharedFloats / SumsStride(tile.Elements) / Warp * Warp);
        return (MatMulStyle.SplitK, Math.Min(most, Count(k, Warp * TermsOfAPart) * Warp));
    }

    /// <summary>The group of a gradient of weights: neighbouring tiles, so that a warp reads whole lines of memory, by many items.</summary>
    /// <param name="across">Tiles along the result's last axis.</param>
    /// <param name="sums">Sums of an item.</param>
    public static GradientGroup GradientGroup(int across, int sums)
    {
        int tiles = across % 4 == 0 ? 4 : across % 2 == 0 ? 2 : 1;
        int items = 4 * Warp * SumsStride(sums) <= SharedFloats ? 4 * Warp : 2 * Warp;
        return new GradientGroup(tiles, items / tiles);
    }

    /// <summary>Parts of a gradient's sum over rows: enough to keep a device busy, 1 where a sample has few rows.</summary>
    /// <param name="rows">Rows of a sample.</param>
    /// <param name="items">Items of the gradient without parts.</param>
    public static int GradientParts(int rows, long items)
    {
        if (rows < 16) return 1;
        long wanted = rows < ManyRows ? 2 * WantedItems : 16 * WantedItems;
        int parts = 1;
        while (parts < 512 && parts * items < wanted) parts *= 2;
        return parts;
    }

    /// <summary>Items that share the sum over a gradient's parts.</summary>
    public static int CombineShares(int parts) => parts < Warp ? 1 : 16;

    /// <summary>
    /// Floats of shared memory from one item's sums to the next one's: an odd number, so that the items of a warp, each at the
    /// same one of its sums, are at different banks.
    /// </summary>
    public static int SumsStride(int sums) => sums | 1;

    /// <summary>Parts of a reduction: a group for a long one, one item for a short one.</summary>
    /// <param name="terms">Terms of each result, of one sample.</param>
    /// <param name="overBatch">They are summed over the samples besides.</param>
    public static int ReductionParts(int terms, bool overBatch) => terms >= (overBatch ? 8 : 64) ? (terms >= LongSum ? 128 : 32) : 1;

    /// <summary>Groups that share a reduction over the samples: enough to keep a device busy, 1 where a sample has few terms.</summary>
    /// <param name="terms">Terms of each result, of one sample.</param>
    /// <param name="items">Items of the reduction without blocks.</param>
    public static int ReductionBlocks(int terms, long items)
    {
        if (terms < 16) return 1;
        int blocks = 1;
        while (blocks < 64 && blocks * items < 8 * WantedItems) blocks *= 2;
        return blocks;
    }

    /// <summary>Groups that share the indices that a row of a table may be read by: enough to keep a device busy.</summary>
    /// <param name="rows">Indices of a sample.</param>
    /// <param name="tableRows">Rows of the table.</param>
    /// <param name="columns">Elements of a row.</param>
    public static int GatherParts(int rows, int tableRows, int columns)
    {
        long groups = (long)tableRows * Count(columns, GatherColumns);
        int parts = 1;
        while (rows >= 16 && parts < 16 && parts * groups <= WantedGroups) parts *= 2;
        return parts;
    }

    /// <summary>Items that share a row of classes.</summary>
    public static int SoftmaxParts(int classes) => classes > 64 ? 64 : 1;

    /// <summary>4 neighbouring elements an item where the extent allows it.</summary>
    public static int Lanes(int extent) => extent % 4 == 0 ? 4 : 1;

    /// <summary>Statements of an expression: every element of a tile has its own, and a function of GpuMath is a polynomial.</summary>
    private static int Cost(ScalarExpression? expression)
    {
        int cost = 0;
        if (expression is null) return cost;
        ScalarExpressions.Visit(expression, e => cost += e switch
        {
            ScalarExpression.Unary { Function: UnaryFunction.Negate or UnaryFunction.Abs or UnaryFunction.Sqrt } => 1,
            ScalarExpression.Unary or ScalarExpression.Normal => FunctionCost,
            ScalarExpression.Binary or ScalarExpression.SelectGreater => 1,
            _ => 0,
        });
        return cost;
    }
}
