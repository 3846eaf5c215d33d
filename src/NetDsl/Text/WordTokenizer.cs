using NetDsl.Files;
using NetDsl.Tokenization;

namespace NetDsl;

/// <summary>
/// Texts as numbers, one for each word: <see cref="Padding"/>, <see cref="Unknown"/> for a word that is not in the vocabulary, then the words, the most frequent first. Words are lower-case and
/// what stands between white space and punctuation, as in Keras's <c>Tokenizer</c>. Immutable; any number of threads may use it.
/// </summary>
public sealed class WordTokenizer
{
    /// <summary>The token that fills a text up to the length that is wanted.</summary>
    public const int Padding = 0;

    /// <summary>The token of every word that is not in the vocabulary.</summary>
    public const int Unknown = 1;

    // The first tokens, which are no words.
    private const int Reserved = 2;

    // Keras's filters: all ASCII punctuation but the apostrophe.
    private const string Separators = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~";

    private readonly string[] _words;
    private readonly Dictionary<string, int> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private WordTokenizer(string[] words)
    {
        _words = words;
        for (int i = 0; i < words.Length; i++) _tokens.Add(words[i], i + Reserved);
        _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Different tokens, the two that are no words included: what a <see cref="TokenInputAttribute"/> calls its vocabulary.</summary>
    public int Vocabulary => _words.Length + Reserved;

    /// <summary>Makes a vocabulary of the words of texts.</summary>
    /// <param name="texts">The texts; those to train on, so that what the others hold stays unknown.</param>
    /// <param name="most">Tokens at most, <see cref="Padding"/> and <see cref="Unknown"/> included; at least 3. Among equally frequent words the first in ordinal order is taken.</param>
    /// <exception cref="ArgumentException">There is no word.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is less than 3.</exception>
    public static WordTokenizer Fit(IEnumerable<string> texts, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, Reserved + 1);
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(texts));
            string lower = text.ToLowerInvariant();
            foreach (Range range in Words(lower)) lookup[lower.AsSpan(range)] = lookup.TryGetValue(lower.AsSpan(range), out long count) ? count + 1 : 1;
        }

        if (counts.Count == 0) throw new ArgumentException("The texts have no words.", nameof(texts));
        return new([.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(most - Reserved).Select(pair => pair.Key)]);
    }

    /// <summary>A tokenizer that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or no tokenizer's; the message names it and says what is wrong.</exception>
    public static WordTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<string> words = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string word in TokenizerFile.Read(path, "words"))
        {
            if (word.Length == 0 || !seen.Add(word)) throw TokenizerFile.Damaged(path, $"entry {words.Count + 1} of \"words\", '{word}', is {(word.Length == 0 ? "empty" : "there twice")}");
            words.Add(word);
        }

        return new([.. words]);
    }

    /// <summary>The token of each word.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string lower = text.ToLowerInvariant();
        List<int> tokens = [];
        foreach (Range range in Words(lower)) tokens.Add(_lookup.TryGetValue(lower.AsSpan(range), out int token) ? token : Unknown);
        return [.. tokens];
    }

    /// <summary>The token of each word, filled up or cut to a length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Tokens of the result; at least 1.</param>
    /// <param name="pad">Where a shorter text is filled up. Before, as in Keras: what a recurrent layer sees last is the text.</param>
    /// <param name="truncate">Where a longer text is cut. Before, as in Keras, which keeps its end.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public int[] Encode(string text, int length, SequenceSide pad = SequenceSide.Before, SequenceSide truncate = SequenceSide.Before) =>
        TokenLengths.Fit(Encode(text), length, pad, truncate);

    /// <summary>Texts as a column of a data set, (length) integers each.</summary>
    /// <param name="name">Name of the column: that of the network's input.</param>
    /// <param name="texts">At least one text.</param>
    /// <param name="length">Tokens of a sample; at least 1.</param>
    /// <param name="pad">Where a shorter text is filled up.</param>
    /// <param name="truncate">Where a longer text is cut.</param>
    /// <exception cref="ArgumentException">There is no text.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public Column ToColumn(string name, IReadOnlyList<string> texts, int length, SequenceSide pad = SequenceSide.Before, SequenceSide truncate = SequenceSide.Before) =>
        TokenLengths.Column(name, texts, length, text => Encode(text, length, pad, truncate));

    /// <summary>The words of tokens with spaces between them; <c>[?]</c> for <see cref="Unknown"/>, nothing for <see cref="Padding"/>.</summary>
    /// <param name="tokens">Tokens, each from 0 to <see cref="Vocabulary"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        List<string> words = [];
        foreach (int token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Vocabulary, nameof(tokens));
            if (token != Padding) words.Add(token == Unknown ? "[?]" : _words[token - Reserved]);
        }

        return string.Join(' ', words);
    }

    /// <summary>Writes the vocabulary as JSON, whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TokenizerFile.Write(path, "words", _words);
    }

    /// <summary>Where the words of a text are.</summary>
    private static IEnumerable<Range> Words(string text)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inside = i < text.Length && !char.IsWhiteSpace(text[i]) && !Separators.Contains(text[i], StringComparison.Ordinal);
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            yield return start..i;
            start = -1;
        }
    }
}
