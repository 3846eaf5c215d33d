using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>Attention with every width of micro-kernel, whose blocks of queries differ, against sums in double precision.</summary>
[Collection(MicroKernelTests.Name)]
public class AttentionTests
{
    private const int Batch = 2;

    public static TheoryData<int, int, int, int, int, int, float, bool, bool> Shapes => new()
    {
        { 7, 7, 1, 1, 3, 5, 0.5f, true, false }, { 64, 64, 2, 2, 8, 8, 0.35f, true, false }, { 50, 50, 4, 2, 8, 6, 0.35f, true, true },
        { 33, 70, 2, 1, 5, 7, 0.4f, true, false }, { 101, 101, 1, 1, 16, 16, 0.25f, true, false }, { 61, 37, 2, 2, 4, 9, 0.5f, false, true },
        { 1, 20, 3, 1, 6, 6, 0.4f, true, true }, { 20, 20, 1, 1, 4, 4, -0.5f, true, true }, { 20, 20, 1, 1, 4, 4, 0f, false, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Weights_and_gradients_are_those_of_the_formula(int queries, int keys, int heads, int keyHeads, int width, int valueWidth, float scale, bool causal, bool masked) => Frames.WithEveryKernel(() =>
    {
        AttentionGeometry g = new(queries, keys, heads, keyHeads, width, valueWidth, scale, causal);
        int qSize = queries * heads * width, kSize = keys * keyHeads * width, vSize = keys * keyHeads * valueWidth, ySize = queries * heads * valueWidth;
        using WorkerTeam team = new(2);
        using Memory q = new(Batch * qSize, 1), k = new(Batch * kSize, 2), v = new(Batch * vSize, 3), dy = new(Batch * ySize, 4), mask = new(Batch * keys);
        using Memory y = new(Batch * ySize), logSum = new(Batch * heads * queries), dq = new(Batch * qSize), dk = new(Batch * kSize), dv = new(Batch * vSize);
        using Memory scratch = new(WorkingMemory.Max(Attention.ForwardScratch(in g), Attention.BackwardScratch(in g)), team.Count);

        // The first key stays, so that every query sees one.
        for (int i = 0; i < mask.Length; i++) mask[i] = i % keys == 0 || i % 3 != 1 ? 1 : 0;
        CpuFrame f = Frames.Frame(Batch, team, scratch);
        BatchView seen = masked ? mask.View(keys) : default;
        Attention.Forward(in f, q.View(qSize), k.View(kSize), v.View(vSize), y.View(ySize), logSum.View(heads * queries), in g, seen);
        Attention.Backward(in f, q.View(qSize), k.View(kSize), v.View(vSize), y.View(ySize), logSum.View(heads * queries), dy.View(ySize), dq.View(qSize), dk.View(kSize), dv.View(vSize), in g, seen);

        double[] output = new double[y.Length], byQuery = new double[q.Length], byKey = new double[k.Length], byValue = new double[v.Length];
        for (int sample = 0; sample < Batch; sample++)
            for (int head = 0; head < heads; head++)
                for (int i = 0; i < queries; i++)
                {
                    int shared = head / (heads / keyHeads), visible = causal ? i + 1 + keys - queries : keys;
                    int Query(int e) => (sample * qSize) + (((i * heads) + head) * width) + e;
                    int Key(int j, int e) => (sample * kSize) + (((j * keyHeads) + shared) * width) + e;
                    int Value(int j, int e) => (sample * vSize) + (((j * keyHeads) + shared) * valueWidth) + e;
                    int Output(int e) => (sample * ySize) + (((i * heads) + head) * valueWidth) + e;
                    int[] read = [.. Enumerable.Range(0, visible).Where(j => !masked || mask[(sample * keys) + j] != 0)];
                    double[] products = [.. read.Select(j => scale * Enumerable.Range(0, width).Sum(e => (double)q[Query(e)] * k[Key(j, e)]))];
                    double greatest = products.Max(), sum = products.Sum(p => Math.Exp(p - greatest));
                    double[] weights = [.. products.Select(p => Math.Exp(p - greatest) / sum)];
                    double[] byWeight = [.. read.Select(j => Enumerable.Range(0, valueWidth).Sum(e => (double)dy[Output(e)] * v[Value(j, e)]))];
                    double mean = weights.Zip(byWeight, (w, d) => w * d).Sum();
                    for (int n = 0; n < read.Length; n++)
                    {
                        double byProduct = weights[n] * (byWeight[n] - mean) * scale;
                        for (int e = 0; e < valueWidth; e++)
                        {
                            output[Output(e)] += weights[n] * v[Value(read[n], e)];
                            byValue[Value(read[n], e)] += weights[n] * dy[Output(e)];
                        }

                        for (int e = 0; e < width; e++)
                        {
                            byQuery[Query(e)] += byProduct * k[Key(read[n], e)];
                            byKey[Key(read[n], e)] += byProduct * q[Query(e)];
                        }
                    }
                }

        Frames.Near(output, y.Span, keys);
        Frames.Near(byQuery, dq.Span, keys);
        Frames.Near(byKey, dk.Span, queries);
        Frames.Near(byValue, dv.Span, queries);
    });

    /// <summary>exp(100) is more than a float can be: the greatest product is taken from all of them, after the scale.</summary>
    [Theory]
    [InlineData(1, 100f)]
    [InlineData(2, 100f)]
    [InlineData(2, -100f)]
    public void Great_products_do_not_overflow(int queries, float scale) => Frames.WithEveryKernel(() =>
    {
        const int Keys = 3;
        AttentionGeometry g = new(queries, Keys, 1, 1, 1, 1, scale, Causal: false);
        using WorkerTeam team = new(1);
        using Memory q = new(queries), k = new(Keys), v = new(Keys), y = new(queries), logSum = new(queries), scratch = new(Attention.ForwardScratch(in g), team.Count);
        q.Span.Fill(1);
        k.Span.Fill(MathF.Sign(scale));
        for (int j = 0; j < Keys; j++) v[j] = j;
        Attention.Forward(Frames.Frame(1, team, scratch), q.View(queries), k.View(Keys), v.View(Keys), y.View(queries), logSum.View(queries), in g);
        for (int i = 0; i < queries; i++)
        {
            Assert.Equal(1f, y[i], 1e-6f);
            Assert.Equal(100 + MathF.Log(Keys), logSum[i], 1e-5f);
        }
    });
}
