using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using Xunit;
using static NetDsl.Generators.Tests.Shapes.Declared;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>Losses: how they read the graph, their targets, and what does not fit.</summary>
public sealed class LossTests
{
    private static TypeArgumentSpec Species(params (string Name, long Value)[] members) =>
        new("Species", members.Select(m => new EnumValue("Species", m.Name, m.Value)).ToEquatableArray());

    [Fact]
    public void CrossEntropyTakesLogits()
    {
        Graph graph = new Declared().Input(4).Add("Dense", new { units = 3 }).Add("CrossEntropy").BuildQuietly().Training!;
        LossValue loss = Assert.Single(graph.Losses);
        Assert.IsType<Op.Softmax>(graph.ProducerOf(loss.Prediction)!.Op);
        Assert.Same(loss.Raw, graph.ProducerOf(loss.Prediction)!.Inputs[0]);
        Assert.Same(loss.Raw, graph.ProducerOf(loss.PerSample)!.Inputs[0]);
        Assert.Equal("CrossEntropy1", loss.Target);
    }

    [Fact]
    public void CrossEntropyAfterASoftmaxTakesItsLogits()
    {
        Graph graph = new Declared().Input(4).Add("Dense", new { units = 3, Activation = Activation.Softmax }).Add("CrossEntropy").BuildQuietly().Training!;
        LossValue loss = Assert.Single(graph.Losses);
        Assert.Same(loss.Raw, loss.Prediction);
        Node softmax = graph.ProducerOf(loss.Raw)!;
        Assert.IsType<Op.Softmax>(softmax.Op);
        Assert.Same(softmax.Inputs[0], graph.ProducerOf(loss.PerSample)!.Inputs[0]);
    }

    [Theory]
    [InlineData(Activation.Sigmoid, true)]
    [InlineData(Activation.Tanh, false)]
    public void BinaryCrossEntropyAfterASigmoidTakesItsLogits(Activation activation, bool reads)
    {
        Graph graph = new Declared().Input(4).Add("Dense", new { units = 1, Activation = activation }).Add("BinaryCrossEntropy").BuildQuietly().Training!;
        LossValue loss = Assert.Single(graph.Losses);
        Assert.Equal(reads, ReferenceEquals(loss.Raw, loss.Prediction));
        Node elements = graph.Nodes.Single(n => n.Output.Label == "BinaryCrossEntropy1/loss");
        Value logits = reads ? graph.ProducerOf(loss.Raw)!.Inputs[0] : loss.Raw;
        Assert.Same(logits, elements.Inputs[0]);
        Assert.Equal(Phase.Loss, elements.Origin.Phase);
    }

    [Fact]
    public void LabelsOfASequenceHaveARowEach()
    {
        Graph graph = new Declared().Input(7, 4).Add("Dense", new { units = 3 }).Add("CrossEntropy").BuildQuietly().Training!;
        Assert.Equal("I32[B,7]", graph.Inputs[1].Value.Type.ToString());
    }

    [Fact]
    public void ClassNamesComeFromTheEnum()
    {
        TypeArgumentSpec species = Species(("Setosa", 0), ("Versicolor", 1), ("Virginica", 2));
        Graph graph = new Declared().Input(4).Add("Dense", new { units = 3 }).Add("CrossEntropy", [species]).BuildQuietly().Training!;
        Assert.Equal(["Setosa", "Versicolor", "Virginica"], Assert.Single(graph.Losses).ClassNames);
    }

    [Fact]
    public void TheEnumFitsTheClasses()
    {
        new Declared().Input(4).Add("Dense", new { units = 3 }).Add("CrossEntropy", [Species(("A", 0), ("B", 1))])
            .Fails(DiagnosticIds.LossShape, At(2), "CrossEntropy1", "the enum Species has 2 members, and Dense1 gives (3), 3 classes");
        new Declared().Input(4).Add("Dense", new { units = 2 }).Add("CrossEntropy", [Species(("A", 1), ("B", 2))])
            .Fails(DiagnosticIds.LossShape, At(2), "CrossEntropy1", "the members of the enum Species must have the values 0 to 1");
    }

    [Fact]
    public void OneClassIsNone() =>
        new Declared().Input(4).Add("Dense", new { units = 1 }).Add("CrossEntropy").Fails(
            DiagnosticIds.LossShape,
            At(2),
            "CrossEntropy1",
            "it needs at least 2 classes on the last axis, and Dense1 gives (1); for one probability use [BinaryCrossEntropy]");

    [Fact]
    public void ThereIsAClassForEachTokenThatIsATarget()
    {
        static Declared Tokens(int vocabulary) => new Declared().Add("TokenInput", new { length = 4, vocabulary, Name = "t" }).Add("Embedding", new { dimensions = 3 })
            .Add("Dense", new { units = 5 }).Add("CrossEntropy", new { Target = "t" });
        Tokens(5).BuildQuietly();
        Tokens(6).Fails(DiagnosticIds.LossShape, At(3, "Target"), "CrossEntropy1", "it has 5 classes, and t has tokens from 0 to 5");
    }

    [Fact]
    public void ATargetOfTheGraphHasTheSameShape()
    {
        new Declared().Input(4).Add("Dense", new { units = 3 }).Add("MeanSquaredError", new { Target = "input" })
            .Fails(DiagnosticIds.LossShape, At(2, "Target"), "MeanSquaredError1", "it needs a target of F32 (3), and input is F32 (4)");
        new Declared().Input(4).Add("Dense", new { units = 3 }).Add("MeanSquaredError", new { Target = "inputs" })
            .Fails(DiagnosticIds.UnknownName, At(2, "Target"), "inputs", "; did you mean \"input\"?", "input");
    }
}
