using Xunit;

namespace NetDsl.Tests.Data;

public sealed class FoldsTests
{
    private static readonly DataSet s_data = new(new Column("x", [.. Enumerable.Range(0, 11).Select(i => (float)i)]), new Column("y", [.. Enumerable.Range(100, 11)]));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(11)]
    public void Every_sample_is_tested_once_and_trained_on_in_the_other_folds(int count)
    {
        IReadOnlyList<(DataSet Train, DataSet Test)> folds = s_data.Folds(count, seed: 3);
        Assert.Equal(count, folds.Count);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (float)i), folds.SelectMany(fold => fold.Test["x"].Values<float>().ToArray()).Order());
        Assert.True(folds.Max(fold => fold.Test.Count) - folds.Min(fold => fold.Test.Count) <= 1);
        foreach ((DataSet train, DataSet test) in folds)
        {
            float[] all = [.. train["x"].Values<float>(), .. test["x"].Values<float>()];
            Assert.Equal(Enumerable.Range(0, 11).Select(i => (float)i), all.Order());

            // Rows stay together.
            for (int i = 0; i < test.Count; i++) Assert.Equal(test["x"].Values<float>()[i] + 100, test["y"].Values<int>()[i]);
        }
    }

    [Fact]
    public void The_same_seed_divides_the_same_way()
    {
        float[] First(long seed) => s_data.Folds(3, seed)[0].Test["x"].Values<float>().ToArray();
        Assert.Equal(First(7), First(7));
        Assert.NotEqual(First(7), First(8));
    }

    [Fact]
    public void Counts_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Folds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Folds(12));
    }
}
