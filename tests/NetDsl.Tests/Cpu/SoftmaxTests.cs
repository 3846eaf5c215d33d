using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

public class SoftmaxTests
{
    public static TheoryData<int, int, int> Shapes => new() { { 1, 1, 1 }, { 32, 1, 10 }, { 3, 5, 8 }, { 7, 1, 3 }, { 2, 3, 1000 }, { 130, 2, 17 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ProbabilitiesLossAndGradientsAreTheFormulas(int batch, int rows, int classes)
    {
        int size = rows * classes;
        using WorkerTeam team = new(2);
        using Memory logits = new(batch * size, 1), labels = new(batch * rows, 2), g = new(batch * rows, 3), y = new(batch * size), dy = new(batch * size, 4);
        using Memory dx = new(batch * size), loss = new(batch * rows), fused = new(batch * rows), gradient = new(batch * size), scaled = new(batch * size);
        foreach (ref float value in logits.Span) value *= 30;
        Random random = new(5);
        for (int i = 0; i < labels.Length; i++) labels.Floats.AsInts()[i] = random.Next(classes);
        CpuFrame f = Frames.Frame(batch, team);
        Softmax.Forward(in f, logits.View(size), y.View(size), rows, classes);
        Softmax.Backward(in f, y.View(size), dy.View(size), dx.View(size), rows, classes);
        Softmax.CrossEntropy(in f, logits.View(size), labels.View(rows), loss.View(rows), rows, classes);
        Softmax.CrossEntropyGradient(in f, logits.View(size), labels.View(rows), g.View(rows), gradient.View(size), rows, classes);
        logits.Span.CopyTo(scaled.Span);
        Softmax.CrossEntropyWithGradient(in f, scaled.View(size), labels.View(rows), fused.View(rows), scaled.View(size), rows, classes, 0.25f);

        for (int r = 0; r < batch * rows; r++)
        {
            double[] x = [.. Enumerable.Range(r * classes, classes).Select(i => (double)logits[i])];
            double max = x.Max(), sum = x.Sum(value => Math.Exp(value - max));
            double[] p = [.. x.Select(value => Math.Exp(value - max) / sum)];
            double dot = Enumerable.Range(0, classes).Sum(i => p[i] * dy[(r * classes) + i]);
            int label = labels.Floats.AsInts()[r];
            double expectedLoss = Math.Log(sum) - (x[label] - max);
            Frames.Near(p, y.Span.Slice(r * classes, classes), 1);
            Frames.Near([.. Enumerable.Range(0, classes).Select(i => p[i] * (dy[(r * classes) + i] - dot))], dx.Span.Slice(r * classes, classes), 4);
            Assert.Equal(expectedLoss, loss[r], 1e-5 * Math.Max(1, expectedLoss));
            Assert.Equal(expectedLoss, fused[r], 1e-5 * Math.Max(1, expectedLoss));
            double[] difference = [.. p.Select((value, i) => value - (i == label ? 1 : 0))];
            Frames.Near([.. difference.Select(value => value * g[r])], gradient.Span.Slice(r * classes, classes), 4);
            Frames.Near([.. difference.Select(value => value * 0.25)], scaled.Span.Slice(r * classes, classes), 4);
        }
    }

    [Fact]
    public void GreatLogitsDoNotOverflow()
    {
        using WorkerTeam team = new(1);
        using Memory x = new(3), y = new(3), labels = new(1), loss = new(1);
        (x[0], x[1], x[2]) = (1e30f, 1e30f, -1e30f);
        labels.Floats.AsInts()[0] = 0;
        CpuFrame f = Frames.Frame(1, team);
        Softmax.Forward(in f, x.View(3), y.View(3), 1, 3);
        Softmax.CrossEntropy(in f, x.View(3), labels.View(1), loss.View(1), 1, 3);
        Assert.Equal([0.5f, 0.5f, 0f], y.ToArray());
        Assert.Equal(Math.Log(2), loss[0], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ASampleAloneIsTheSameAsInABatch(int batch, int rows, int classes)
    {
        int size = rows * classes;
        using Memory x = new(batch * size, 1), all = new(batch * size), alone = new(size);
        using WorkerTeam team = new(2);
        Softmax.Forward(Frames.Frame(batch, team), x.View(size), all.View(size), rows, classes);
        Softmax.Forward(Frames.Frame(1, team), new BatchView(x.Floats + ((batch - 1) * size), size), alone.View(size), rows, classes);
        Frames.SameBits(all.Span[((batch - 1) * size)..], alone.Span);
    }
}
