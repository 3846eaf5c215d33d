using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>Rows go to the output one by one, each through the epilogue.</summary>
/// <param name="y">The output.</param>
/// <param name="columns">Columns of a row of it.</param>
/// <param name="epilogue">What is done to each row.</param>
internal readonly unsafe struct RowStore<TE>(BatchView y, int columns, TE epilogue) : IProductStore
    where TE : struct, IEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* sums, int sumStep, int rows, int sample, int row, int step, int sampleRows, int column, int count)
    {
        Floats output = y[sample];
        for (int i = 0; i < rows; i++, sums += sumStep, row += step)
        {
            if (row >= sampleRows) (row, output) = (0, y[++sample]);
            epilogue.Store(new Floats(sums), output + (((nint)row * columns) + column), sample, row, column, count);
        }
    }
}
