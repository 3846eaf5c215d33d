namespace NetDsl.Cpu;

/// <summary>
/// Memory that is read next, brought nearer by micro-kernels while they compute, a cache line for each of their values of k (see <see cref="Tile.Ahead"/>). Fetched in a burst the
/// lines would wait for each other.
/// </summary>
internal unsafe struct Lookahead
{
    private const int Line = 16;

    private readonly nint _step;
    private float* _next;
    private nint _left;

    /// <summary>Some columns of rows, as columns of cache lines: one for each tile.</summary>
    /// <param name="rows">The first row.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="first">First column that is needed.</param>
    /// <param name="end">The one after the last.</param>
    public Lookahead(float* rows, nint step, int first, int end)
    {
        int skipped = first / Line * Line;
        (_step, _left) = (step, end - skipped);
        _next = rows + skipped;
    }

    /// <summary>Memory without gaps, line after line.</summary>
    /// <param name="start">The first float.</param>
    /// <param name="floats">Floats.</param>
    public Lookahead(float* start, nint floats)
    {
        (_step, _left) = (Line, floats);
        _next = start;
    }

    /// <summary>Gives a tile what it can fetch; nothing where all is taken.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="steps">Values of k that it goes through.</param>
    public void Next(ref Tile tile, nint steps)
    {
        tile.Ahead = _left > 0 ? _next : null;
        tile.AheadStep = _step;
        nint floats = _step == Line ? steps * Line : Line;
        _next += floats;
        _left -= floats;
    }
}
