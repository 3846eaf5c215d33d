using Xunit;

namespace NetDsl.Tests.Data;

public sealed class WordTokenizerTests
{
    private static readonly WordTokenizer s_tokenizer = WordTokenizer.Fit(["The cat, the CAT; the dog!", "a dog-cat isn't\ta\nbird"]);

    [Fact]
    public void Words_are_lower_case_and_counted_and_the_most_frequent_come_first()
    {
        // the 3, cat 3, a 2, dog 2, bird 1, isn't 1: equally frequent ones in ordinal order.
        Assert.Equal(8, s_tokenizer.Vocabulary);
        Assert.Equal([2, 3, 4, 5, 6, 7], s_tokenizer.Encode("cat THE a dog bird isn't"));
        Assert.Equal("cat the [?] dog", s_tokenizer.Decode([2, 3, WordTokenizer.Unknown, 5, WordTokenizer.Padding]));
    }

    [Fact]
    public void Only_so_many_words_are_known()
    {
        WordTokenizer few = WordTokenizer.Fit(["b b a a a c"], most: 4);
        Assert.Equal(4, few.Vocabulary);
        Assert.Equal([2, 3, WordTokenizer.Unknown], few.Encode("a b c"));
        Assert.Empty(few.Encode(" ,.\n"));
    }

    [Theory]
    [InlineData(SequenceSide.Before, SequenceSide.Before, new[] { 0, 0, 2, 3 }, new[] { 3, 4, 5, 6 })]
    [InlineData(SequenceSide.After, SequenceSide.Before, new[] { 2, 3, 0, 0 }, new[] { 3, 4, 5, 6 })]
    [InlineData(SequenceSide.Before, SequenceSide.After, new[] { 0, 0, 2, 3 }, new[] { 2, 3, 4, 5 })]
    [InlineData(SequenceSide.After, SequenceSide.After, new[] { 2, 3, 0, 0 }, new[] { 2, 3, 4, 5 })]
    public void Texts_are_filled_up_and_cut_on_either_side(SequenceSide pad, SequenceSide truncate, int[] shorter, int[] longer)
    {
        Assert.Equal(shorter, s_tokenizer.Encode("cat the", 4, pad, truncate));
        Assert.Equal(longer, s_tokenizer.Encode("cat the a dog bird", 4, pad, truncate));
        Assert.Equal([0, 0, 0, 0], s_tokenizer.Encode("", 4, pad, truncate));
    }

    [Fact]
    public void Texts_become_a_column()
    {
        Column column = s_tokenizer.ToColumn("words", ["cat", "the a dog"], 2);
        Assert.Equal([0, 2, 4, 5], column.Values<int>().ToArray());
        Assert.Equal([2], column.Shape);
        Assert.Equal(2, column.Count);
    }

    [Fact]
    public void Saved_and_loaded_it_is_the_same()
    {
        string path = Path.GetTempFileName();
        try
        {
            s_tokenizer.Save(path);
            WordTokenizer loaded = WordTokenizer.Load(path);
            Assert.Equal(s_tokenizer.Vocabulary, loaded.Vocabulary);
            Assert.Equal(s_tokenizer.Encode("a dog isn't a bird or a cat"), loaded.Encode("a dog isn't a bird or a cat"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{\"characters\": []}", "it has no array \"words\"")]
    [InlineData("{\"words\": [\"a\", null]}", "entry 2 of \"words\" is no string")]
    [InlineData("{\"words\": [\"a\", \"a\"]}", "entry 2 of \"words\", 'a', is there twice")]
    [InlineData("{\"words\": [\"\"]}", "entry 1 of \"words\", '', is empty")]
    [InlineData("{\"words\": [\"a\"", "it is not JSON")]
    public void A_damaged_file_is_an_error_that_says_what_is_wrong(string content, string expected)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => WordTokenizer.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentException>(() => WordTokenizer.Fit([]));
        Assert.Throws<ArgumentException>(() => WordTokenizer.Fit([" ,"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WordTokenizer.Fit(["a"], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_tokenizer.Encode("a", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_tokenizer.Decode([8]));
    }
}
