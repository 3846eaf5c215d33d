using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

public class MovementGradientTests
{
    [Theory]
    [InlineData(new[] { 6 }, new[] { 2, 3 })]
    [InlineData(new[] { 2, 3, 2 }, new[] { 12 })]
    [InlineData(new[] { 1 }, new int[0])]
    [InlineData(new[] { 7 }, new[] { 7 })]
    public void Reshape(int[] from, int[] to)
    {
        var sketch = new GraphSketch();
        sketch.Output("y", sketch.Builder.Reshape("y", Square(sketch, sketch.Column("x", from)), to));
        sketch.Output("w", sketch.Builder.Reshape("w", sketch.Parameter("p", from), to));
        GradientCheck.Run(sketch, 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Concat_slice_and_pad(int axis)
    {
        var sketch = new GraphSketch();
        int[] shape = [2, 3, 4];
        Value[] parts = [.. new[] { 1, 3, 2 }.Select((extent, i) => Square(sketch, sketch.Column("x" + i, [.. shape.Select((e, a) => a == axis ? extent : e)])))];
        Value all = sketch.Add(new Op.Concat(axis), parts);
        sketch.Output("concat", all);
        sketch.Output("slice", sketch.Add(new Op.Slice(axis, 1, 4), all));
        sketch.Output("pad", sketch.Add(new Op.Pad(axis, 1, 2), parts[1]));
        GradientCheck.Run(sketch, 2);
    }

    [Fact]
    public void The_same_tensor_twice_in_a_concat_gets_both_parts()
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", 3);
        sketch.Output("y", sketch.Add(new Op.Concat(0), x, Square(sketch, x), x));
        GradientCheck.Run(sketch, 2);
    }

    [Fact]
    public void The_ends_of_an_axis()
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", 5);
        sketch.Output("first", sketch.Add(new Op.Slice(0, 0, 1), x));
        sketch.Output("last", sketch.Add(new Op.Slice(0, 4, 1), x));
        sketch.Output("whole", sketch.Add(new Op.Slice(0, 0, 5), x));
        sketch.Output("nothing added", sketch.Add(new Op.Pad(0, 0, 0), x));
        GradientCheck.Run(sketch, 2);
    }

    private static Value Square(GraphSketch sketch, Value x) => sketch.Map(ScalarExpression.Of(0) * ScalarExpression.Of(0), x);
}
