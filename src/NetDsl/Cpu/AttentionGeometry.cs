namespace NetDsl.Cpu;

/// <summary>Shapes of an attention: queries of Heads x Width, keys of KeyHeads x Width, values of KeyHeads x ValueWidth.</summary>
/// <param name="Queries">Rows of the queries.</param>
/// <param name="Keys">Rows of keys and values.</param>
/// <param name="Heads">Heads of the queries, a multiple of <paramref name="KeyHeads"/>.</param>
/// <param name="KeyHeads">Heads of keys and values, which neighbouring heads of the queries share.</param>
/// <param name="Width">Elements of a query or key of a head.</param>
/// <param name="ValueWidth">Elements of a value of a head.</param>
/// <param name="Scale">Factor of the products.</param>
/// <param name="Causal">Query i sees the keys up to i + Keys - Queries.</param>
public readonly record struct AttentionGeometry(int Queries, int Keys, int Heads, int KeyHeads, int Width, int ValueWidth, float Scale, bool Causal)
{
    /// <summary>Heads that share a key head.</summary>
    internal int Sharing => Heads / KeyHeads;

    /// <summary>Keys that a query sees.</summary>
    internal int Visible(int query) => Causal ? query + 1 + Keys - Queries : Keys;
}
