namespace NetDsl;

/// <summary>A long text as samples for a network that predicts the next token.</summary>
public static class TokenWindows
{
    /// <summary>
    /// Windows of neighbouring tokens, and for each token the one after it: a data set with the columns <c>input</c> and <c>next</c>, both (length) integers.
    /// </summary>
    /// <param name="tokens">The text; at least <paramref name="length"/> + 1 tokens.</param>
    /// <param name="length">Tokens of a window; at least 1.</param>
    /// <param name="stride">Tokens from the start of one window to that of the next; at least 1. 0: the length, so that no two overlap.</param>
    /// <exception cref="ArgumentException">There are fewer tokens than one window and the token after it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1 or <paramref name="stride"/> negative.</exception>
    public static DataSet Create(ReadOnlySpan<int> tokens, int length, int stride = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(stride);
        if (stride == 0) stride = length;
        if (tokens.Length <= length) throw new ArgumentException($"A window of {length} tokens and the token after it need {length + 1}, and there are {tokens.Length}.", nameof(tokens));
        int count = ((tokens.Length - 1 - length) / stride) + 1;
        int[] input = new int[checked(count * length)], next = new int[input.Length];
        for (int i = 0; i < count; i++)
        {
            tokens.Slice(i * stride, length).CopyTo(input.AsSpan(i * length));
            tokens.Slice((i * stride) + 1, length).CopyTo(next.AsSpan(i * length));
        }

        return new DataSet(new Column("input", input, length), new Column("next", next, length));
    }
}
