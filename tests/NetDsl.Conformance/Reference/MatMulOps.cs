using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Matrix products.</summary>
internal static class MatMulOps
{
    public static Tensor MatMul(Op.MatMul op, Tensor a, Tensor b) =>
        op.TransposeA ? SumOverRows(a, b) : RowsTimesMatrix(a, b, op.TransposeB);

    /// <summary>out[r, n] = sum_k a[r, k] b[k, n], or b[n, k].</summary>
    private static Tensor RowsTimesMatrix(Tensor a, Tensor b, bool transposeB)
    {
        int n = transposeB ? b.Shape[0] : b.Shape[1];
        Tensor result = a.Like([.. a.Shape[..^1], n]);
        for (int row = 0; row < a.Rows; row++)
        {
            for (int column = 0; column < n; column++)
            {
                double sum = 0;
                for (int k = 0; k < a.Last; k++) sum += a[row, k] * (transposeB ? b[column, k] : b[k, column]);
                result[row, column] = sum;
            }
        }

        return result;
    }

    /// <summary>out[m, n] = sum over all rows r of all samples a[r, m] b[r, n].</summary>
    private static Tensor SumOverRows(Tensor a, Tensor b)
    {
        if (a.Rows != b.Rows) throw new InvalidOperationException($"{a.Rows} rows against {b.Rows}.");
        var result = new Tensor(false, 1, [a.Last, b.Last]);
        for (int row = 0; row < a.Rows; row++)
        {
            for (int m = 0; m < a.Last; m++)
            {
                for (int n = 0; n < b.Last; n++) result[m, n] += a[row, m] * b[row, n];
            }
        }

        return result;
    }
}
