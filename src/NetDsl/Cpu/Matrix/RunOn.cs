namespace NetDsl.Cpu;

/// <summary>Memory without gaps that is brought nearer while micro-kernels compute, a cache line for each of their values of k. See <see cref="Tile.Ahead"/>.</summary>
/// <param name="next">Its first float.</param>
/// <param name="left">Floats.</param>
internal unsafe struct RunOn(float* next, nint left)
{
    private const int Line = 16;

    /// <summary>Gives a tile as much of what is left as it can fetch.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="steps">Values of k that it goes through.</param>
    public void Give(ref Tile tile, nint steps)
    {
        tile.Ahead = left > 0 ? next : null;
        tile.AheadStep = Line;
        next += steps * Line;
        left -= steps * Line;
    }
}
