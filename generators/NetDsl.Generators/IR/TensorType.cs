using NetDsl.Generators.Model;

namespace NetDsl.Generators.IR;

/// <summary>The type of a value: what one sample holds, or one tensor that all samples share.</summary>
/// <param name="DType">The element type.</param>
/// <param name="Shape">Extents without the batch axis; empty for a scalar.</param>
/// <param name="Batched">There is one such tensor per sample, and a leading batch axis whose extent is given at run time.</param>
internal sealed record TensorType(DType DType, EquatableArray<int> Shape, bool Batched)
{
    public int Rank => Shape.Length;

    /// <summary>Elements of one sample, or of the one tensor.</summary>
    public int Elements
    {
        get
        {
            int n = 1;
            foreach (int extent in Shape) n = checked(n * extent);
            return n;
        }
    }

    /// <summary>The same with another extent of the last axis.</summary>
    public TensorType WithLast(int extent) => this with { Shape = new([.. Shape.Take(Rank - 1), extent]) };

    public static TensorType Batch(params int[] shape) => new(DType.F32, new(shape), true);

    public static TensorType Fixed(params int[] shape) => new(DType.F32, new(shape), false);

    public override string ToString() =>
        $"{DType}{(Batched ? "[B" : "[")}{(Batched && Rank > 0 ? "," : "")}{string.Join(",", Shape)}]";
}
