using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

/// <summary>A gradient is summed over the axes, and the samples, along which its operand was broadcast.</summary>
public class BroadcastGradientTests
{
    private static readonly ScalarExpression Product = (ScalarExpression.Of(0) * ScalarExpression.Of(1)) + ScalarExpression.Of(1);

    [Theory]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 4 }, new int[0])]
    [InlineData(new[] { 4 }, new[] { 1 })]
    [InlineData(new[] { 3, 5 }, new[] { 5 })]
    [InlineData(new[] { 3, 5 }, new[] { 3, 1 })]
    [InlineData(new[] { 3, 5 }, new[] { 1, 5 })]
    [InlineData(new[] { 3, 5 }, new[] { 1, 1 })]
    [InlineData(new[] { 1, 5 }, new[] { 3, 1 })]
    [InlineData(new[] { 2, 3, 4 }, new[] { 3, 1 })]
    [InlineData(new[] { 2, 3, 4 }, new[] { 2, 1, 4 })]
    [InlineData(new[] { 2, 3, 4 }, new[] { 4 })]
    [InlineData(new[] { 7, 1, 1 }, new[] { 1, 2 })]
    [InlineData(new[] { 1 }, new[] { 1, 1, 1 })]
    public void Operands_of_two_shapes(int[] a, int[] b)
    {
        foreach (int batch in new[] { 1, 3 })
        {
            var batched = new GraphSketch();
            batched.Output("y", batched.Map(Product, batched.Column("a", a), batched.Column("b", b)));
            GradientCheck.Run(batched, batch);

            var shared = new GraphSketch();
            shared.Output("y", shared.Map(Product, shared.Column("a", a), shared.Parameter("b", b)));
            shared.Output("z", shared.Map(Product, shared.Parameter("c", a), shared.Column("d", b)));
            GradientCheck.Run(shared, batch);

            var parameters = new GraphSketch();
            parameters.Output("y", parameters.Map(Product, parameters.Parameter("a", a), parameters.Parameter("b", b)));
            GradientCheck.Run(parameters, batch);
        }
    }

    [Fact]
    public void A_tensor_that_all_samples_share_is_made_one_per_sample_without_a_batched_operand_in_the_derivative()
    {
        var sketch = new GraphSketch();
        Value sum = sketch.Map(ScalarExpression.Of(0) + ScalarExpression.Of(1), sketch.Column("x", 2, 3), sketch.Parameter("bias", 3));
        sketch.Output("y", sum);
        GradientCheck.Run(sketch, 4);
    }

    [Fact]
    public void Random_numbers_keep_their_element_where_the_gradient_is_a_reduction()
    {
        var sketch = new GraphSketch();
        var dropout = new ScalarExpression.SelectGreater(new ScalarExpression.Uniform(5), 0.5, ScalarExpression.Of(0) * ScalarExpression.Of(1), 0);
        sketch.Output("y", sketch.Map(dropout, sketch.Column("x", 3, 4), sketch.Parameter("w", 4)));
        sketch.Output("z", sketch.Map(dropout, sketch.Column("x2", 3, 1), sketch.Column("x3", 1, 4)));
        GradientCheck.Run(sketch, 3);
    }
}
