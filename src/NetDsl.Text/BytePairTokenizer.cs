using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using NetDsl.Files;
using NetDsl.Tokenization;

namespace NetDsl;

/// <summary>
/// Texts as numbers, one for each piece of a word: <see cref="Padding"/>, the 256 bytes, then pieces that were learned from texts by byte pair encoding (Sennrich et al. 2016), on bytes as GPT-2 has it. There
/// is no unknown token, and every text comes back as it was. Encoding is Microsoft.ML.Tokenizers'. Immutable; any number of threads may use it.
/// </summary>
public sealed partial class BytePairTokenizer
{
    /// <summary>The token that fills a text up to the length that is wanted.</summary>
    public const int Padding = 0;

    // The first byte's token; the pieces follow the last byte's.
    private const int FirstByte = 1, Bytes = 256;

    private readonly byte[][] _pieces;
    private readonly string[] _merges;
    private readonly BpeTokenizer _tokenizer;

    private BytePairTokenizer(IReadOnlyList<(int Left, int Right)> merges)
    {
        List<byte[]> pieces = [.. Enumerable.Range(0, Bytes).Select(value => new[] { (byte)value })];
        Dictionary<string, int> vocabulary = [];
        List<string> lines = [];
        foreach (byte[] piece in pieces) vocabulary.Add(Write(piece), vocabulary.Count + FirstByte);
        foreach ((int left, int right) in merges)
        {
            lines.Add($"{Write(pieces[left])} {Write(pieces[right])}");
            pieces.Add([.. pieces[left], .. pieces[right]]);

            // Two ways to one piece: the first is its token.
            vocabulary.TryAdd(Write(pieces[^1]), pieces.Count - 1 + FirstByte);
        }

        (_pieces, _merges) = ([.. pieces], [.. lines]);
        _tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary) { Merges = lines, ByteLevel = true, PreTokenizer = new RegexPreTokenizer(Words(), null) });
    }

    /// <summary>Different tokens, <see cref="Padding"/> included: what a <see cref="TokenInputAttribute"/> calls its vocabulary.</summary>
    public int Vocabulary => _pieces.Length + FirstByte;

    /// <summary>Learns pieces from texts.</summary>
    /// <param name="texts">The texts; those to train on.</param>
    /// <param name="most">Tokens at most, <see cref="Padding"/> and the bytes included; at least 257.</param>
    /// <param name="leastFrequent">A pair that occurs less often is not made a piece; at least 1.</param>
    /// <exception cref="ArgumentException">There is no text, or all are empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than its least.</exception>
    public static BytePairTokenizer Fit(IEnumerable<string> texts, int most, int leastFrequent = 2)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, Bytes + FirstByte);
        ArgumentOutOfRangeException.ThrowIfLessThan(leastFrequent, 1);
        Dictionary<string, long> words = new(StringComparer.Ordinal);
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(texts));
            foreach (ValueMatch match in Words().EnumerateMatches(text))
            {
                ReadOnlySpan<char> word = text.AsSpan(match.Index, match.Length);
                lookup[word] = lookup.TryGetValue(word, out long count) ? count + 1 : 1;
            }
        }

        if (words.Count == 0) throw new ArgumentException("The texts are empty.", nameof(texts));
        return new(new BytePairTraining(words).Learn(most - Bytes - FirstByte, leastFrequent));
    }

    /// <summary>A tokenizer that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or no tokenizer's; the message names it and says what is wrong.</exception>
    public static BytePairTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<(int Left, int Right)> merges = [];
        Dictionary<string, int> known = Enumerable.Range(0, Bytes).ToDictionary(value => Write([(byte)value]));
        foreach (string line in TokenizerFile.Read(path, "merges"))
        {
            if (line.Split(' ') is not [var left, var right] || !known.TryGetValue(left, out int leftPiece) || !known.TryGetValue(right, out int rightPiece))
                throw TokenizerFile.Damaged(path, $"entry {merges.Count + 1} of \"merges\", '{line}', is not two pieces that came before");
            merges.Add((leftPiece, rightPiece));
            known.TryAdd(left + right, Bytes + merges.Count - 1);
        }

        return new(merges);
    }

    /// <summary>The tokens of a text.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. _tokenizer.EncodeToIds(text)];
    }

    /// <summary>The tokens of a text, filled up or cut to a length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Tokens of the result; at least 1.</param>
    /// <param name="pad">Where a shorter text is filled up.</param>
    /// <param name="truncate">Where a longer text is cut.</param>
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

    /// <summary>The text of tokens; nothing for <see cref="Padding"/>, U+FFFD for bytes that are no character.</summary>
    /// <param name="tokens">Tokens, each from 0 to <see cref="Vocabulary"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        List<byte> bytes = new(4 * tokens.Length);
        foreach (int token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Vocabulary, nameof(tokens));
            if (token != Padding) bytes.AddRange(_pieces[token - FirstByte]);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>Writes the merges as JSON, whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TokenizerFile.Write(path, "merges", _merges);
    }

    private static string Write(ReadOnlySpan<byte> piece)
    {
        StringBuilder text = new(piece.Length);
        foreach (byte value in piece) text.Append(ByteAlphabet.CharacterOf(value));
        return text.ToString();
    }

    /// <summary>What is encoded by itself: words with the space before them, numbers, punctuation, white space (Radford et al. 2019).</summary>
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
