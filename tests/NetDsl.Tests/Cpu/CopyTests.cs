using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>Copies that the other tests see through whole networks alone.</summary>
public class CopyTests
{
    [Fact]
    public void Each_sample_sets_the_row_of_its_own_table_that_its_own_index_names()
    {
        const int Batch = 3, Rows = 4, Columns = 5;
        using WorkerTeam team = new(2);
        using Memory table = new(Batch * Rows * Columns), row = new(Batch * Columns), index = new(Batch);
        float[] values = [.. Enumerable.Range(1, Batch * Columns).Select(i => (float)i)];
        values.CopyTo(row.Span);
        int[] indices = [2, 0, 3];
        for (int sample = 0; sample < Batch; sample++) index.Floats.AsInts()[sample] = indices[sample];
        table.Span.Fill(-1);
        Copy.Row(Frames.Frame(Batch, team), row.View(Columns), table.View(Rows * Columns), index.View(1), Columns);
        for (int sample = 0; sample < Batch; sample++)
        {
            for (int r = 0; r < Rows; r++)
            {
                float[] expected = r == indices[sample] ? values[(sample * Columns)..((sample + 1) * Columns)] : [.. Enumerable.Repeat(-1f, Columns)];
                Assert.Equal(expected, table.Span.Slice(((sample * Rows) + r) * Columns, Columns).ToArray());
            }
        }
    }
}
