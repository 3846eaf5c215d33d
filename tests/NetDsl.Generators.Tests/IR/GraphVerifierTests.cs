using NetDsl.Generators.IR;
using NetDsl.Generators.Tests.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.IR;

/// <summary>Every invariant of a graph, broken once.</summary>
public sealed class GraphVerifierTests
{
    private static readonly Graph Sound = new Declared().Input(4)
        .Add("Dense", new { units = 3 })
        .Add("BatchNorm")
        .Add("CrossEntropy")
        .BuildQuietly().Training!;

    private static int Find(string label) => Sound.Nodes.Select((node, i) => (node, i)).Single(p => p.node.Output.Label == label).i;

    private static Graph Replace(string label, Func<Node, Node> change)
    {
        Node[] nodes = [.. Sound.Nodes];
        int i = Find(label);
        nodes[i] = change(nodes[i]);
        return Sound with { Nodes = nodes };
    }

    private static void Broken(Graph graph, string message)
    {
        string actual = Assert.Throws<IRException>(() => GraphVerifier.Verify(graph, "stage")).Message;
        Assert.StartsWith("stage: ", actual, StringComparison.Ordinal);
        Assert.EndsWith(message, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void ASoundGraphPasses() => GraphVerifier.Verify(Sound, "stage");

    [Fact]
    public void ReadBeforeItIsMade()
    {
        Node[] nodes = [.. Sound.Nodes];
        int i = Find("Dense1/product"), j = Find("Dense1/sum");
        (nodes[i], nodes[j]) = (nodes[j], nodes[i]);
        Broken(Sound with { Nodes = nodes }, "%Dense1/product is read before it is made.");
    }

    [Fact]
    public void MadeTwice() =>
        Broken(Sound with { Nodes = [.. Sound.Nodes, Sound.Nodes[Find("Dense1/sum")]] }, "%Dense1/sum is made twice.");

    [Fact]
    public void TwoValuesOfOneLabel()
    {
        Node node = Sound.Nodes[Find("Dense1/sum")];
        Node copy = node with { Outputs = [new Value(node.Output.Type, node.Output.Label)] };
        Broken(Sound with { Nodes = [.. Sound.Nodes, copy] }, "another value is called %Dense1/sum.");
    }

    [Fact]
    public void AnotherTypeThanInferred()
    {
        Graph graph = Replace("Dense1/product", node => node with { Outputs = [new Value(TensorType.Batch(5), "product")] });
        Broken(graph, "the type of %product should be F32[B,3].");
    }

    [Fact]
    public void OperandsThatDoNotFit()
    {
        Graph graph = Replace("Dense1/product", node => node with { Op = new Op.MatMul(TransposeA: false, TransposeB: true) });
        Broken(graph, "MatMul: the last axis of F32[B,4] is not 3.");
    }

    [Fact]
    public void AParameterOutOfRange()
    {
        Graph graph = Replace("Dense1/bias", node => node with { Op = new Op.Parameter(17, TensorType.Fixed(3)) });
        Broken(graph, "there are 6 parameters.");
    }

    [Fact]
    public void AParameterOfAnotherType()
    {
        Graph graph = Replace("Dense1/bias", node => node with { Op = new Op.Parameter(0, TensorType.Fixed(3)) });
        Broken(graph, "parameter Dense1/weight is F32[4,3].");
    }

    [Fact]
    public void AnEpilogueThatReadsTooMuch()
    {
        Graph graph = Replace("Dense1/product", node => node with { Epilogue = ScalarExpression.Of(0) + ScalarExpression.Of(1) });
        Broken(graph, "the epilogue reads an operand that is not there.");
    }

    [Fact]
    public void AnEpiloguesOperandBroadcasts()
    {
        Value input = Sound.Inputs[0].Value;
        Graph graph = Replace("Dense1/product", node => node with
        {
            Inputs = [.. node.Inputs, input],
            Epilogue = ScalarExpression.Of(0) + ScalarExpression.Of(1),
            EpilogueOperands = 1,
        });
        Broken(graph, "the epilogue's operand input: F32[B,4] does not broadcast to F32[B,3].");
    }

    [Fact]
    public void OperandsOfAnEpilogueThatIsNotThere()
    {
        Graph graph = Replace("Dense1/product", node => node with { Inputs = [.. node.Inputs, node.Inputs[0]], EpilogueOperands = 1 });
        Broken(graph, "it has operands of an epilogue and none.");
    }

    [Fact]
    public void AResultThatIsNotMade() =>
        Broken(Sound with { Outputs = [new NamedValue("output", new Value(TensorType.Batch(1), "ghost"))] }, "graph Net: no node makes %ghost.");

    [Fact]
    public void ALossThatIsNotANumber() =>
        Broken(Sound with { Losses = [Sound.Losses[0] with { PerSample = Sound.Losses[0].Raw }] }, "loss CrossEntropy1 is F32[B,3] and not one number per sample.");

    [Fact]
    public void GradientsAndStates()
    {
        Value bias = Sound.Nodes[Find("Dense1/bias")].Output;
        Broken(Sound with { Gradients = [new ParameterValue(0, bias)] }, "Dense1/bias: F32[3] is not of the type F32[4,3] of Dense1/weight.");
        Broken(Sound with { Gradients = [new ParameterValue(1, bias), new ParameterValue(1, bias)] }, "Dense1/bias has two values.");
        Broken(Sound with { Gradients = [new ParameterValue(4, bias)] }, "BatchNorm1/mean is State and not Trainable.");
        Broken(Sound with { StateUpdates = [new ParameterValue(1, bias)] }, "Dense1/bias is Trainable and not State.");
        Broken(Sound with { StateUpdates = [new ParameterValue(9, bias)] }, "there is no parameter 9 for %Dense1/bias.");
        Broken(Sound with { Standardize = [new StandardizeValue("input", 1, 0, 4, 5, 0)] }, "parameter 0 of a Standardize is no state.");
    }
}
