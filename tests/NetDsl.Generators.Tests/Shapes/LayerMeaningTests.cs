using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>What the layers that are more than one op compute, in the reference interpreter.</summary>
public sealed class LayerMeaningTests
{
    private static ReferenceRun Run(Graph graph, int batch, double[] input, params double[][] parameters) =>
        ReferenceInterpreter.Run(graph, new ReferenceInputs(batch, new Dictionary<string, double[]> { ["input"] = input }, parameters, Seed: 1));

    [Fact]
    public void BatchNormUsesTheBatchInTrainingAndTheRunningStatisticsInPrediction()
    {
        ShapeResult result = new Declared().Input(2, 1, 2).Add("BatchNorm", new { Epsilon = 0.5, Momentum = 0.25 }).BuildQuietly();
        double[] x = [1, 10, 3, 10, 5, 10, 7, 14];
        double[][] parameters = [[2, 1], [0, 5], [1, 1], [4, 4]];
        ReferenceRun training = Run(result.Training!, 2, x, parameters);

        // Channel 0: 1, 3, 5, 7 has mean 4 and biased variance 5; channel 1: 10, 10, 10, 14 has 11 and 3.
        double a = 2 / Math.Sqrt(5.5), b = 1 / Math.Sqrt(3.5);
        Close([-3 * a, 5 - b, -a, 5 - b, a, 5 - b, 3 * a, 5 + (3 * b)], training.Output("output"));
        Close([0.75 + (0.25 * 4), 0.75 + (0.25 * 11)], training.State("BatchNorm1/mean"));

        // PyTorch's running variance takes the unbiased one: 5 * 4/3 and 3 * 4/3.
        Close([3 + (0.25 * 20 / 3), 3 + (0.25 * 4)], training.State("BatchNorm1/variance"));

        double r = 1 / Math.Sqrt(4.5);
        Close([0, 5 + (9 * r), 4 * r, 5 + (9 * r), 8 * r, 5 + (9 * r), 12 * r, 5 + (13 * r)], Run(result.Inference!, 2, x, parameters).Output("output"));
    }

    [Fact]
    public void BatchNormOfOneRowTakesTheVarianceZero()
    {
        Graph graph = new Declared().Input(2).Add("BatchNorm").BuildQuietly().Training!;
        ReferenceRun run = Run(graph, 1, [3, -4], [1, 1], [7, 8], [0, 0], [1, 1]);
        Close([7, 8], run.Output("output"));
        Close([0.9, 0.9], run.State("BatchNorm1/variance"));
        Close([0.3, -0.4], run.State("BatchNorm1/mean"));
    }

    [Fact]
    public void AFrozenBatchNormPredictsInTraining()
    {
        ShapeResult result = new Declared().Input(2).Add("BatchNorm", new { Trainable = false }).BuildQuietly();
        double[][] parameters = [[1, 1], [0, 0], [1, 2], [4, 4]];
        Assert.Empty(result.Training!.StateUpdates);
        Assert.Equal(
            Run(result.Inference!, 2, [1, 2, 3, 4], parameters).Output("output"),
            Run(result.Training!, 2, [1, 2, 3, 4], parameters).Output("output"));
    }

    [Fact]
    public void LayerNormIsTheSameInTrainingAndPrediction()
    {
        ShapeResult result = new Declared().Input(2, 4).Add("LayerNorm", new { Epsilon = 0.5 }).BuildQuietly();
        double[] x = [1, 3, 5, 7, -2, -2, -2, -2];
        double[][] parameters = [[2, 2, 1, 1], [0, 1, 0, 1]];

        // The first row has mean 4 and biased variance 5, the second variance 0.
        double a = 1 / Math.Sqrt(5.5);
        double[] expected = [-6 * a, 1 - (2 * a), a, 1 + (3 * a), 0, 1, 0, 1];
        Close(expected, Run(result.Training!, 1, x, parameters).Output("output"));
        Close(expected, Run(result.Inference!, 1, x, parameters).Output("output"));
    }

    [Fact]
    public void DropoutScalesWhatItKeepsAndPassesInPrediction()
    {
        ShapeResult result = new Declared().Input(1000).Add("Dropout", new { rate = 0.2 }).BuildQuietly();
        double[] ones = [.. Enumerable.Repeat(1.0, 3000)];
        double[] dropped = Run(result.Training!, 3, ones).Output("output");
        Assert.All(dropped, y => Assert.True(y == 0 || Math.Abs(y - 1.25) < 1e-12, $"{y}"));

        // 3000 draws: the deviation of the share is 0.0073.
        Assert.InRange(dropped.Count(y => y == 0) / 3000.0, 0.17, 0.23);
        Assert.Equal(ones, Run(result.Inference!, 3, ones).Output("output"));
    }

