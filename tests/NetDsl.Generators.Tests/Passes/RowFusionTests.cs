using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Generators.Emit;
using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>What is done to a row is done in one kernel.</summary>
public sealed class RowFusionTests
{
    private static readonly ScalarExpression A = ScalarExpression.Of(0), B = ScalarExpression.Of(1);

    /// <summary>One kernel forward and one backward, besides the sums for scale and bias. How many elements share a maximum is known without a gradient, so that it waits for none.</summary>
    [Theory]
    [InlineData("[Input(4, 3), Dense(16), LayerNorm, Dense(2), MeanSquaredError]", 2, 2)]
    [InlineData("[Input(5), Dense(6), RMSNorm(Activation = Activation.SiLU), Dense(2), MeanSquaredError]", 2, 1)]
    [InlineData("[Input(3, 7), Dense(5, Activation = Activation.LogSoftmax), Dense(2), MeanSquaredError]", 2, 0)]
    [InlineData("[Input(5), Dense(4097), LayerNorm, Dense(2), MeanSquaredError]", 0, 2)]
    public void A_normalisation_is_a_kernel_in_each_direction(string layers, int kernels, int sums)
    {
        var spec = NetworkGraphs.Of(new NetworkCase("", layers).Source, NetworkCase.Type).Spec;
        CpuCall[] train = [.. EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "train").Calls];
        Assert.Equal(kernels, train.Count(call => call.Kernel is CpuKernel.RowSteps));
        Assert.Equal(sums, train.Count(call => call.Kernel is CpuKernel.ColumnSum && call.Arguments[0].Label.Contains("Norm", StringComparison.Ordinal)));
        if (kernels > 0) Assert.Empty(train.Where(call => call.Kernel is CpuKernel.RowReduction && call.Origin.Kind != "MeanSquaredError" && call.Arguments[0].Label != "ties").Select(call => call.Arguments[0].Label));
    }

    /// <summary>A row that only later steps read is computed again by each, and not stored; a number a row stays in a register.</summary>
    [Fact]
    public void What_only_steps_read_is_not_in_memory()
    {
        GraphBuilder builder = new();
        Value x = Rows(builder, "x");
        Value mean = Sum(builder, "mean", x);
        Value centered = builder.Map("centered", A - B, x, mean);
        Value variance = builder.Add("variance", Reduce(A * A), centered);
        Value y = builder.Map("y", A / B, centered, variance);
        Node node = Assert.Single(Fuse(builder, y).Nodes, node => node.Op is not Op.Input);
        var rows = Assert.IsType<Op.RowSteps>(node.Op);
        Assert.Same(y, Assert.Single(node.Outputs));
        Assert.Equal(["$0", "($0 - $1) * ($0 - $1)", "($0 - $1) / $2"], rows.Steps.Select(step => ExpressionPrinter.Print(step.Expression)));
        Assert.Equal([false, false, true], rows.Steps.Select(step => step.IsWide));
    }

    /// <summary>What another op makes of a step's result stands behind the steps, and a step that reads that is a pass of its own.</summary>
    [Fact]
    public void A_step_that_waits_for_another_op_is_not_joined()
    {
        GraphBuilder builder = new();
        Value x = Rows(builder, "x");
        Value mean = Sum(builder, "mean", x);
        Value other = builder.Add("other", new Op.Softmax(), mean);
        Value centered = builder.Map("centered", A - B, x, mean);
        Value y = builder.Map("y", A * B, centered, other);
        Graph graph = Fuse(builder, y);
        Assert.Equal(["Input", "RowSteps", "Softmax", "Map"], graph.Nodes.Select(node => node.Op.Name));
        Assert.Equal([mean, centered], graph.Nodes[1].Outputs);
    }

    /// <summary>Sums of neighbouring rows and over the batch are not of one row, and random numbers are counted by element.</summary>
    [Fact]
    public void Only_what_is_of_one_row_is_joined()
    {
        GraphBuilder builder = new();
        Value x = Rows(builder, "x");
        Value columns = builder.Sum("columns", x, [0], overBatch: false, keepAxes: true), mean = Sum(builder, "mean", x);
        Value noise = builder.Map("noise", A * new ScalarExpression.Uniform(1), mean);
        Value y = builder.Map("y", A + B, columns, noise);
        Assert.DoesNotContain(Fuse(builder, y).Nodes, node => node.Op is Op.RowSteps);
    }

    /// <summary>A result may take an operand's place where no later step reads that.</summary>
    [Fact]
    public void The_memory_of_an_operand_is_used_again_after_its_last_step()
    {
        var spec = NetworkGraphs.Of(new NetworkCase("", "[Input(4, 3), Dense(16), LayerNorm, Dense(2), MeanSquaredError]").Source, NetworkCase.Type).Spec;
        CpuCall[] train = [.. EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "train").Calls.Where(call => call.Kernel is CpuKernel.RowSteps)];
        Assert.Contains(train[1].Arguments.Skip(1), operand => operand.Placement == train[1].Arguments[0].Placement);
    }

    private static Value Rows(GraphBuilder builder, string name) => builder.Add(name, new Op.Input(name, InputRole.Feature, TensorType.Batch(3, 8)));

    private static Op.Reduce Reduce(ScalarExpression term) => new(Reduction.Sum, new([1]), OverBatch: false, KeepAxes: true, term, TensorType.Batch(3, 8));

    private static Value Sum(GraphBuilder builder, string label, Value x) => builder.Add(label, Reduce(A), x);

    private static Graph Fuse(GraphBuilder builder, Value result)
    {
        Graph graph = RowFusion.Run(new Graph("rows", builder.Nodes, [], [], [new NamedValue("y", result)], [], [], [], [], [], [], []), new HashSet<Value> { result });
        GraphVerifier.Verify(graph, "rows");
        return graph;
    }
}
