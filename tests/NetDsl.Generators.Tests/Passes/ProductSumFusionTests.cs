using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Shapes;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>Input gradients that are added up are one product.</summary>
public sealed class ProductSumFusionTests
{
    private const string Attention = "[Input(6, 8), Dense(8), MultiHeadAttention(2), MeanSquaredError]";

    [Fact]
    public void Queries_keys_and_values_have_one_input_gradient()
    {
        CpuCall joined = Assert.Single(Joined(Attention));
        Assert.Equal(3, ((CpuKernel.MatMulSum)joined.Kernel).Terms);
        Assert.Null(((CpuKernel.MatMulSum)joined.Kernel).Epilogue);
        Assert.Equal([true, true, false, true, false, true, false], joined.Arguments.Select(argument => argument.Type.Batched));
    }

    /// <summary>What is done to the sum afterwards, and what else is added to it, stays.</summary>
    [Theory]
    [InlineData("[Input(5), Dense(17, Activation = Activation.Tanh, Name = \"x\"), Dense(3, Name = \"a\"), From(\"x\"), Dense(3), Add(\"a\"), Dense(2), MeanSquaredError]", 2, true)]
    [InlineData("[Input(5), Dense(17, Name = \"x\"), Dense(3, Name = \"a\"), From(\"x\"), Dense(3, Name = \"b\"), From(\"x\"), Dense(3), Add(\"a\", \"b\"), Dense(2), MeanSquaredError]", 3, false)]
    [InlineData("[Input(5), Dense(3, Name = \"x\"), Dense(3, Name = \"a\"), From(\"x\"), Dense(3), Add(\"a\", \"x\"), Dense(2), MeanSquaredError]", 2, true)]
    public void Layers_with_one_input_have_one_input_gradient(string layers, int terms, bool epilogue)
    {
        CpuCall joined = Assert.Single(Joined(layers));
        Assert.Equal(terms, ((CpuKernel.MatMulSum)joined.Kernel).Terms);
        Assert.Equal(epilogue, ((CpuKernel.MatMulSum)joined.Kernel).Epilogue is not null);
        Assert.Equal(1 + (2 * terms) + (((CpuKernel.MatMulSum)joined.Kernel).Epilogue?.Operands.Length ?? 0), joined.Arguments.Count);
        Assert.Single(CpuCalls.Of(layers, "train"), call => call.Origin.Phase == Phase.Backward && call.Kernel is CpuKernel.MatMul);
    }

    /// <summary>Layers of different width; a single column; one layer alone.</summary>
    [Theory]
    [InlineData("[Input(5), Dense(17, Name = \"x\"), Dense(3, Name = \"a\"), From(\"x\"), Dense(4), Concat(\"a\"), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(1, Name = \"x\"), Dense(3, Name = \"a\"), From(\"x\"), Dense(3), Add(\"a\"), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(17), Dense(3), MeanSquaredError]")]
    public void Others_stay_as_they_are(string layers) => Assert.Empty(Joined(layers));

    /// <summary>Somebody wants the result, or reads it besides.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_product_that_is_not_only_added_stays(bool kept)
    {
        var spec = NetworkGraphs.Of(new NetworkCase("", Attention).Source, NetworkCase.Type).Spec;
        Graph graph = ProgramGraphs.Of(spec, ShapeStage.Run(spec)).Single(program => program.Name == "train").Graph;
        Value second = Assert.Single(Joined(graph, [])).Inputs[2];
        Node product = graph.Nodes.Single(node => node.Op is Op.MatMul { TransposeB: true } && ReferenceEquals(node.Inputs[0], second));
        var reader = new Node(new Op.Map(ScalarExpression.Of(0), product.Output.Type), [product.Output], [new Value(product.Output.Type, "again")], product.Origin);
        if (!kept) graph = graph with { Nodes = [.. graph.Nodes, reader] };
        Node joined = Assert.Single(Joined(graph, kept ? [product.Output] : []));
        Assert.Equal(4, joined.OperandCount);
        Assert.Contains(product.Output, joined.Inputs);
        Assert.Contains(product, ProductSumFusion.Run(graph, new HashSet<Value>(kept ? [product.Output] : [])).Nodes);
    }

    private static Node[] Joined(Graph graph, HashSet<Value> kept) => [.. ProductSumFusion.Run(graph, kept).Nodes.Where(node => node.Op is Op.MatMulSum)];

    private static CpuCall[] Joined(string layers) => [.. CpuCalls.Of(layers, "train").Where(call => call.Kernel is CpuKernel.MatMulSum)];
}
