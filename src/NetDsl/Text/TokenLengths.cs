namespace NetDsl.Tokenization;

/// <summary>Brings texts of tokens to one length, as Keras's <c>pad_sequences</c> does.</summary>
internal static class TokenLengths
{
    /// <summary>The tokens, filled up with 0 or cut to a length.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public static int[] Fit(int[] tokens, int length, SequenceSide pad, SequenceSide truncate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        int[] result = new int[length];
        int count = Math.Min(tokens.Length, length);
        tokens.AsSpan(truncate == SequenceSide.Before ? tokens.Length - count : 0, count).CopyTo(result.AsSpan(pad == SequenceSide.Before ? length - count : 0));
        return result;
    }

    /// <summary>A column of texts, each of so many tokens.</summary>
    /// <exception cref="ArgumentException">There is no text.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public static Column Column(string name, IReadOnlyList<string> texts, int length, Func<string, int[]> encode)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        int[] tokens = new int[checked(texts.Count * length)];
        for (int i = 0; i < texts.Count; i++) encode(texts[i]).CopyTo(tokens.AsSpan(i * length));
        return new Column(name, tokens, length);
    }
}
