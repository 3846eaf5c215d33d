using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;
using Xunit;
using static NetDsl.Generators.Tests.Shapes.Declared;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>Blocks: arguments, expressions, repetition, residual connections, and where their errors are.</summary>
public sealed class BlockTests
{
    private static Declared Basic() => new Declared("Basic")
        .Constant("Width", 4)
        .Constant("Stride", 1)
        .Add("Conv2D", new { filters = Ref("Width"), kernel = 3, Stride = Ref("Stride"), Pad = 1, UseBias = false })
        .Add("BatchNorm", new { Activation = Activation.ReLU })
        .Add("Conv2D", new { filters = Ref("Width"), kernel = 3, Pad = 1, UseBias = false })
        .Add("BatchNorm");

    private static Declared Projection() => new Declared("Projection")
        .Constant("Width", 4)
        .Constant("Stride", 1)
        .Add("Conv2D", new { filters = Ref("Width"), kernel = 1, Stride = Ref("Stride") });

    private static Declared Unit() => new Declared("Unit")
        .Constant("Units", 3)
        .Add("Dense", new { units = Ref("Units"), UseBias = false });

    private static object Args(params object[] arguments) => new { arguments };

    [Fact]
    public void ArgumentsFillTheConstantsByPosition() => LayerParameterTests.Has(
        new Declared().With(Unit()).Input(2).Block("Unit").Block("Unit", Args(5)).Block("Unit", new { arguments = new object[] { 7 }, Name = "last" }),
        "Unit1/Dense1/weight (2, 3) Trainable GlorotUniform 2 3",
        "Unit2/Dense1/weight (3, 5) Trainable GlorotUniform 3 5",
        "last/Dense1/weight (5, 7) Trainable GlorotUniform 5 7");

    [Fact]
    public void RepetitionsAreNumbered() => LayerParameterTests.Has(
        new Declared().With(Unit()).Input(2).Block("Unit", new { Repeat = 2, Name = "stage" }).Block("Unit", new { Repeat = 1 }),
        "stage/1/Dense1/weight (2, 3) Trainable GlorotUniform 2 3",
        "stage/2/Dense1/weight (3, 3) Trainable GlorotUniform 3 3",
        "Unit2/1/Dense1/weight (3, 3) Trainable GlorotUniform 3 3");

    [Fact]
    public void ExpressionsOverConstantsHaveTheirMeaningInCSharp()
    {
        var wide = new ValueExpression.Binary(">", Ref("Units"), new ValueExpression.Constant(4));
        var units = new ValueExpression.Conditional(
            wide,
            new ValueExpression.Binary("/", Ref("Units"), new ValueExpression.Constant(2)),
            new ValueExpression.Binary("*", Ref("Units"), Ref("Factor")));
        Declared block = new Declared("Scaled")
            .Constant("Units", 3)
            .Constant("Factor", new ValueExpression.Binary("+", Ref("Units"), new ValueExpression.Constant(1)))
            .Add("Dense", new { units, UseBias = false });
        LayerParameterTests.Has(
            new Declared().With(block).Input(2).Block("Scaled").Block("Scaled", Args(7)).Block("Scaled", Args(2, 5)),
            "Scaled1/Dense1/weight (2, 12) Trainable GlorotUniform 2 12",
            "Scaled2/Dense1/weight (12, 3) Trainable GlorotUniform 12 3",
            "Scaled3/Dense1/weight (3, 10) Trainable GlorotUniform 3 10");
    }

    [Fact]
    public void BlocksNestAndPassTheirConstantsOn()
    {
        Declared outer = new Declared("Outer").Constant("Size", 2)
            .Block("Unit", Args(Ref("Size")))
            .Block("Unit", new { arguments = new object[] { new ValueExpression.Binary("*", Ref("Size"), new ValueExpression.Constant(2)) }, Repeat = 2 });
        LayerParameterTests.Has(
            new Declared().With(outer).With(Unit()).Input(2).Block("Outer", Args(6)),
            "Outer1/Unit1/Dense1/weight (2, 6) Trainable GlorotUniform 2 6",
            "Outer1/Unit2/1/Dense1/weight (6, 12) Trainable GlorotUniform 6 12",
            "Outer1/Unit2/2/Dense1/weight (12, 12) Trainable GlorotUniform 12 12");
    }

