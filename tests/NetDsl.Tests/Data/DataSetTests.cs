using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Data;

public class DataSetTests
{
    private static readonly DataSet s_data = DataSet.Create(
        new Column("x", [.. Enumerable.Range(0, 20).Select(i => (float)i)], 2),
        new Column("y", [.. Enumerable.Range(0, 10)]),
        new Column("z", [.. Enumerable.Range(0, 10).Select(i => (byte)i)]));

    [Fact]
    public void Columns_are_found_by_name()
    {
        Assert.Equal(10, s_data.Count);
        Assert.Equal(["x", "y", "z"], s_data.Columns.Select(column => column.Name));
        Assert.Same(s_data.Columns[1], s_data["y"]);
        Assert.Equal("The data set has no column 'w'; it has 'x', 'y', 'z'.", Assert.Throws<KeyNotFoundException>(() => s_data["w"]).Message);
        Assert.Equal("10 samples (x: Single 2, y: Int32 scalar, z: Byte scalar)", s_data.ToString());
    }

    [Fact]
    public void Unequal_double_and_missing_columns_are_errors()
    {
        Says(() => DataSet.Create(new Column("x", new float[3]), new Column("y", new int[2])), "'x' has 3 and 'y' has 2");
        Says(() => DataSet.Create(new Column("x", new float[3]), new Column("x", new int[3])), "Two columns are named 'x'.");
        Says(() => DataSet.Create(), "at least one column");
    }

    [Fact]
    public void The_first_samples_share_the_arrays()
    {
        DataSet first = s_data.Take(3);
        Assert.Equal([0f, 1, 2, 3, 4, 5], first["x"].Values<float>().ToArray());
        Assert.Equal([0, 1, 2], first["y"].Values<int>().ToArray());
        Assert.Same(s_data, s_data.Take(10));
        Assert.Same(s_data, s_data.Take(99));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Take(0));
        Assert.True(first["y"].Values<int>() == s_data["y"].Values<int>()[..3]);
    }

    [Fact]
    public void A_slice_of_a_slice_counts_from_its_own_start()
    {
        DataSet slice = s_data.Slice(2, 6).Slice(3, 2);
        Assert.Equal([5, 6], slice["y"].Values<int>().ToArray());
        Assert.Equal([12f, 13], slice["x"].Sample<float>(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Slice(8, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Slice(-1, 3));
    }

    [Fact]
    public void A_split_divides_every_sample_whole_and_by_its_seed()
    {
        (DataSet first, DataSet second) = s_data.Split(0.3, seed: 4);
        Assert.Equal((3, 7), (first.Count, second.Count));
        int[] rows = [.. first["y"].Values<int>().ToArray(), .. second["y"].Values<int>().ToArray()];
        Assert.Equal(Enumerable.Range(0, 10), rows.Order());
        Assert.NotEqual(Enumerable.Range(0, 10), rows);
        for (int i = 0; i < 7; i++)
        {
            int row = second["y"].Values<int>()[i];
            Assert.Equal([2f * row, (2 * row) + 1], second["x"].Sample<float>(i).ToArray());
            Assert.Equal(row, second["z"].Values<byte>()[i]);
        }

        Assert.Equal(first["y"].Values<int>().ToArray(), s_data.Split(0.3, seed: 4).First["y"].Values<int>().ToArray());
        Assert.NotEqual(rows, [.. s_data.Split(0.3, seed: 5).First["y"].Values<int>(), .. s_data.Split(0.3, seed: 5).Second["y"].Values<int>()]);
    }

    [Fact]
    public void Both_parts_of_a_split_have_samples()
    {
        Assert.Equal((1, 9), Counts(0.001));
        Assert.Equal((9, 1), Counts(0.999));
        foreach (double fraction in (double[])[0, 1, -1, double.NaN])
            Assert.Equal("fraction", Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Split(fraction)).ParamName);
        Assert.Throws<InvalidOperationException>(() => s_data.Take(1).Split(0.5));

        static (int First, int Second) Counts(double fraction)
        {
            (DataSet first, DataSet second) = s_data.Split(fraction);
            return (first.Count, second.Count);
        }
    }

    [Fact]
    public void Columns_are_matched_by_name_before_position()
    {
        // The label comes first: only the name can tell.
        using LinearNetwork network = LinearNetwork.Classifier();
        DataSet clusters = TinyData.Clusters(60);
        DataSet turned = DataSet.Create(clusters["label"], clusters["input"]);
        DataSet named = DataSet.Create(new Column("CrossEntropy1", clusters["label"].Values<int>().ToArray()), new Column("input", clusters["input"].Values<float>().ToArray(), 2), new Column("more", new int[60]));
        network.Fit(turned, TinyData.Quiet(epochs: 20, batchSize: 8));
        Assert.Equal(1.0, network.Evaluate(named).Accuracy);
        Assert.Equal(1.0, network.Evaluate(clusters).Accuracy);
    }

    [Fact]
    public void Integers_are_read_as_numbers_and_bytes_as_targets()
    {
        using LinearNetwork ints = LinearNetwork.Regressor(1);
        using LinearNetwork floats = LinearNetwork.Regressor(1);
        ints.Fit(DataSet.Create(new Column("x", [-3, 4]), new Column("y", (byte[])[1, 200])), TinyData.Quiet());
        floats.Fit(DataSet.Create(new Column("x", [-3f, 4f]), new Column("y", [1f, 200f])), TinyData.Quiet());
        Assert.Equal(floats.Weight.ToArray(), ints.Weight.ToArray());
    }

    private static void Says(Func<DataSet> make, string sentence) =>
        Assert.Contains(sentence, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
