using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// How an epilogue finds an operand's element for (sample, row, column), where column runs along the last axis of the result
/// and row over all other axes of the sample.
/// </summary>
/// <param name="Batched">The operand has a value per sample.</param>
/// <param name="RowStride">Elements from one row to the next; 0 where all rows share.</param>
/// <param name="ColumnStride">1, or 0 where all columns share.</param>
internal sealed record EpilogueAccess(bool Batched, int RowStride, int ColumnStride)
{
    /// <summary>Whether <paramref name="operand"/> can be reached so.</summary>
    public static bool Fits(TensorType operand, TensorType result) => Of(operand, result) is not null;

    /// <summary>The access, or <see langword="null"/> where the operand is broadcast along some of the row axes only.</summary>
    public static EpilogueAccess? Of(TensorType operand, TensorType result)
    {
        if (operand.DType != DType.F32) return null;
        if (result.Rank == 0) return new EpilogueAccess(operand.Batched, 0, 0);
        int columns = result.Shape[result.Rank - 1];
        int own = operand.Rank == 0 ? 1 : operand.Shape[operand.Rank - 1];
        int columnStride = own == columns && columns > 1 ? 1 : 0;
        int rows = result.Elements / columns;
        int ownRows = operand.Rank == 0 ? 1 : operand.Elements / own;
        if (ownRows == 1) return new EpilogueAccess(operand.Batched, 0, columnStride);
        return ownRows == rows ? new EpilogueAccess(operand.Batched, own, columnStride) : null;
    }
}