    [Fact]
    public void ABlockAndALayerOfTheSameKindNeverShareAPath() => LayerParameterTests.Has(
        new Declared().With(new Declared("Dense").Add("Dense", new { units = 2, UseBias = false })).Input(2)
            .Add("Dense", new { units = 2, UseBias = false }).Block("Dense").Add("Dense", new { units = 2, UseBias = false }),
        "Dense1/weight (2, 2) Trainable GlorotUniform 2 2",
        "Dense2/Dense1/weight (2, 2) Trainable GlorotUniform 2 2",
        "Dense3/weight (2, 2) Trainable GlorotUniform 2 2");

    [Fact]
    public void AFrozenBlockFreezesWhatIsInIt()
    {
        Declared outer = new Declared("Outer").Block("Unit");
        Graph graph = new Declared().With(outer).With(Unit()).Input(2).Block("Outer", new { Trainable = false }).Block("Unit").BuildQuietly().Training!;
        Assert.Equal([ParameterRole.Frozen, ParameterRole.Trainable], graph.Parameters.Select(p => p.Role));
    }

    [Fact]
    public void ResidualAddsItsInputThenTheActivation()
    {
        ShapeResult result = new Declared().With(Basic()).Input(8, 8, 4)
            .Residual("Basic", new { arguments = new object[] { 4 }, Repeat = 2, Activation = Activation.ReLU })
            .BuildQuietly();
        Graph graph = result.Inference!;
        Node relu = graph.ProducerOf(graph.Outputs[0].Value)!;
        Node sum = graph.ProducerOf(relu.Inputs[0])!;
        Assert.Equal("%Basic1/2/ReLU: F32[B,8,8,4] = Map(%Basic1/2/sum) {max(%Basic1/2/sum, 0)} // Basic1/2", GraphPrinter.Print(relu));
        Assert.Equal("%Basic1/2/sum: F32[B,8,8,4] = Map(%Basic1/2/BatchNorm2/scaled, %Basic1/1/ReLU) {%Basic1/2/BatchNorm2/scaled + %Basic1/1/ReLU} // Basic1/2", GraphPrinter.Print(sum));
        LayerRow row = result.Layers[^1];
        Assert.Equal(("Basic1/2", "Residual", "ReLU", 8L * 8 * 4 * 2), (row.Path, row.Kind, row.Detail, row.Flops));
    }

    [Fact]
    public void TheShortcutTakesTheSameArguments() => LayerParameterTests.Has(
        new Declared().With(Unit()).With(Projection()).With(new Declared("Body").Constant("Width", 1).Add("Conv2D", new { filters = Ref("Width"), kernel = 3, Stride = 2, Pad = 1, UseBias = false }))
            .Input(8, 8, 3).Residual("Body", "Projection", Args(6, 2)),
        "Body1/Conv2D1/weight (3, 3, 3, 6) Trainable GlorotUniform 27 54",
        "Body1/shortcut/Conv2D1/weight (1, 1, 3, 6) Trainable GlorotUniform 3 6",
        "Body1/shortcut/Conv2D1/bias (6) Trainable Zeros 3 6");

    [Fact]
    public void AResidualOfUnequalShapesNamesBoth()
    {
        new Declared().With(Basic()).Input(8, 8, 3)
            .Residual("Basic")
            .Fails(DiagnosticIds.ShapeMismatch, At(1), "Basic1", "(8, 8, 4)", "Basic1/BatchNorm2", "(8, 8, 3)", "its input (input)");
        new Declared().With(Basic()).With(new Declared("Wrong").Add("Conv2D", new { filters = 4, kernel = 1 })).Input(8, 8, 3)
            .Residual("Basic", "Wrong", Args(4, 2))
            .Fails(DiagnosticIds.ShapeMismatch, At(1), "Basic1", "(4, 4, 4)", "Basic1/BatchNorm2", "(8, 8, 4)", "Basic1/shortcut/Conv2D1");
    }

