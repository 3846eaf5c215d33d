namespace NetDsl;

/// <summary>Starts a chain: a column of whole numbers of the data set, the tokens of a text. Gives (length), integers from 0 to vocabulary - 1.</summary>
/// <param name="length">Tokens of a sample; at least 1.</param>
/// <param name="vocabulary">How many different tokens there are; at least 1.</param>
/// <example><code>[TokenInput(200, 10_000), Embedding(32)]</code></example>
/// <remarks>What reads it is an <see cref="EmbeddingAttribute"/>. <c>Name</c> names the column; several inputs need names.</remarks>
public sealed class TokenInputAttribute(int length, int vocabulary) : LayerAttribute
{
    /// <summary>Tokens of a sample.</summary>
    public int Length { get; } = length;

    /// <summary>How many different tokens there are.</summary>
    public int Vocabulary { get; } = vocabulary;

    /// <summary>
    /// The token that fills up what is shorter than <see cref="Length"/>. Attention does not look at its places, recurrent layers pass over them, means and maxima
    /// over time and losses over time leave them out. Absent: every token is one of the text.
    /// </summary>
    public int PaddingId { get; set; }
}
