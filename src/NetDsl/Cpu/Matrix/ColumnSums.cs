using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>Sums over the rows of a matrix, each one chain of additions in the order of the rows.</summary>
internal static unsafe class ColumnSums
{
    // Columns that are summed side by side hide the latency of each other's additions.
    private const int Vectors = 4;

    /// <param name="source">The first row.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="sums">Receives a sum for each column.</param>
    /// <param name="accumulate">Whether the sums are added to what is there.</param>
    public static void Run(float* source, nint step, int rows, int columns, float* sums, bool accumulate)
    {
        int width = Vector<float>.Count, column = 0;
        Floats target = new(sums);
        for (; column <= columns - (Vectors * width); column += Vectors * width)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            Floats row = new(source + column);
            for (int r = 0; r < rows; r++, row += step)
            {
                a += row.Load(0);
                b += row.Load(width);
                c += row.Load(2 * width);
                d += row.Load(3 * width);
            }

            Store(target, column, a, accumulate);
            Store(target, column + width, b, accumulate);
            Store(target, column + (2 * width), c, accumulate);
            Store(target, column + (3 * width), d, accumulate);
        }

        for (; column <= columns - width; column += width)
        {
            Vector<float> sum = default;
            Floats row = new(source + column);
            for (int r = 0; r < rows; r++, row += step) sum += row.Load(0);
            Store(target, column, sum, accumulate);
        }

        for (; column < columns; column++)
        {
            float sum = 0;
            float* element = source + column;
            for (int r = 0; r < rows; r++, element += step) sum += *element;
            sums[column] = accumulate ? sums[column] + sum : sum;
        }
    }

    private static void Store(Floats target, int column, Vector<float> sum, bool accumulate) =>
        target.Store(column, accumulate ? target.Load(column) + sum : sum);
}
