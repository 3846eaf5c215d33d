namespace NetDsl.Cpu;

/// <summary>
/// Some columns of the rows that a product reads next, as columns of cache lines: each is brought nearer while a micro-kernel computes, one line for each of its positions.
/// Fetched in a burst they would wait for each other.
/// </summary>
internal unsafe struct Lookahead
{
    private const int Line = 16;

    private readonly nint _step;
    private float* _next;
    private int _lines;

    /// <param name="rows">The first row.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="first">First column that is needed.</param>
    /// <param name="end">The one after the last.</param>
    public Lookahead(float* rows, nint step, int first, int end)
    {
        _step = step;
        _next = rows + (first / Line * Line);
        _lines = Cut.Ceiling(end, Line) - (first / Line);
    }

    /// <summary>Gives the next column of lines to a tile; none where all are taken.</summary>
    public void Next(ref Tile tile)
    {
        tile.Ahead = _lines > 0 ? _next : null;
        tile.AheadStep = _step;
        _next += Line;
        _lines--;
    }
}
