using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>What both directions of an attention do with a block of queries: products by the micro-kernel, and rows of weights.</summary>
internal static unsafe class AttentionBlocks
{
    // Tiles of the tallest kind in a block of queries: enough rows that a panel of keys is read from the cache several times.
    private const int Tiles = 4;

    /// <summary>Queries of a block. Where they see only the keys before them, as many as a panel has columns: with as many keys as queries, what a block sees then ends with a panel.</summary>
    public static int Rows(in AttentionGeometry g) => g.Causal ? MicroKernel.Current.PanelColumns : Tiles * MicroKernel.Current.MaxRows;

    /// <summary>Columns with those that fill the last panel.</summary>
    public static int Padded(int columns)
    {
        int width = MicroKernel.Current.PanelColumns;
        return Cut.Ceiling(columns, width) * width;
    }

    /// <summary>c (+)= a b, with b in panels.</summary>
    /// <param name="a">The left operand.</param>
    /// <param name="rowStep">Elements from one of its rows to the next.</param>
    /// <param name="kStep">Elements from one k to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="panels">The right operand.</param>
    /// <param name="panelDepth">Values of k that were packed.</param>
    /// <param name="depth">Values of k that are summed.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="c">The result; whole vectors of columns are written.</param>
    /// <param name="cStep">Elements from one of its rows to the next.</param>
    /// <param name="accumulate">Whether c holds a sum so far.</param>
    public static void Multiply(float* a, nint rowStep, nint kStep, int rows, float* panels, int panelDepth, int depth, int columns, float* c, nint cStep, bool accumulate)
    {
        MicroKernel kernel = MicroKernel.Current;
        int width = kernel.PanelColumns, tiles = Cut.Ceiling(rows, kernel.MaxRows);
        (int low, int tall) = Math.DivRem(rows, tiles);
        nint start = 0;
        Tile tile = new() { RowStep = rowStep, KStep = kStep, Segments = &start, SegmentCount = 1, SegmentLength = depth, BStep = width, CStep = cStep, Accumulate = accumulate };
        for (int column = 0; column < columns; column += width, panels += (nint)panelDepth * width)
        {
            int vectors = columns - column > kernel.Lanes ? 2 : 1;
            tile.A = a;
            tile.B = panels;
            tile.C = c + column;
            if (tall > 0)
            {
                tile.Repeats = tall;
                kernel.Run(in tile, low + 1, vectors);
                tile.A += tall * (low + 1) * rowStep;
                tile.C += tall * (low + 1) * cStep;
            }

            tile.Repeats = tiles - tall;
            kernel.Run(in tile, low, vectors);
        }
    }

    /// <summary>Packs rows of a head as the right operand of a product.</summary>
    public static void Pack(float* source, nint step, int rows, int columns, float* panels)
    {
        int width = MicroKernel.Current.PanelColumns;
        Panels.Copy(source, step, rows, columns, width, (nint)rows * width, panels);
    }

    /// <summary>Packs the transpose of rows of a head: each row becomes a column.</summary>
    public static void PackTransposed(float* source, nint step, int rows, int columns, float* panels)
    {
        int width = MicroKernel.Current.PanelColumns;
        Panels.Transpose(source, step, columns, rows, width, (nint)columns * width, panels);
    }

    /// <summary>row[j] = <paramref name="value"/> where mask[j] is 0.</summary>
    public static void Hide(Floats row, Floats mask, int count, float value)
    {
        int width = Vector<float>.Count, j = 0;
        Vector<float> hidden = new(value);
        for (; j <= count - width; j += width) row.Store(j, Vector.ConditionalSelect(Vector.Equals(mask.Load(j), Vector<float>.Zero), hidden, row.Load(j)));
        for (; j < count; j++)
            if (mask[j] == 0) row[j] = value;
    }

