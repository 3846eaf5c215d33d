using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Shapes;
using Xunit;
using static NetDsl.Generators.Tests.Shapes.Declared;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>Chains and graphs: names, inputs, outputs, and tensors that nobody reads.</summary>
public sealed class StructureTests
{
    [Fact]
    public void ANetworkStartsWithAnInput()
    {
        new Declared().Fails(DiagnosticIds.NoInput, At(-1), "Net");
        new Declared().Add("Dense", new { units = 2 }).Fails(DiagnosticIds.NoInput, At(0), "Net");
    }

    [Fact]
    public void TheLastTensorIsTheOutput()
    {
        Graph graph = new Declared().Input(4).Add("Dense", new { units = 3 }).BuildQuietly().Inference!;
        NamedValue output = Assert.Single(graph.Outputs);
        Assert.Equal("output", output.Name);
        Assert.Equal("F32[B,3]", output.Value.Type.ToString());
        Assert.Empty(graph.Losses);
    }

    [Fact]
    public void ATensorThatIsNamedIsReadLaterAndAnotherOneIsCurrentInBetween()
    {
        Graph graph = new Declared().Input(4)
            .Add("Dense", new { units = 3, Name = "left" })
            .Add("From", new { name = "input" })
            .Add("Dense", new { units = 3 })
            .Add("Add", new { names = new[] { "left" } })
            .BuildQuietly().Inference!;
        Node sum = graph.ProducerOf(graph.Outputs[0].Value)!;
        Assert.Equal(["Dense2", "left"], sum.Inputs.Select(i => graph.ProducerOf(i)!.Origin.Layer));
    }

    /// <summary>A Name on [From] or [Output] is another name of the same tensor.</summary>
    [Fact]
    public void FromAndOutputCanNameTheirTensor() =>
        new Declared().Input(4)
            .Add("Dense", new { units = 4, Name = "code" })
            .Add("Output", new { name = "code", Name = "shown" })
            .Add("Dense", new { units = 4 })
            .Add("From", new { name = "shown", Name = "again" })
            .Add("Add", new { names = new[] { "code", "again", "shown" } })
            .Fails(DiagnosticIds.UnreadTensor, At(3), "Dense2", "(4)");

    [Fact]
    public void AnUnknownNameBringsTheNearest() =>
        new Declared().Input(4)
            .Add("Dense", new { units = 4, Name = "encoder" })
            .Add("Add", new { names = new[] { "input", "Encodr" } })
            .Fails(DiagnosticIds.UnknownName, At(2, "names", 1), "Encodr", "; did you mean \"encoder\"?", "encoder");

    [Fact]
    public void OutputsKeepTheirNamesAndALossAddsOne()
    {
        Graph graph = new Declared().Input(4)
            .Add("Dense", new { units = 2 })
            .Add("Output", new { name = "code" })
            .Add("Dense", new { units = 4 })
            .Add("MeanSquaredError", new { Target = "input" })
            .BuildQuietly().Training!;
        Assert.Equal(["code (2)", "output (4)"], graph.Outputs.Select(o => $"{o.Name} ({o.Value.Type.Shape[0]})"));
        LossValue loss = Assert.Single(graph.Losses);
        Assert.Null(loss.Target);
        Assert.Equal(["input"], graph.Inputs.Select(i => i.Name));
    }

    [Fact]
    public void SeveralInputsAndLosses()
    {
        Graph graph = new Declared()
            .Add("Input", new { shape = new[] { 4 }, Name = "left" })
            .Add("Dense", new { units = 3, Name = "a" })
            .Add("Input", new { shape = new[] { 5 }, Name = "right" })
            .Add("Dense", new { units = 3 })
            .Add("Concat", new { names = new[] { "a", "left" } })
            .Add("Dense", new { units = 2, Name = "trunk" })
            .Add("CrossEntropy", new { Name = "kind" })
            .Add("From", new { name = "trunk" })
            .Add("Dense", new { units = 1 })
            .Add("MeanSquaredError", new { Weight = 0.5 })
            .BuildQuietly().Training!;
        Assert.Equal(["left", "right", "kind", "MeanSquaredError1"], graph.Inputs.Select(i => i.Name));
        Assert.Equal(["kind", "MeanSquaredError1"], graph.Outputs.Select(o => o.Name));
        Assert.Equal([("kind", 1.0, "kind"), ("MeanSquaredError1", 0.5, "MeanSquaredError1")], graph.Losses.Select(l => (l.Name, l.Weight, l.Target!)));
        Assert.Equal("I32[B]", graph.Inputs[2].Value.Type.ToString());
        Assert.Equal("F32[B,1]", graph.Inputs[3].Value.Type.ToString());
    }

