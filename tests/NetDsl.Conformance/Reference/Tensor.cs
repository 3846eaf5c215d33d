using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>A dense tensor of doubles in row-major order: one block per sample, or one block alone.</summary>
internal sealed class Tensor
{
    public Tensor(bool batched, int batch, int[] shape, double[]? data = null)
    {
        Batched = batched;
        Samples = batched ? batch : 1;
        Shape = shape;
        Elements = shape.Aggregate(1, (product, extent) => product * extent);
        Data = data ?? new double[Samples * Elements];
        if (Data.Length != Samples * Elements)
            throw new ArgumentException($"{Samples} x ({string.Join(", ", shape)}) needs {Samples * Elements} numbers and got {Data.Length}.", nameof(data));
    }

    /// <summary>There is one block per sample.</summary>
    public bool Batched { get; }

    /// <summary>Blocks: the batch size, or 1.</summary>
    public int Samples { get; }

    /// <summary>Extents of one block.</summary>
    public int[] Shape { get; }

    /// <summary>Elements of one block.</summary>
    public int Elements { get; }

    public double[] Data { get; }

    /// <summary>Extent of the last axis.</summary>
    public int Last => Shape[^1];

    /// <summary>All axes but the last taken together, the batch axis included.</summary>
    public int Rows => Data.Length / Last;

    /// <summary>Element (row, column) of the matrix of rows x last axis.</summary>
    public ref double this[int row, int column] => ref Data[(row * Last) + column];

    /// <summary>Element (i, j, c) of an image.</summary>
    public ref double this[int sample, int i, int j, int c] =>
        ref Data[(((((sample * Shape[0]) + i) * Shape[1]) + j) * Shape[2]) + c];

    public static Tensor Of(TensorType type, int batch, double[]? data = null) => new(type.Batched, batch, [.. type.Shape], data);

    /// <summary>Another tensor with as many blocks as this one.</summary>
    public Tensor Like(params int[] shape) => new(Batched, Samples, shape);

    /// <summary>
    /// The element that stands at <paramref name="index"/> of a larger shape: aligned at the last axis, extents equal or 1 or
    /// absent, the same for every sample where this has no batch axis.
    /// </summary>
    public double Broadcast(int sample, ReadOnlySpan<int> index)
    {
        int offset = 0;
        for (int axis = 0; axis < Shape.Length; axis++)
        {
            int i = index[index.Length - Shape.Length + axis];
            offset = (offset * Shape[axis]) + (Shape[axis] == 1 ? 0 : i);
        }

        return Data[((Batched ? sample : 0) * Elements) + offset];
    }

    /// <summary>The indices of a shape in row-major order. The same array is handed out each time.</summary>
    public static IEnumerable<int[]> Indices(int[] shape)
    {
        int[] index = new int[shape.Length];
        while (true)
        {
            yield return index;
            int axis = shape.Length - 1;
            while (axis >= 0 && ++index[axis] == shape[axis]) index[axis--] = 0;
            if (axis < 0) yield break;
        }
    }
}
