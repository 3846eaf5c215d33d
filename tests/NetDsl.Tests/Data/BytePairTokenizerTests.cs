using NetDsl.Tokenization;
using Xunit;

namespace NetDsl.Tests.Data;

public sealed class BytePairTokenizerTests
{
    private const string Fable = "The fox saw the grapes. The grapes hung high, and the fox jumped; the fox jumped again, and the grapes hung higher than the fox could jump.";

    [Fact]
    public void The_most_frequent_pair_is_merged_first()
    {
        // Sennrich et al. 2016: es, est, lo, low, ew, ew... by their frequency within words; "newest" is there six times.
        string[] texts = ["low low low low low", "lower lower", .. Enumerable.Repeat("newest", 6), "widest widest widest"];
        BytePairTokenizer tokenizer = BytePairTokenizer.Fit(texts, most: 257 + 3);
        Assert.Equal(260, tokenizer.Vocabulary);
        int[] newest = tokenizer.Encode("newest"), widest = tokenizer.Encode("widest");
        Assert.Equal(newest[^1], widest[^1]);
        Assert.Equal("est", tokenizer.Decode([newest[^1]]));
    }

    [Fact]
    public void Merges_do_not_depend_on_the_order_of_texts_and_are_those_of_counting_anew()
    {
        string[] texts = Fable.Split(' ');
        List<(int, int)> expected = CountAnew(texts, 40);
        Dictionary<string, long> words = texts.GroupBy(text => text).ToDictionary(group => group.Key, group => (long)group.Count());
        Assert.Equal(expected, new BytePairTraining(words).Learn(40, 1));
        Assert.Equal(expected, new BytePairTraining(words.Reverse()).Learn(40, 1));
    }

    [Theory]
    [InlineData(Fable)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\n\n  b\t")]
    [InlineData("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. 🐋 fox\u0000")]
    public void Every_text_comes_back(string text)
    {
        BytePairTokenizer tokenizer = BytePairTokenizer.Fit([Fable], most: 320);
        int[] tokens = tokenizer.Encode(text);
        Assert.All(tokens, token => Assert.InRange(token, 1, tokenizer.Vocabulary - 1));
        Assert.Equal(text, tokenizer.Decode(tokens));
    }

    [Fact]
    public void Pieces_shorten_what_they_were_learned_from()
    {
        BytePairTokenizer tokenizer = BytePairTokenizer.Fit([Fable], most: 400);
        Assert.True(tokenizer.Encode(Fable).Length < Fable.Length / 2);
        Assert.Equal(5, tokenizer.Encode("zzzzz").Length);
    }

    [Fact]
    public void Texts_are_filled_up_and_cut()
    {
        BytePairTokenizer tokenizer = BytePairTokenizer.Fit(["aa"], most: 257);
        int a = tokenizer.Encode("a")[0];
        Assert.Equal([0, 0, a, a], tokenizer.Encode("aa", 4));
        Assert.Equal([a, a, 0, 0], tokenizer.Encode("aa", 4, pad: SequenceSide.After));
        Assert.Equal(tokenizer.Encode("bc"), tokenizer.Encode("abc", 2));
        Assert.Equal(tokenizer.Encode("ab"), tokenizer.Encode("abc", 2, truncate: SequenceSide.After));
        Assert.Equal("aa", tokenizer.Decode([0, 0, a, a]));
        Assert.Equal([3], tokenizer.ToColumn("input", ["aa", "b"], 3).Shape);
    }

    [Fact]
    public void Saved_and_loaded_it_is_the_same()
    {
        string path = Path.GetTempFileName();
        try
        {
            BytePairTokenizer tokenizer = BytePairTokenizer.Fit([Fable, "ä ä ää"], most: 350);
            tokenizer.Save(path);
            BytePairTokenizer loaded = BytePairTokenizer.Load(path);
            Assert.Equal(tokenizer.Vocabulary, loaded.Vocabulary);
            Assert.Equal(tokenizer.Encode(Fable + " ää"), loaded.Encode(Fable + " ää"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{", "it is not JSON")]
    [InlineData("""{"words":[]}""", "it has no array \"merges\"")]
    [InlineData("""{"merges":["a b", "abc d"]}""", "entry 2 of \"merges\", 'abc d', is not two pieces")]
    [InlineData("""{"merges":["a"]}""", "entry 1 of \"merges\", 'a', is not two pieces")]
    [InlineData("""{"merges":[3]}""", "entry 1 of \"merges\" is no string")]
    public void A_damaged_file_is_refused(string content, string reason)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => BytePairTokenizer.Load(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BytePairTokenizer.Fit(["a"], most: 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => BytePairTokenizer.Fit(["a"], most: 300, leastFrequent: 0));
        Assert.Throws<ArgumentException>(() => BytePairTokenizer.Fit([], most: 300));
        Assert.Throws<ArgumentException>(() => BytePairTokenizer.Fit([""], most: 300));
        Assert.Throws<FileNotFoundException>(() => BytePairTokenizer.Load("nowhere.json"));
        BytePairTokenizer tokenizer = BytePairTokenizer.Fit(["a"], most: 257);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([257]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Encode("a", 0));
    }

    /// <summary>The definition, with everything counted anew for each merge.</summary>
    private static List<(int, int)> CountAnew(string[] texts, int merges)
    {
        List<List<int>> words = [.. texts.Select(text => System.Text.Encoding.UTF8.GetBytes(text).Select(value => (int)value).ToList())];
        List<(int, int)> learned = [];
        while (learned.Count < merges)
        {
            var counts = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair).ToDictionary(group => group.Key, group => group.Count());
            if (counts.Count == 0) break;
            var best = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.First).ThenBy(pair => pair.Key.Second).First().Key;
            foreach (List<int> word in words)
            {
                for (int i = 0; i + 1 < word.Count; i++)
                {
                    if ((word[i], word[i + 1]) != best) continue;
                    word[i] = 256 + learned.Count;
                    word.RemoveAt(i + 1);
                }
            }

            learned.Add(best);
        }

        return learned;
    }
}