    [Fact]
    public void TwoLossesOnOneTensorGiveOneOutput()
    {
        Graph graph = new Declared().Input(4)
            .Add("Dense", new { units = 2 })
            .Add("CrossEntropy")
            .Add("MeanSquaredError")
            .BuildQuietly().Training!;
        Assert.Equal("output", Assert.Single(graph.Outputs).Name);
    }

    [Fact]
    public void SeveralInputsNeedNames()
    {
        Declared two = new Declared().Input(4).Add("Dense", new { units = 3 }).Add("Input", new { shape = new[] { 4 }, Name = "other" });
        two.Fails(DiagnosticIds.Misplaced, At(0), "[Input] without a Name", "the network has 2 inputs, and each needs one");
        new Declared()
            .Add("Input", new { shape = new[] { 4 }, Name = "a" })
            .Add("Input", new { shape = new[] { 4 }, Name = "a" })
            .Fails(DiagnosticIds.DuplicateName, At(1, "Name"), "a", "a");
    }

    [Fact]
    public void InputIsReserved()
    {
        string reason = "it is reserved for the input of a network that has only one";
        new Declared().Input(4).Add("Dense", new { units = 3, Name = "input" })
            .Fails(DiagnosticIds.Misplaced, At(1, "Name"), "The name \"input\"", reason);
        new Declared()
            .Add("Input", new { shape = new[] { 4 }, Name = "input" })
            .Add("Input", new { shape = new[] { 4 }, Name = "b" })
            .Fails(DiagnosticIds.Misplaced, At(0, "Name"), "The name \"input\"", reason);

        // The only input goes by its own name and by the reserved one.
        new Declared()
            .Add("Input", new { shape = new[] { 4 }, Name = "pixels" })
            .Add("Dense", new { units = 4 })
            .Add("Add", new { names = new[] { "input", "pixels" } })
            .BuildQuietly();
        new Declared()
            .Add("Input", new { shape = new[] { 4 }, Name = "left" })
            .Add("Input", new { shape = new[] { 4 }, Name = "right" })
            .Add("Add", new { names = new[] { "input" } })
            .Fails(DiagnosticIds.UnknownName, At(2, "names", 0), "input", "; there are \"left\", \"right\"", "");
    }

    [Fact]
    public void NamesResolveBackwardsOnly() =>
        new Declared().Input(4)
            .Add("Dense", new { units = 4 })
            .Add("Add", new { names = new[] { "later" } })
            .Add("Dense", new { units = 4, Name = "later" })
            .Fails(DiagnosticIds.UnknownName, At(2, "names", 0), "later", "; there is \"input\"", "");

    [Fact]
    public void ANameIsGivenOnce()
    {
        new Declared().Input(4)
            .Add("Dense", new { units = 4, Name = "a" })
            .Add("Dropout", new { rate = 0.5, Name = "a" })
            .Fails(DiagnosticIds.DuplicateName, At(2, "Name"), "a", "a");

        // Names become members of the generated code, so case does not tell them apart.
        new Declared().Input(4)
            .Add("Dense", new { units = 4, Name = "a" })
            .Add("Dense", new { units = 4, Name = "A" })
            .Fails(DiagnosticIds.DuplicateName, At(2, "Name"), "A", "another layer");

        // The automatic name of a later layer was taken by hand: the error is at the layer, which has no Name to point at.
        new Declared().Input(4)
            .Add("Dense", new { units = 4, Name = "Dense2" })
            .Add("Dense", new { units = 4 })
            .Fails(DiagnosticIds.DuplicateName, At(2), "Dense2", "another layer");
    }