    /// <summary>row[j] = exp(scale row[j] - maximum) for j &lt; visible, and 0 from there to <paramref name="end"/>; gives the sum and the maximum.</summary>
    /// <param name="row">Products; there is room for whole vectors.</param>
    /// <param name="visible">Keys that the query sees; at least 1.</param>
    /// <param name="end">Keys of the block.</param>
    /// <param name="scale">Factor of the products.</param>
    public static (float Sum, float Maximum) Exponentials(float* row, int visible, int end, float scale)
    {
        Floats values = new(row);
        int width = Vector<float>.Count, whole = Cut.Ceiling(visible, width) * width;
        for (int j = visible; j < whole; j++) row[j] = float.NegativeInfinity;
        if (!(scale > 0))
        {
            ScaleFinite(values, scale, whole);
            scale = 1;
        }

        // The greatest product has the greatest exponent. What is no number is one at the latest in the sum.
        Vector<float> highest = new(float.NegativeInfinity);
        for (int j = 0; j < whole; j += width) highest = Vector.MaxNative(highest, values.Load(j));
        float maximum = scale * VectorMath.Greatest(highest);

        // No key at all: all weights are 0, as any finite maximum gives them.
        if (float.IsNegativeInfinity(maximum)) maximum = 0;
        Vector<float> sum = Vector<float>.Zero, factor = new(scale), shift = new(maximum);
        for (int j = 0; j < whole; j += width)
        {
            Vector<float> value = VectorMath.ExpOfNegative((values.Load(j) * factor) - shift);
            values.Store(j, value);
            sum += value;
        }

        for (int j = whole; j < end; j += width) values.Store(j, Vector<float>.Zero);
        return (Vector.Sum(sum), maximum);
    }

    /// <summary>row[j] = scale row[j]; what is hidden stays -infinity whatever the sign of the scale.</summary>
    private static void ScaleFinite(Floats row, float scale, int count)
    {
        Vector<float> factor = new(scale), hidden = new(float.NegativeInfinity);
        for (int j = 0; j < count; j += Vector<float>.Count)
        {
            Vector<float> value = row.Load(j);
            row.Store(j, Vector.ConditionalSelect(Vector.Equals(value, hidden), value, value * factor));
        }
    }

    /// <summary>weights[j] = exp(scale weights[j] - logSum) and products[j] = weights[j] (products[j] - dot) scale for j &lt; visible, both 0 from there to <paramref name="end"/>.</summary>
    public static void Gradients(float* weights, float* products, int visible, int end, float scale, float logSum, float dot)
    {
        Floats w = new(weights), p = new(products);
        int width = Vector<float>.Count, whole = Cut.Ceiling(visible, width) * width;
        Vector<float> factor = new(scale), shift = new(logSum), mean = new(dot);
        for (int j = 0; j < whole; j += width)
        {
            Vector<float> weight = VectorMath.ExpOfNegative((w.Load(j) * factor) - shift);
            w.Store(j, weight);
            p.Store(j, weight * (p.Load(j) - mean) * factor);
        }

        int rest = Math.Max(whole, end) - visible;
        new Span<float>(weights + visible, rest).Clear();
        new Span<float>(products + visible, rest).Clear();
    }

    /// <summary>target = factor row.</summary>
    public static void Scale(Floats row, float factor, Floats target, int count)
    {
        int width = Vector<float>.Count, i = 0;
        for (; i <= count - width; i += width) target.Store(i, row.Load(i) * factor);
        if (i < count) target.StorePartial(i, row.LoadPartial(i, count - i) * factor, count - i);
    }

    /// <summary>target += factor row.</summary>
    public static void AddScaled(Floats row, float factor, Floats target, int count)
    {
        int width = Vector<float>.Count, i = 0;
        Vector<float> scale = new(factor);
        for (; i <= count - width; i += width) target.Store(i, Vector.MultiplyAddEstimate(row.Load(i), scale, target.Load(i)));
        if (i < count) target.StorePartial(i, Vector.MultiplyAddEstimate(row.LoadPartial(i, count - i), scale, target.LoadPartial(i, count - i)), count - i);
    }

    /// <summary>The sum of products, in lanes whose sums are added in order.</summary>
    public static float Dot(Floats left, Floats right, int count)
    {
        int width = Vector<float>.Count, i = 0;
        Vector<float> sum = Vector<float>.Zero;
        for (; i <= count - width; i += width) sum += left.Load(i) * right.Load(i);
        if (i < count) sum += left.LoadPartial(i, count - i) * right.LoadPartial(i, count - i);
        return Vector.Sum(sum);
    }
}
