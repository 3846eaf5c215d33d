using NetDsl.Conformance.Reference;
using NetDsl.Generators.Autodiff;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

/// <summary>The walk: seeds, accumulation, and what has no gradient.</summary>
public class AutodiffStageTests
{
    private static readonly ScalarExpression X = ScalarExpression.Of(0);
    private static readonly ScalarExpression Y = ScalarExpression.Of(1);

    [Fact]
    public void Losses_are_weighted_means_over_the_samples()
    {
        var sketch = new GraphSketch();
        Value hidden = Tanh(sketch, sketch.Add(new Op.MatMul(false, false), sketch.Column("x", 3), sketch.Parameter("w", 3, 4)));
        Value logits = sketch.Add(new Op.MatMul(false, false), hidden, sketch.Parameter("v", 4, 5));
        sketch.Loss("class", sketch.Add(new Op.SoftmaxCrossEntropy(LabelRule.Plain), logits, sketch.Labels("labels")), weight: 0.7);
        Value difference = sketch.Map((X - Y) * (X - Y), hidden, sketch.Target("t", 4));
        sketch.Loss("distance", sketch.Map(X * 0.25, sketch.Builder.Sum("sum", difference, [0], overBatch: false)), weight: 3);
        foreach (int batch in new[] { 1, 2, 5 }) GradientCheck.Run(sketch, batch, given: ("labels", SpreadNumbers.Labels(batch, 5)));
    }

    [Fact]
    public void A_tensor_that_is_read_often_sums_what_comes_back()
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", 4), w = sketch.Parameter("w", 4);
        Value a = sketch.Map(X * Y, x, w);
        Value b = Tanh(sketch, a);
        Value c = sketch.Map((X * Y) + X, a, b);
        Value d = sketch.Map(X + Y, c, x);
        sketch.Output("c", c);
        sketch.Output("d", d);
        sketch.Output("a", a);
        GradientCheck.Run(sketch, 3);
    }

    [Fact]
    public void The_same_output_under_two_names_gets_both_gradients()
    {
        var sketch = new GraphSketch();
        Value y = Tanh(sketch, sketch.Column("x", 2));
        sketch.Output("one", y);
        sketch.Output("two", y);
        GradientCheck.Run(sketch, 2);
    }

    [Fact]
    public void A_parameter_and_an_input_that_no_output_depends_on_have_gradient_zero()
    {
        var sketch = new GraphSketch();
        sketch.Parameter("unused", 3);
        sketch.Column("idle", 2);
        Value step = sketch.Map(new ScalarExpression.SelectGreater(X, 0, 1, 2), sketch.Parameter("behind a step", 2));
        sketch.Output("y", sketch.Map(X * Y, sketch.Column("x", 2), step));
        Graph backward = AutodiffStage.Backward(sketch.ToGraph(), inputGradients: true);
        Assert.Equal(["unused", "behind a step"], backward.Gradients.Select(g => backward.Parameters[g.Parameter].Path));
        Assert.Equal(["idle", "x"], backward.InputGradients.Select(g => g.Name));
        GradientCheck.Run(sketch, 3);
    }

    [Fact]
    public void Frozen_and_state_parameters_have_no_gradient()
    {
        var sketch = new GraphSketch();
        Value frozen = sketch.Builder.Parameter(new ParameterInfo("frozen", new([3]), ParameterRole.Frozen, "Zeros", 1, 1));
        Value state = sketch.Builder.Parameter(new ParameterInfo("state", new([3]), ParameterRole.State, "Zeros", 1, 1));
        Value x = sketch.Column("x", 3);
        sketch.Output("y", sketch.Map((X * Y * ScalarExpression.Of(2)) + ScalarExpression.Of(3), x, frozen, state, sketch.Parameter("w", 3)));
        Graph forward = sketch.ToGraph();
        Assert.Equal(["w"], AutodiffStage.Backward(forward, true).Gradients.Select(g => forward.Parameters[g.Parameter].Path));
        GradientCheck.Run(sketch, 2);
    }

    [Fact]
    public void Input_gradients_are_made_only_when_asked_for()
    {
        var sketch = new GraphSketch();
        sketch.Output("y", sketch.Add(new Op.Conv2D(new Window(2, 2, 1, 1, 1, 1, 0, 0, 0, 0)), sketch.Column("x", 3, 3, 1), sketch.Parameter("w", 2, 2, 1, 1)));
        Graph without = AutodiffStage.Backward(sketch.ToGraph(), inputGradients: false);
        Assert.Empty(without.InputGradients);
        Assert.DoesNotContain(without.Nodes, node => node.Op is Op.Conv2DInputGradient);
        Assert.Contains(AutodiffStage.Backward(sketch.ToGraph(), inputGradients: true).Nodes, node => node.Op is Op.Conv2DInputGradient);
    }

    [Fact]
    public void Backward_takes_a_gradient_for_each_output_as_a_column_of_its_own()
    {
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", 2);
        sketch.Output("a", Tanh(sketch, x));
        sketch.Output("b", sketch.Map(X * X, x));
        Graph backward = AutodiffStage.Backward(sketch.ToGraph(), inputGradients: true);
        Assert.Equal(["x", "d(a)", "d(b)"], backward.Inputs.Select(input => input.Name));
        Assert.Empty(backward.Losses);
    }

    [Fact]
    public void The_gradient_of_a_rectifier_reads_its_result_so_that_its_argument_may_go()
    {
        var sketch = new GraphSketch();
        Value product = sketch.Map(X * Y, sketch.Column("x", 2), sketch.Parameter("w", 2));
        Value relu = sketch.Map(new ScalarExpression.Binary(BinaryFunction.Max, X, 0), product);
        sketch.Output("y", relu);
        Graph backward = AutodiffStage.Backward(sketch.ToGraph(), inputGradients: false);
        Assert.All(backward.Nodes.Where(n => n.Origin.Phase == Phase.Backward), node => Assert.DoesNotContain(product, node.Inputs));
        GradientCheck.Run(sketch, 2);
    }

    [Fact]
    public void The_same_graph_gives_the_same_nodes_in_the_same_order()
    {
        Assert.Equal(Print(), Print());

        static string Print()
        {
            var sketch = new GraphSketch();
            Value hidden = Tanh(sketch, sketch.Add(new Op.MatMul(false, false), sketch.Column("x", 3), sketch.Parameter("w", 3, 4)));
            sketch.Loss("loss", sketch.Builder.Sum("sum", sketch.Map(X * X, hidden), [0], overBatch: false));
            return GraphPrinter.Print(AutodiffStage.WithGradients(sketch.ToGraph()));
        }
    }

    private static Value Tanh(GraphSketch sketch, Value x) => sketch.Map(new ScalarExpression.Unary(UnaryFunction.Tanh, X), x);
}
