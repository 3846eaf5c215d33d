using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

public class SoftmaxGradientTests
{
    [Theory]
    [InlineData(new[] { 4 })]
    [InlineData(new[] { 7 })]
    [InlineData(new[] { 1 })]
    [InlineData(new[] { 3, 5 })]
    [InlineData(new[] { 2, 2, 3 })]
    public void Softmax(int[] shape)
    {
        var sketch = new GraphSketch();
        sketch.Output("y", sketch.Add(new Op.Softmax(), sketch.Column("x", shape)));
        GradientCheck.Run(sketch, 3, -3, 3);
    }

    [Theory]
    [InlineData(new[] { 2 })]
    [InlineData(new[] { 7 })]
    [InlineData(new[] { 3, 5 })]
    [InlineData(new[] { 2, 2, 3 })]
    public void SoftmaxCrossEntropy(int[] shape)
    {
        var sketch = new GraphSketch();
        sketch.Output("loss", sketch.Add(new Op.SoftmaxCrossEntropy(LabelRule.Plain), sketch.Column("x", shape), sketch.Labels("labels", shape[..^1])));
        int rows = 3 * shape[..^1].Aggregate(1, (product, extent) => product * extent);
        GradientCheck.Run(sketch, 3, -3, 3, ("labels", SpreadNumbers.Labels(rows, shape[^1])));
    }
}