    [Fact]
    public void AnErrorInABlockIsReportedWhereTheNetworkInsertsIt()
    {
        Declared inner = new Declared("Inner").Constant("Kernel", 3).Add("Conv2D", new { filters = 2, kernel = Ref("Kernel") });
        Declared outer = new Declared("Outer").Block("Inner").Block("Inner", Args(30));
        SpecDiagnostic error = new Declared().With(outer).With(inner).Input(28, 28, 1).Block("Outer", new { Name = "stage" })
            .Fails(DiagnosticIds.WindowDoesNotFit, At(1), "stage/Inner2/Conv2D1", "30x30", "(26, 26, 2)", "stage/Inner1/Conv2D1");
        Assert.Equal("stage/Inner2", error.Within);
        Assert.Equal([new SourceRef("Inner", 0, "kernel"), new SourceRef("Inner", 0)], error.Additional);
    }

    [Fact]
    public void AWarningInARepeatedBlockIsReportedOnce()
    {
        Declared block = new Declared("Unit").Add("Dense", new { units = 3 });
        SpecDiagnostic warning = Assert.Single(new Declared().With(block).Input(4, 4, 3).Block("Unit", new { Repeat = 3 }).Build().Diagnostics);
        Assert.Equal((DiagnosticIds.DenseOnImage, At(1), "Unit1/1"), (warning.Id, warning.Location, warning.Within));
    }

    [Fact]
    public void NamesOfABlockStayInIt()
    {
        Declared block = new Declared("Named").Add("Dense", new { units = 4, Name = "a" }).Add("Add", new { names = new[] { "a" } });
        LayerParameterTests.Has(
            new Declared().With(block).Input(4).Block("Named").Block("Named"),
            "Named1/a/weight (4, 4) Trainable GlorotUniform 4 4",
            "Named1/a/bias (4) Trainable Zeros 4 4",
            "Named2/a/weight (4, 4) Trainable GlorotUniform 4 4",
            "Named2/a/bias (4) Trainable Zeros 4 4");
        new Declared().With(block).Input(4).Block("Named").Add("Add", new { names = new[] { "a" } })
            .Fails(DiagnosticIds.UnknownName, At(2, "names", 0), "a", "; there is \"input\"", "");
        SpecDiagnostic outside = new Declared().With(new Declared("Outside").Add("Add", new { names = new[] { "input" } })).Input(4).Block("Outside")
            .Fails(DiagnosticIds.UnknownName, At(1), "input", "; no layer before it has a Name", "");
        Assert.Equal([new SourceRef("Outside", 0, "names", 0)], outside.Additional);
    }

    [Fact]
    public void ABlocksNameIsThatOfItsResult() =>
        new Declared().With(Unit()).Input(3)
            .Block("Unit", new { Name = "a" })
            .Add("Dense", new { units = 3 })
            .Add("Add", new { names = new[] { "a" } })
            .BuildQuietly();

    [Fact]
    public void AnUnreadTensorInABlockIsReportedAtTheInsertion()
    {
        Declared block = new Declared("Fork").Add("Dense", new { units = 3, Name = "a" }).Add("Dense", new { units = 3, Name = "b" }).Add("From", new { name = "a" });
        SpecDiagnostic error = new Declared().With(block).Input(3).Block("Fork").Add("Dense", new { units = 2 })
            .Fails(DiagnosticIds.UnreadTensor, At(1), "Fork1/b", "(3)");
        Assert.Equal([new SourceRef("Fork", 1)], error.Additional);
    }