    [Fact]
    public void NoiseHasItsDeviationAndPassesInPrediction()
    {
        ShapeResult result = new Declared().Input(1000).Add("GaussianNoise", new { deviation = 0.5 }).BuildQuietly();
        double[] ones = [.. Enumerable.Repeat(1.0, 3000)];
        double[] noisy = Run(result.Training!, 3, ones).Output("output");

        // 3000 draws: the mean's own deviation is 0.009, the deviation's 0.0065.
        Assert.InRange(noisy.Average(), 0.96, 1.04);
        Assert.InRange(Math.Sqrt(noisy.Average(y => (y - 1) * (y - 1))), 0.47, 0.53);
        Assert.Equal(ones, Run(result.Inference!, 3, ones).Output("output"));
    }

    [Fact]
    public void SplitGivesEachNameItsPartInOrder()
    {
        Graph graph = new Declared().Input(7).Add("Split", new { names = new[] { "a", "b", "c" }, Sizes = new[] { 1, 4, 2 } })
            .Add("Concat", new { names = new[] { "c", "b" } }).BuildQuietly().Inference!;
        Close(
            [1, 6, 7, 2, 3, 4, 5, 8, 13, 14, 9, 10, 11, 12],
            Run(graph, 2, [.. Enumerable.Range(1, 14).Select(i => (double)i)]).Output("output"));
    }

    [Fact]
    public void StandardizeAndRescale()
    {
        Graph graph = new Declared().Input(2).Add("Rescale", new { scale = 0.5, offset = 1 }).Add("Standardize").BuildQuietly().Inference!;
        Close([0.5, 4], Run(graph, 1, [4, 10], [2, 2], [2, 1], [1]).Output("output"));
    }

    [Theory]
    [InlineData(Activation.ReLU, 0, 0, 3)]
    [InlineData(Activation.LeakyReLU, -0.02, 0, 3)]
    [InlineData(Activation.Sigmoid, 0.11920292202211755, 0.5, 0.9525741268224334)]
    [InlineData(Activation.Tanh, -0.9640275800758169, 0, 0.9950547536867305)]
    [InlineData(Activation.Softmax, 0.006377460922442299, 0.04712341652466416, 0.9464991225528936)]
    [InlineData(Activation.ELU, -0.8646647167633873, 0, 3)]
    [InlineData(Activation.SiLU, -0.2384058440442351, 0, 2.8577223804673)]
    [InlineData(Activation.GELU, -0.04550026389635842, 0, 2.99595030590511)]
    [InlineData(Activation.GELUTanh, -0.04540230591222494, 0, 2.996362607918227)]
    [InlineData(Activation.Softplus, 0.1269280110429725, 0.6931471805599453, 3.048587351573742)]
    [InlineData(Activation.None, -2, 0, 3)]
    public void ActivationsAre(Activation kind, double a, double b, double c)
    {
        Graph graph = new Declared().Input(3).Add("Activation", new { kind }).BuildQuietly().Inference!;
        Close([a, b, c], Run(graph, 1, [-2, 0, 3]).Output("output"));
    }

    [Fact]
    public void AddAndConcatTakeTheCurrentTensorFirst()
    {
        Declared Doubled() => new Declared().Input(2).Add("Rescale", new { scale = 2 });
        Close([3, 6], Run(Doubled().Add("Add", new { names = new[] { "input" } }).BuildQuietly().Inference!, 1, [1, 2]).Output("output"));
        Close([2, 4, 1, 2], Run(Doubled().Add("Concat", new { names = new[] { "input" } }).BuildQuietly().Inference!, 1, [1, 2]).Output("output"));
    }

    [Theory]
    [InlineData("BinaryCrossEntropy", 0.0, 0.0, 0.6931471805599453)]
    [InlineData("BinaryCrossEntropy", 800.0, 0.0, 800.0)]
    [InlineData("BinaryCrossEntropy", -800.0, 0.0, 0.0)]
    [InlineData("BinaryCrossEntropy", 2.0, 0.25, 1.6269280110429725)]
    [InlineData("MeanSquaredError", 2.0, 0.5, 2.25)]
    public void LossesAreMeansOverTheElementsOfASample(string kind, double y, double target, double loss)
    {
        Graph graph = new Declared().Input(2).Add(kind, new { Name = "t" }).BuildQuietly().Training!;
        var columns = new Dictionary<string, double[]> { ["input"] = [y, y, 1, 0], ["t"] = [target, target, 1, 0] };
        ReferenceRun run = ReferenceInterpreter.Run(graph, new ReferenceInputs(2, columns, []));
        Assert.Equal(loss, run.Loss("t")[0], 1e-12);
    }

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-12);
    }
}
