using ILGPU;

namespace NetDsl.Gpu;

public static partial class GpuMath
{
    /// <summary>A number of a column as a float: bytes 0 to 255, floats and integers as they are.</summary>
    /// <param name="data">The bytes of all columns.</param>
    /// <param name="column">Where the column lies among them.</param>
    /// <param name="row">The row of the sample.</param>
    /// <param name="elements">Elements a row.</param>
    /// <param name="element">The element.</param>
    public static float Number(ArrayView<byte> data, GpuColumn column, int row, int elements, int element)
    {
        long index = ((long)row * elements) + element;
        if (column.Kind == GpuColumn.Bytes) return data[column.Offset + index];
        if (column.Kind == GpuColumn.Floats) return data.Cast<float>()[(column.Offset >> 2) + index];
        return data.Cast<int>()[(column.Offset >> 2) + index];
    }

    /// <summary>A label of a column as an integer; floats must be whole.</summary>
    /// <inheritdoc cref="Number"/>
    public static int Label(ArrayView<byte> data, GpuColumn column, int row, int elements, int element)
    {
        long index = ((long)row * elements) + element;
        if (column.Kind == GpuColumn.Bytes) return data[column.Offset + index];
        if (column.Kind == GpuColumn.Floats) return (int)data.Cast<float>()[(column.Offset >> 2) + index];
        return data.Cast<int>()[(column.Offset >> 2) + index];
    }
}
