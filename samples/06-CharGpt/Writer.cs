using NetDsl;

/// <summary>Lets the network write on, character by character.</summary>
internal static class Writer
{
    private const int Length = 64;

    /// <summary>Draws each character from the probabilities that the network gives for it.</summary>
    /// <param name="net">The network.</param>
    /// <param name="tokenizer">Its characters.</param>
    /// <param name="start">The beginning.</param>
    /// <param name="count">Characters to write.</param>
    /// <param name="seed">The same seed writes the same text.</param>
    public static string Write(CharGpt net, CharacterTokenizer tokenizer, string start, int count, long seed)
    {
        List<int> text = [.. tokenizer.Encode(start)];
        Random random = new((int)seed);
        int[] window = new int[Length];
        float[] probabilities = new float[Length * tokenizer.Vocabulary];
        for (int i = 0; i < count; i++)
        {
            // No token sees a later one, so what lies behind the end of the text does not matter.
            int seen = Math.Min(Length, text.Count);
            text.CopyTo(text.Count - seen, window, 0, seen);
            net.Predict(window, probabilities);
            text.Add(Draw(probabilities.AsSpan((seen - 1) * tokenizer.Vocabulary, tokenizer.Vocabulary), random.NextSingle()));
        }

        return tokenizer.Decode([.. text]);
    }

    private static int Draw(ReadOnlySpan<float> probabilities, float uniform)
    {
        for (int token = 0; token < probabilities.Length; token++)
        {
            uniform -= probabilities[token];
            if (uniform < 0) return token;
        }

        return probabilities.Length - 1;
    }
}
