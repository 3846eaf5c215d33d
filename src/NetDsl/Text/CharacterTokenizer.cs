using System.Globalization;
using System.Text;
using NetDsl.Files;

namespace NetDsl;

/// <summary>
/// Texts as numbers, one for each character (a Unicode scalar value): 0 for a character that is not in the vocabulary, then the characters, the most frequent first.
/// Immutable; any number of threads may use it.
/// </summary>
public sealed class CharacterTokenizer
{
    /// <summary>The token of every character that is not in the vocabulary.</summary>
    public const int Unknown = 0;

    // What an unknown token is decoded to: the replacement character.
    private static readonly Rune s_unknown = Rune.ReplacementChar;

    private readonly Rune[] _characters;
    private readonly Dictionary<Rune, int> _tokens = [];

    private CharacterTokenizer(Rune[] characters)
    {
        _characters = characters;
        for (int i = 1; i < characters.Length; i++) _tokens.Add(characters[i], i);
    }

    /// <summary>Different tokens, <see cref="Unknown"/> included: what a <see cref="TokenInputAttribute"/> calls its vocabulary.</summary>
    public int Vocabulary => _characters.Length;

    /// <summary>Makes a vocabulary of the characters of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Tokens at most, <see cref="Unknown"/> included; at least 2. Rarer characters are unknown; among equally frequent ones the smaller code point is taken.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is less than 2.</exception>
    public static CharacterTokenizer Fit(string text, int most = int.MaxValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        Dictionary<Rune, long> counts = [];
        foreach (Rune character in text.EnumerateRunes()) counts[character] = counts.GetValueOrDefault(character) + 1;
        return new([s_unknown, .. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Value).Take(most - 1).Select(pair => pair.Key)]);
    }

    /// <summary>A tokenizer that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or no tokenizer's; the message names it and says what is wrong.</exception>
    public static CharacterTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        List<Rune> characters = [s_unknown];
        HashSet<Rune> seen = [];
        foreach (string text in TokenizerFile.Read(path, "characters"))
        {
            if (Rune.DecodeFromUtf16(text, out Rune character, out int read) != System.Buffers.OperationStatus.Done || read != text.Length)
                throw TokenizerFile.Damaged(path, $"entry {characters.Count} of \"characters\" is not one character");
            if (!seen.Add(character)) throw TokenizerFile.Damaged(path, $"the character U+{character.Value.ToString("X4", CultureInfo.InvariantCulture)} is there twice");
            characters.Add(character);
        }

        return new([.. characters]);
    }

    /// <summary>The token of each character.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> tokens = new(text.Length);
        foreach (Rune character in text.EnumerateRunes()) tokens.Add(_tokens.GetValueOrDefault(character, Unknown));
        return [.. tokens];
    }

    /// <summary>The character of each token; U+FFFD for <see cref="Unknown"/>.</summary>
    /// <param name="tokens">Tokens, each from 0 to <see cref="Vocabulary"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        StringBuilder text = new(tokens.Length);
        foreach (int token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(tokens));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Vocabulary, nameof(tokens));
            text.Append(_characters[token]);
        }

        return text.ToString();
    }

    /// <summary>Writes the vocabulary as JSON, whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TokenizerFile.Write(path, "characters", _characters.Skip(1).Select(character => character.ToString()));
    }
}
