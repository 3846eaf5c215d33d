using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

public class MatMulGradientTests
{
    [Theory]
    [InlineData(new[] { 4 }, 2)]
    [InlineData(new[] { 7 }, 5)]
    [InlineData(new[] { 1 }, 1)]
    [InlineData(new[] { 1 }, 6)]
    [InlineData(new[] { 3, 5 }, 2)]
    [InlineData(new[] { 2, 3, 4 }, 3)]
    [InlineData(new[] { 1, 1, 3 }, 1)]
    public void Rows_times_matrix_transposed_or_not_and_sum_over_rows(int[] shape, int outputs)
    {
        foreach (int batch in new[] { 1, 3 })
        {
            var sketch = new GraphSketch();
            Value x = sketch.Column("x", shape), z = sketch.Column("z", [.. shape[..^1], outputs]);
            sketch.Output("product", sketch.Add(new Op.MatMul(false, false), x, sketch.Parameter("w", shape[^1], outputs)));
            sketch.Output("transposed", sketch.Add(new Op.MatMul(false, true), x, sketch.Parameter("v", outputs, shape[^1])));
            sketch.Output("rows", sketch.Add(new Op.MatMul(true, false), x, z));
            GradientCheck.Run(sketch, batch);
        }
    }

    [Fact]
    public void A_tied_matrix_sums_the_gradients_of_its_uses()
    {
        var sketch = new GraphSketch();
        Value w = sketch.Parameter("w", 3, 4);
        Value code = sketch.Map(new ScalarExpression.Unary(UnaryFunction.Tanh, ScalarExpression.Of(0)), sketch.Add(new Op.MatMul(false, false), sketch.Column("x", 3), w));
        sketch.Output("y", sketch.Add(new Op.MatMul(false, true), code, w));
        GradientCheck.Run(sketch, 3);
    }
}
