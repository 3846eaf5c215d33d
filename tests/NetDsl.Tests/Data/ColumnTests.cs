using Xunit;

namespace NetDsl.Tests.Data;

public class ColumnTests
{
    [Fact]
    public void A_column_knows_its_samples()
    {
        Column column = new("image", new byte[2 * 3 * 4], 3, 4);
        Assert.Equal((2, 12, typeof(byte)), (column.Count, column.Elements, column.ElementType));
        Assert.Equal("image: Byte 3x4", column.ToString());
        Assert.Equal("y: Single scalar", new Column("y", [1f]).ToString());
    }

    [Fact]
    public void Samples_are_spans_of_the_array()
    {
        int[] data = [1, 2, 3, 4, 5, 6];
        Column column = new("x", data, 2);
        Assert.Equal([3, 4], column.Sample<int>(1).ToArray());
        data[2] = 9;
        Assert.Equal(9, column.Sample<int>(1)[0]);
        Assert.Equal(data, column.Values<int>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => column.Sample<int>(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => column.Sample<int>(-1).Length);
        Assert.Equal("The column 'x' is of Int32, not of Single.", Assert.Throws<InvalidOperationException>(() => column.Values<float>().Length).Message);
        Assert.Throws<InvalidOperationException>(() => column.Values<uint>().Length);
    }

    [Fact]
    public void Wrong_arrays_and_shapes_are_named()
    {
        Says(() => new Column("x", Array.Empty<float>(), 2), "The column 'x' is empty: it has no samples.");
        Says(() => new Column("x", new float[7], 2, 3), "The column 'x' has 7 numbers, which is not a whole number of samples of 6 (2x3).");
        Says(() => new Column("x", new float[7], 2, 0), "The shape of the column 'x' is 2x0; every extent must be at least 1.");
        Says(() => new Column(" ", new float[7]), "name");
    }

    private static void Says(Func<Column> make, string sentence) =>
        Assert.Contains(sentence, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