    [Fact]
    public void WhatDoesNotFitTheConstants()
    {
        new Declared().With(Unit()).Input(3).Block("Unit", Args(3, 4))
            .Fails(DiagnosticIds.BlockArgument, At(1, "arguments", 1), "Unit", "has 1 constant and is given 2 arguments");
        new Declared().With(Unit()).Input(3).Block("Unit", Args(2.5))
            .Fails(DiagnosticIds.BlockArgument, At(1, "arguments", 0), "Unit", "takes an int for Units, not 2.5");
        Declared active = new Declared("Active").Constant("Kind", Activation.ReLU).Add("Activation", new { kind = Ref("Kind") });
        new Declared().With(active).Input(3).Block("Active", Args(Padding.Same))
            .Fails(DiagnosticIds.BlockArgument, At(1, "arguments", 0), "Active", "takes a member of Activation for Kind, not Padding.Same");
        new Declared().With(active).Input(3).Block("Active", Args(Activation.Tanh)).BuildQuietly();
    }

    [Fact]
    public void WholeNumbersFillDoubles()
    {
        Declared block = new Declared("Drop").Constant("Rate", 0.5).Add("Dropout", new { rate = Ref("Rate") });
        Assert.Equal("0", new Declared().With(block).Input(3).Block("Drop", Args(0)).BuildQuietly().Layers[^1].Detail);
    }

    [Fact]
    public void WhatCannotBeComputedIsAnErrorAtItsPlace()
    {
        var byZero = new ValueExpression.Binary("/", Ref("Units"), new ValueExpression.Constant(0));
        SpecDiagnostic inLayer = new Declared().With(new Declared("Bad").Constant("Units", 3).Add("Dense", new { units = byZero })).Input(3).Block("Bad")
            .Fails(DiagnosticIds.UnsupportedExpression, At(1), "'(Units / 0)' divides by zero");
        Assert.Equal([new SourceRef("Bad", 0, "units")], inLayer.Additional);
        SpecDiagnostic inDefault = new Declared().With(new Declared("Bad").Constant("Units", 3).Constant("Half", byZero).Add("Dense", new { units = Ref("Half") })).Input(3).Block("Bad")
            .Fails(DiagnosticIds.UnsupportedExpression, At(1), "'(Units / 0)' divides by zero");
        Assert.Equal([new SourceRef("Bad", -1, "Half")], inDefault.Additional);
        var overflow = new ValueExpression.Binary("*", Ref("Units"), new ValueExpression.Constant(int.MaxValue));
        Assert.Equal(DiagnosticIds.UnsupportedExpression, new Declared().With(new Declared("Bad").Constant("Units", 3).Add("Dense", new { units = overflow })).Input(3).Block("Bad").Error().Id);
    }

    [Theory]
    [InlineData(0, "positive")]
    [InlineData(1001, "at most 1000")]
    public void RepeatHasARange(int repeat, string expected) =>
        new Declared().With(Unit()).Input(3).Block("Unit", new { Repeat = repeat })
            .Fails(DiagnosticIds.ArgumentRange, At(1, "Repeat"), "Repeat", expected, repeat.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("Input", "a block works on the tensor it is given")]
    [InlineData("Output", "outputs belong to a network, not to a block")]
    [InlineData("CrossEntropy", "losses belong to a network, not to a block")]
    [InlineData("MeanSquaredError", "losses belong to a network, not to a block")]
    public void BlocksHaveNoInputsOutputsOrLosses(string kind, string reason)
    {
        object? arguments = kind == "Output" ? new { name = "x" } : kind == "Input" ? new { shape = new[] { 3 } } : null;
        SpecDiagnostic error = new Declared().With(new Declared("Bad").Add(kind, arguments)).Input(3).Block("Bad")
            .Fails(DiagnosticIds.Misplaced, At(1), $"[{kind}]", reason);
        Assert.Equal([new SourceRef("Bad", 0)], error.Additional);
    }

    [Fact]
    public void ABlockNeedsATensor() => new Declared().With(Unit()).Block("Unit").Fails(DiagnosticIds.NoInput, At(0), "Net");

    /// <summary>Names of the shortcut's layers begin with its path, which no layer of the body can take.</summary>
    [Fact]
    public void ShortcutIsTakenInTheBodyOfAResidual() =>
        new Declared().With(new Declared("Body").Add("Dense", new { units = 3, Name = "shortcut" })).With(Unit()).Input(3)
            .Residual("Body", "Unit")
            .Fails(DiagnosticIds.DuplicateName, At(1), "shortcut", "another layer");
}
