using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

public class ReductionGradientTests
{
    [Theory]
    [InlineData(new[] { 4 }, new[] { 0 })]
    [InlineData(new[] { 5 }, new int[0])]
    [InlineData(new[] { 1 }, new[] { 0 })]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 3, 5 }, new[] { 0 })]
    [InlineData(new[] { 3, 5 }, new[] { 1 })]
    [InlineData(new[] { 3, 5 }, new[] { 0, 1 })]
    [InlineData(new[] { 2, 3, 2 }, new[] { 0, 2 })]
    [InlineData(new[] { 2, 1, 3 }, new[] { 1 })]
    public void Sum_over_axes_and_samples(int[] shape, int[] axes)
    {
        foreach (bool overBatch in new[] { false, true })
        {
            foreach (bool keepAxes in new[] { false, true })
            {
                var sketch = new GraphSketch();
                Value x = sketch.Column("x", shape);
                Value squares = sketch.Map(ScalarExpression.Of(0) * ScalarExpression.Of(0), x);
                sketch.Output("y", sketch.Builder.Sum("sum", squares, axes, overBatch, keepAxes));
                GradientCheck.Run(sketch, 3);
            }
        }
    }

    [Theory]
    [InlineData(new[] { 7 }, new[] { 0 }, false)]
    [InlineData(new[] { 3, 5 }, new[] { 1 }, false)]
    [InlineData(new[] { 3, 5 }, new[] { 0 }, true)]
    [InlineData(new[] { 2, 3, 2 }, new[] { 0, 2 }, false)]
    [InlineData(new[] { 1, 1 }, new[] { 1 }, true)]
    public void Max_over_axes(int[] shape, int[] axes, bool keepAxes)
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", shape);
        sketch.Output("y", sketch.Add(new Op.Reduce(Reduction.Max, new(axes), false, keepAxes, ScalarExpression.Of(0), x.Type), x));
        GradientCheck.Run(sketch, 2);
    }

    [Fact]
    public void Max_shares_its_gradient_among_ties()
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", 4);
        sketch.Output("y", sketch.Add(new Op.Reduce(Reduction.Max, new([0]), false, false, ScalarExpression.Of(0), x.Type), x));
        Graph backward = Generators.Autodiff.AutodiffStage.Backward(sketch.ToGraph(), inputGradients: true);
        var columns = new Dictionary<string, double[]> { ["x"] = [1, 3, 3, 2], ["d(y)"] = [5] };
        Assert.Equal([0, 2.5, 2.5, 0], ReferenceInterpreter.Run(backward, new ReferenceInputs(1, columns, [])).InputGradient("x"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_prologue_over_broadcast_operands(bool overBatch)
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", 3, 4), y = sketch.Column("y", 3, 1), w = sketch.Parameter("w", 4), shared = sketch.Parameter("s", 3, 4);
        ScalarExpression prologue = (ScalarExpression.Of(0) - ScalarExpression.Of(1)) * ScalarExpression.Of(2) * ScalarExpression.Of(3);
        sketch.Output("sum", sketch.Add(new Op.Reduce(Reduction.Sum, new([0]), overBatch, false, prologue, x.Type), x, y, w, shared));
        GradientCheck.Run(sketch, 3);
    }

    [Fact]
    public void A_maximum_of_a_prologue()
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", 3, 4), w = sketch.Parameter("w", 4);
        ScalarExpression prologue = ScalarExpression.Of(0) * ScalarExpression.Of(1);
        sketch.Output("max", sketch.Add(new Op.Reduce(Reduction.Max, new([1]), false, true, prologue, x.Type), x, w));
        GradientCheck.Run(sketch, 3);
    }

    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 2, 3, 2 })]
    public void Batch_statistics_as_batch_normalisation_uses_them(int[] shape)
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", shape);
        int[] axes = [.. Enumerable.Range(0, shape.Length - 1)];
        double positions = shape[..^1].Aggregate(1.0, (product, extent) => product * extent);
        ScalarExpression mean = ScalarExpression.Of(0) * new ScalarExpression.InverseBatch() * (1 / positions);
        Value mu = sketch.Map(mean, sketch.Builder.Sum("sum", x, axes, overBatch: true));
        Value centred = sketch.Map(ScalarExpression.Of(0) - ScalarExpression.Of(1), x, mu);
        Value squares = sketch.Map(ScalarExpression.Of(0) * ScalarExpression.Of(0), centred);
        Value variance = sketch.Map(mean, sketch.Builder.Sum("squares", squares, axes, overBatch: true));
        ScalarExpression root = new ScalarExpression.Unary(UnaryFunction.Sqrt, ScalarExpression.Of(1) + 1e-5);
        sketch.Output("y", sketch.Map(ScalarExpression.Of(0) / root * ScalarExpression.Of(2), centred, variance, sketch.Parameter("gamma", shape[^1])));
        GradientCheck.Run(sketch, 4);
    }
}
