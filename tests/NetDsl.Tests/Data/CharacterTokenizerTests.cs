using Xunit;

namespace NetDsl.Tests.Data;

public sealed class CharacterTokenizerTests
{
    [Fact]
    public void The_most_frequent_characters_come_first_and_equally_frequent_ones_by_their_code_point()
    {
        CharacterTokenizer tokenizer = CharacterTokenizer.Fit("cbabbac d");
        Assert.Equal(6, tokenizer.Vocabulary);
        Assert.Equal([1, 2, 3, 4, 5], tokenizer.Encode("bac d"));
        Assert.Equal("abba d", tokenizer.Decode(tokenizer.Encode("abba d")));
    }

    [Fact]
    public void What_is_not_in_the_vocabulary_is_unknown()
    {
        CharacterTokenizer tokenizer = CharacterTokenizer.Fit("aaabbc", most: 3);
        Assert.Equal([1, 2, CharacterTokenizer.Unknown, CharacterTokenizer.Unknown], tokenizer.Encode("abcz"));
        Assert.Equal("ab\uFFFD", tokenizer.Decode([1, 2, 0]));
    }

    [Fact]
    public void A_character_outside_of_the_basic_plane_is_one_token()
    {
        CharacterTokenizer tokenizer = CharacterTokenizer.Fit("🐋🐋—🐋");
        Assert.Equal([1, 2, 1], tokenizer.Encode("🐋—🐋"));
        Assert.Equal("🐋—", tokenizer.Decode([1, 2]));
    }

    [Fact]
    public void A_lone_surrogate_is_the_replacement_character()
    {
        CharacterTokenizer tokenizer = CharacterTokenizer.Fit("ab");
        Assert.Equal([1, CharacterTokenizer.Unknown, 2], tokenizer.Encode("a\ud83db"));
    }

    [Fact]
    public void Saved_and_loaded_it_is_the_same()
    {
        string path = Path.GetTempFileName();
        try
        {
            CharacterTokenizer tokenizer = CharacterTokenizer.Fit("Zwölf \"Boxkämpfer\"\n\t🐋\\");
            tokenizer.Save(path);
            CharacterTokenizer loaded = CharacterTokenizer.Load(path);
            Assert.Equal(tokenizer.Vocabulary, loaded.Vocabulary);
            string text = "\"Zwölf\"\n\t🐋\\?";
            Assert.Equal(tokenizer.Encode(text), loaded.Encode(text));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("", "it is not JSON")]
    [InlineData("{", "it is not JSON")]
    [InlineData("[]", "it has no array \"characters\"")]
    [InlineData("{\"characters\": 3}", "it has no array \"characters\"")]
    [InlineData("{\"characters\": [\"a\", 7]}", "entry 2 of \"characters\" is no string")]
    [InlineData("{\"characters\": [\"ab\"]}", "entry 1 of \"characters\" is not one character")]
    [InlineData("{\"characters\": [\"\"]}", "entry 1 of \"characters\" is not one character")]
    [InlineData("{\"characters\": [\"a\", \"a\"]}", "the character U+0061 is there twice")]
    public void A_damaged_file_is_an_error_that_says_what_is_wrong(string content, string expected)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => CharacterTokenizer.Load(path));
            Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentException>(() => CharacterTokenizer.Fit(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterTokenizer.Fit("a", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterTokenizer.Fit("a").Decode([2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterTokenizer.Fit("a").Decode([-1]));
        Assert.Throws<FileNotFoundException>(() => CharacterTokenizer.Load("no such file"));
    }
}
