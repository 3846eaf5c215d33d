using NetDsl.Networks;

namespace NetDsl;

/// <summary>Draws tokens from logits. Allocates nothing per token.</summary>
internal sealed class TokenSampler
{
    private readonly GenerationOptions _options;
    private readonly double[] _weights;
    private readonly double[] _keys;
    private readonly int[] _order;
    private RandomStream _random;

    public TokenSampler(GenerationOptions options, int vocabulary)
    {
        _options = options;
        _random = new RandomStream(options.Seed, "generate");
        _weights = new double[vocabulary];
        bool ranked = options.TopP < 1 || (options.TopK > 0 && options.TopK < vocabulary);
        (_keys, _order) = ranked ? (new double[vocabulary], new int[vocabulary]) : ([], []);
    }

    /// <summary>The next token.</summary>
    /// <exception cref="InvalidOperationException">A logit is not a number.</exception>
    public int Draw(ReadOnlySpan<float> logits)
    {
        int best = NetworkRuntime.ArgMax(logits);
        double highest = logits[best];
        foreach (float logit in logits)
            if (float.IsNaN(logit)) throw new InvalidOperationException("The network gives NaN for the next token: its weights are not numbers any more, so there is nothing to draw from.");
        if (_options.Temperature == 0) return best;

        double sum = 0;
        for (int token = 0; token < _weights.Length; token++)
        {
            // Infinite where one logit is: then that token alone.
            double weight = double.IsInfinity(highest) ? (token == best ? 1 : 0) : Math.Exp((logits[token] - highest) / _options.Temperature);
            sum += _weights[token] = weight;
        }

        return _order.Length == 0 ? Pick(_weights.Length, sum, ranked: false) : PickOfTheLikeliest(sum);
    }

    private int PickOfTheLikeliest(double sum)
    {
        for (int token = 0; token < _order.Length; token++) (_keys[token], _order[token]) = (-_weights[token], token);
        Array.Sort(_keys, _order);
        int most = _options.TopK > 0 ? Math.Min(_options.TopK, _order.Length) : _order.Length, count = 0;
        double kept = 0;
        while (count < most)
        {
            kept += _weights[_order[count++]];
            if (kept >= _options.TopP * sum) break;
        }

        return Pick(count, kept, ranked: true);
    }

    private int Pick(int count, double sum, bool ranked)
    {
        double left = _random.NextDouble() * sum;
        int last = -1;
        for (int i = 0; i < count; i++)
        {
            int token = ranked ? _order[i] : i;
            if (_weights[token] == 0) continue;
            last = token;
            left -= _weights[token];
            if (left < 0) return token;
        }

        // Rounding may leave a rest: it is the last one's.
        return last;
    }
}
