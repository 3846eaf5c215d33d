namespace NetDsl.Conformance.Reference;

/// <summary>Rows of a table by their index, and the gradient by the table.</summary>
internal static class GatherOps
{
    public static Tensor Gather(Tensor table, Tensor indices)
    {
        Tensor y = indices.Like([.. indices.Shape, table.Last]);
        for (int row = 0; row < indices.Data.Length; row++)
        {
            for (int column = 0; column < table.Last; column++) y[row, column] = table[Index(indices, row, table.Rows), column];
        }

        return y;
    }

    public static Tensor Gradient(int rows, Tensor indices, Tensor dy)
    {
        var table = new Tensor(false, 1, [rows, dy.Last]);
        for (int row = 0; row < indices.Data.Length; row++)
        {
            for (int column = 0; column < dy.Last; column++) table[Index(indices, row, rows), column] += dy[row, column];
        }

        return table;
    }

    public static Tensor SetRow(Tensor table, Tensor row, Tensor indices)
    {
        Tensor y = table.Like(table.Shape);
        table.Data.CopyTo(y.Data, 0);
        for (int sample = 0; sample < table.Samples; sample++)
        {
            int place = (sample * table.Shape[0]) + Index(indices, sample, table.Shape[0]);
            for (int column = 0; column < table.Last; column++) y[place, column] = row[sample, column];
        }

        return y;
    }

    private static int Index(Tensor indices, int row, int rows)
    {
        double index = indices.Data[row];
        return index >= 0 && index < rows && index == Math.Floor(index)
            ? (int)index
            : throw new ArgumentException($"Index {index} of row {row} is not a row of {rows}.", nameof(indices));
    }
}
