namespace NetDsl;

/// <summary>How a network writes on: how it draws the next token, and when it ends.</summary>
public sealed record GenerationOptions
{
    private readonly int _maxTokens = 256;
    private readonly double _temperature = 1;
    private readonly int _topK;
    private readonly double _topP = 1;
    private readonly int[] _stop = [];

    /// <summary>Tokens to write at most; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MaxTokens { get => _maxTokens; init => _maxTokens = NotNegative(nameof(MaxTokens), value); }

    /// <summary>
    /// The logits are divided by this before they become probabilities: below 1 the likely tokens become likelier, above 1 the others do. 0 takes the likeliest
    /// each time, the first of several. 0 or more, finite.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not finite.</exception>
    public double Temperature
    {
        get => _temperature;
        init => _temperature = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "Temperature must be 0 or more, and finite.");
    }

    /// <summary>Only so many of the likeliest tokens are drawn from (Fan et al. 2018); 0: from all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int TopK { get => _topK; init => _topK = NotNegative(nameof(TopK), value); }

    /// <summary>
    /// Only the likeliest tokens are drawn from whose probabilities add up to this, the one that reaches it included (Holtzman et al. 2020); greater than 0 and at
    /// most 1, which is all. With <see cref="TopK"/> both hold, and probabilities are those among all tokens.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">0 or less, or greater than 1.</exception>
    public double TopP
    {
        get => _topP;
        init => _topP = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(TopP), value, "TopP must be greater than 0 and at most 1.");
    }

    /// <summary>The text ends before any of these tokens, which is not given.</summary>
    public IReadOnlyList<int> Stop { get => _stop; init => _stop = [.. value ?? throw new ArgumentNullException(nameof(Stop))]; }

    /// <summary>The same seed draws the same tokens from the same logits.</summary>
    public long Seed { get; init; }

    /// <summary>Whether the text ends before a token.</summary>
    internal bool Stops(int token) => Array.IndexOf(_stop, token) >= 0;

    private static int NotNegative(string name, int value) => value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more.");
}
