using Xunit;

namespace NetDsl.Tests.Data;

public sealed class TokenWindowsTests
{
    private static readonly int[] s_tokens = [.. Enumerable.Range(10, 11)];

    [Fact]
    public void Windows_lie_side_by_side_and_each_token_has_the_one_after_it()
    {
        DataSet windows = TokenWindows.Create(s_tokens, 3);
        Assert.Equal(3, windows.Count);
        Assert.Equal([10, 11, 12, 13, 14, 15, 16, 17, 18], windows["input"].Values<int>().ToArray());
        Assert.Equal([11, 12, 13, 14, 15, 16, 17, 18, 19], windows["next"].Values<int>().ToArray());
        Assert.Equal([3], windows["input"].Shape);
    }

    [Fact]
    public void A_stride_lets_them_overlap_or_leaves_tokens_out()
    {
        Assert.Equal(8, TokenWindows.Create(s_tokens, 3, 1).Count);
        Assert.Equal([10, 11, 12, 18, 19, 20], TokenWindows.Create([.. s_tokens, 21], 3, 8)["input"].Values<int>().ToArray());
    }

    [Fact]
    public void The_last_window_needs_a_token_after_it()
    {
        Assert.Equal(1, TokenWindows.Create(s_tokens, 10).Count);
        ArgumentException error = Assert.Throws<ArgumentException>(() => TokenWindows.Create(s_tokens, 11));
        Assert.Contains("A window of 11 tokens and the token after it need 12, and there are 11.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TokenWindows.Create([], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenWindows.Create(s_tokens, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenWindows.Create(s_tokens, 1, -1));
    }
}
