namespace NetDsl.Tokenization;

/// <summary>
/// The characters by which byte-level vocabularies write bytes: printable ones of Latin-1 stand for themselves, the others for code points from 256 on (Radford et al. 2019, GPT-2's
/// <c>bytes_to_unicode</c>).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] s_characters = Characters();

    /// <summary>The character of a byte.</summary>
    public static char CharacterOf(byte value) => s_characters[value];

    private static char[] Characters()
    {
        char[] characters = new char[256];
        int others = 0;
        for (int value = 0; value < 256; value++)
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)(256 + others++);
        return characters;
    }
}
