using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Conformance.Cpu.Reference;

/// <summary>
/// Same padding by TensorFlow's rule: ceil(n / stride) outputs, and the padding that this takes, max((outputs - 1) stride +
/// dilation (k - 1) + 1 - n, 0), half before and the odd one after. Worked out by hand.
/// </summary>
public class SamePaddingTests
{
    /// <summary>An image of one row 1, 2, 3, ...; a kernel of ones sums what its window sees, and shows where it lies.</summary>
    [Theory]
    [InlineData(4, 2, 1, 1, new double[] { 3, 5, 7, 4 })] // one after
    [InlineData(4, 3, 1, 1, new double[] { 3, 6, 9, 7 })] // one before, one after
    [InlineData(5, 4, 1, 1, new double[] { 6, 10, 14, 12, 9 })] // one before, two after
    [InlineData(4, 3, 2, 1, new double[] { 6, 7 })] // none before, one after; an explicit pad of 1 would give 3, 9
    [InlineData(5, 3, 2, 1, new double[] { 3, 9, 9 })] // one before, one after
    [InlineData(5, 2, 2, 1, new double[] { 3, 7, 5 })] // one after
    [InlineData(6, 2, 3, 1, new double[] { 3, 9 })] // none
    [InlineData(7, 2, 3, 1, new double[] { 3, 9, 7 })] // one after
    [InlineData(5, 1, 2, 1, new double[] { 1, 3, 5 })] // none: max(negative, 0)
    [InlineData(4, 3, 1, 2, new double[] { 4, 6, 4, 6 })] // two before, two after
    [InlineData(1, 3, 1, 1, new double[] { 1 })]
    public void Conv2D(int n, int kernel, int stride, int dilation, double[] expected)
    {
        string layers = $"[Input(1, {n}, 1), Conv2D(1, 1, {kernel}, Stride = {stride}, Dilation = {dilation}, Padding = Padding.Same, UseBias = false)]";
        Assert.Equal(expected, Run(layers, n, [.. Enumerable.Repeat(1.0, kernel)]));
    }

    [Theory]
    [InlineData(5, 2, 2, new double[] { 2, 4, 5 })] // the odd one after
    [InlineData(4, 3, 2, new double[] { 3, 4 })] // none before, one after
    [InlineData(5, 3, 1, new double[] { 2, 3, 4, 5, 5 })]
    public void MaxPool2D(int n, int size, int stride, double[] expected) =>
        Assert.Equal(expected, Run($"[Input({n}, {n}, 1), MaxPool2D({size}, Stride = {stride}, Padding = Padding.Same)]", n, null));

    [Theory]
    [InlineData(5, 2, 2, new[] { 1.5, 3.5, 5 })] // padding does not count
    [InlineData(4, 3, 2, new[] { 2, 3.5 })]
    [InlineData(3, 3, 1, new[] { 1.5, 2, 2.5 })]
    public void AveragePool2D(int n, int size, int stride, double[] expected) =>
        Assert.Equal(expected, Run($"[Input({n}, {n}, 1), AveragePool2D({size}, Stride = {stride}, Padding = Padding.Same)]", n, null));

    /// <summary>The first row of the result; every row of the image is 1, 2, 3, ...</summary>
    private static double[] Run(string layers, int n, double[]? kernel)
    {
        Graph graph = NetworkGraphs.Of(new NetworkCase("same", layers).Source, NetworkCase.Type).Inference;
        int elements = graph.Inputs[0].Value.Type.Elements;
        var columns = new Dictionary<string, double[]> { ["input"] = [.. Enumerable.Range(0, elements).Select(i => (double)((i % n) + 1))] };
        ReferenceRun run = ReferenceInterpreter.Run(graph, new ReferenceInputs(1, columns, kernel is null ? [] : [kernel]));
        return run.Output("output")[..graph.Outputs[0].Value.Type.Shape[1]];
    }
}
