using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

public class ReductionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(32, 10)]
    [InlineData(21632, 32)]
    [InlineData(100_000, 1)]
    [InlineData(128, 2048)]
    [InlineData(0, 4)]
    public void SumsAreOverAllRowsOnAnyNumberOfThreads(int rows, int columns)
    {
        using Memory x = new((rows * columns) + 1, 1);
        double[] expected = new double[columns];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) expected[c] += x[(r * columns) + c];
        float[]? first = null;
        foreach (int threads in (int[])[1, 2, 3])
        {
            using WorkerTeam team = new(threads);
            using Memory output = new(columns), scratch = new(Reduction.SumScratch(rows, columns), threads);
            Reduction.Sum(Frames.Frame(1, team, scratch), output.Floats, rows, columns, new RowTerm(x.Floats));
            first ??= output.ToArray();
            Frames.SameBits(first, output.Span);
        }

        Frames.Near(expected, first!, rows);
    }

    [Fact]
    public void PartsCoverEveryElementOnce()
    {
        foreach (long total in (long[])[1, 15, 16, 17, 16_384, 16_385, 1_000_003])
        {
            int parts = Elementwise.Parts(total);
            nint at = 0;
            for (int part = 0; part < parts; part++)
            {
                (nint start, nint end) = Elementwise.Range(total, parts, part);
                Assert.Equal(at, start);
                Assert.True(end >= start);
                Assert.True(start % 16 == 0 || start == total);
                at = end;
            }

            Assert.Equal((nint)total, at);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 4, 5)]
    [InlineData(7, 30, 64)]
    public void BlocksAreCopiedToTheirPlaces(int batch, int outer, int length)
    {
        using WorkerTeam team = new(2);
        int fromRow = length + 2, toRow = length + 5, fromStride = (outer * fromRow) + 1, toStride = (outer * toRow) + 3;
        using Memory from = new(batch * fromStride, 1), to = new(batch * toStride);
        Copy.Fill(Frames.Frame(batch, team), to.View(toStride), toStride, 7f);
        Assert.All(to.ToArray(), value => Assert.Equal(7f, value));
        Copy.Block(Frames.Frame(batch, team), from.View(fromStride), 1, to.View(toStride), 3, outer, fromRow, toRow, length);
        float[] expected = [.. Enumerable.Repeat(7f, batch * toStride)];
        for (int b = 0; b < batch; b++)
            for (int i = 0; i < outer; i++)
                for (int k = 0; k < length; k++) expected[(b * toStride) + 3 + (i * toRow) + k] = from[(b * fromStride) + 1 + (i * fromRow) + k];
        Frames.SameBits(expected, to.Span);
    }

    private readonly struct RowTerm(Floats x) : IRowTerm
    {
        public void Accumulate(Floats accumulator, int row, int columns)
        {
            for (int c = 0; c < columns; c++) accumulator[c] += x[(row * columns) + c];
        }
    }
}