    [Fact]
    public void ColumnsOfTheDataSetHaveDifferentNames()
    {
        new Declared()
            .Add("Input", new { shape = new[] { 4 }, Name = "y" })
            .Add("Dense", new { units = 2 })
            .Add("CrossEntropy", new { Name = "y" })
            .Fails(DiagnosticIds.DuplicateName, At(2, "Name"), "y", "another column of the data set");
        new Declared().Input(4)
            .Add("MeanSquaredError", new { Name = "y" })
            .Add("Dense", new { units = 2 })
            .Add("MeanSquaredError", new { Name = "y" })
            .Fails(DiagnosticIds.DuplicateName, At(3, "Name"), "y", "another column of the data set");
    }

    [Fact]
    public void OutputsAreNamedOnce()
    {
        new Declared().Input(4).Add("Output", new { name = "a" }).Add("Dense", new { units = 2 }).Add("Output", new { name = "a" })
            .Fails(DiagnosticIds.DuplicateName, At(3, "name"), "a", "another output");
        new Declared().Input(4)
            .Add("Output", new { name = "output" })
            .Add("Dense", new { units = 2 }).Add("Output", new { name = "b" })
            .Add("Dense", new { units = 2 }).Add("MeanSquaredError", new { Name = "b" })
            .Fails(DiagnosticIds.DuplicateName, At(5, "Name"), "b", "an output");
    }

    [Fact]
    public void ATensorThatNobodyReadsIsAnError()
    {
        new Declared().Input(4)
            .Add("Dense", new { units = 2 })
            .Add("CrossEntropy")
            .Add("Dense", new { units = 3 })
            .Fails(DiagnosticIds.UnreadTensor, At(3), "Dense2", "(3)");
        new Declared().Input(4)
            .Add("Dense", new { units = 2, Name = "left" })
            .Add("From", new { name = "input" })
            .Add("Dense", new { units = 2 })
            .Fails(DiagnosticIds.UnreadTensor, At(1), "left", "(2)");
        new Declared()
            .Add("Input", new { shape = new[] { 4 }, Name = "a" })
            .Add("Input", new { shape = new[] { 4 }, Name = "b" })
            .Fails(DiagnosticIds.UnreadTensor, At(0), "a", "(4)");
    }

    /// <summary>Dropout passes its input on in prediction; what nobody reads is still its result.</summary>
    [Theory]
    [InlineData("Dropout")]
    [InlineData("Flatten")]
    public void ALayerThatPassesItsInputOnHasNotReadIt(string kind)
    {
        object? arguments = kind == "Dropout" ? new { rate = 0.5 } : null;
        new Declared().Input(4)
            .Add("Output", new { name = "a" })
            .Add("Dense", new { units = 3 })
            .Add(kind, arguments)
            .Fails(DiagnosticIds.UnreadTensor, At(3), kind + "1", "(3)");
    }

    /// <summary>Making a tensor current is no reading of it.</summary>
    [Fact]
    public void FromAloneReadsNothing() =>
        new Declared().Input(4)
            .Add("Output", new { name = "a" })
            .Add("Dense", new { units = 3, Name = "b" })
            .Add("From", new { name = "b" })
            .Fails(DiagnosticIds.UnreadTensor, At(2), "b", "(3)");

    [Fact]
    public void RandomStreamsDependOnThePathAlone()
    {
        uint Stream(Declared network) => ScalarStreams(network.BuildQuietly().Training!).Single();
        uint alone = Stream(new Declared().Input(4).Add("Dropout", new { rate = 0.5, Name = "drop" }));
        uint later = Stream(new Declared().Input(4).Add("Dense", new { units = 4 }).Add("Dropout", new { rate = 0.5, Name = "drop" }));
        uint other = Stream(new Declared().Input(4).Add("Dropout", new { rate = 0.5 }));
        Assert.Equal(alone, later);
        Assert.NotEqual(alone, other);
        Assert.Equal(StableHash.Fnv1a("drop"), alone);
    }

    private static List<uint> ScalarStreams(Graph graph)
    {
        var streams = new List<uint>();
        foreach (Op.Map map in graph.Nodes.Select(n => n.Op).OfType<Op.Map>())
        {
            ScalarExpressions.Visit(map.Expression, e =>
            {
                if (e is ScalarExpression.Uniform uniform) streams.Add(uniform.Stream);
            });
        }

        return streams;
    }
}
