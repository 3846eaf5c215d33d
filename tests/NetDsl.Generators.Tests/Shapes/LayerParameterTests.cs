using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>The tensors of every layer: paths, shapes, roles, initial values, fans.</summary>
public sealed class LayerParameterTests
{
    [Fact]
    public void Dense() => Has(
        new Declared().Input(784).Add("Dense", new { units = 10 }),
        "Dense1/weight (784, 10) Trainable GlorotUniform 784 10",
        "Dense1/bias (10) Trainable Zeros 784 10");

    [Fact]
    public void DenseBeforeTheReluFamily() => Has(
        new Declared().Input(4).Add("Dense", new { units = 3, Activation = Activation.ReLU }).Add("Dense", new { units = 2, Activation = Activation.LeakyReLU, UseBias = false }),
        "Dense1/weight (4, 3) Trainable HeUniform 4 3",
        "Dense1/bias (3) Trainable Zeros 4 3",
        "Dense2/weight (3, 2) Trainable HeUniform 3 2");

    [Theory]
    [InlineData(Activation.ReLU, "HeUniform")]
    [InlineData(Activation.LeakyReLU, "HeUniform")]
    [InlineData(Activation.ELU, "HeUniform")]
    [InlineData(Activation.SiLU, "HeUniform")]
    [InlineData(Activation.GELU, "HeUniform")]
    [InlineData(Activation.GELUTanh, "HeUniform")]
    [InlineData(Activation.Mish, "HeUniform")]
    [InlineData(Activation.Hardswish, "HeUniform")]
    [InlineData(Activation.ReLU6, "HeUniform")]
    [InlineData(Activation.SELU, "LecunNormal")]
    [InlineData(Activation.Softsign, "GlorotUniform")]
    [InlineData(Activation.Softplus, "GlorotUniform")]
    [InlineData(Activation.Tanh, "GlorotUniform")]
    public void TheDefaultInitialiserGoesByTheActivation(Activation activation, string initializer) => Has(
        new Declared().Input(4).Add("Dense", new { units = 3, UseBias = false, Activation = activation }),
        $"Dense1/weight (4, 3) Trainable {initializer} 4 3");

    [Fact]
    public void DenseWithInitialisersAndFrozen() => Has(
        new Declared().Input(4).Add("Dense", new
        {
            units = 3,
            Name = "head",
            KernelInitializer = Initializer.LecunNormal,
            BiasInitializer = Initializer.RandomUniform,
            Trainable = false,
        }),
        "head/weight (4, 3) Frozen LecunNormal 4 3",
        "head/bias (3) Frozen RandomUniform 4 3");

    [Fact]
    public void Parameter() => Has(
        new Declared().Input(3, 5).Add("Parameter", new { shape = new[] { 3, 5 } }).Add("Add", new { names = new[] { "input" } }),
        "Parameter1/value (3, 5) Trainable GlorotUniform 3 5");

    [Fact]
    public void ParameterOfOneAxisWithAnInitialiser() => Has(
        new Declared().Input(7).Add("Parameter", new { shape = new[] { 7 }, Initializer = Initializer.Ones, Name = "scale" }).Add("Add", new { names = new[] { "input" } }),
        "scale/value (7) Trainable Ones 7 7");

    [Fact]
    public void Conv2D() => Has(
        new Declared().Input(28, 28, 3).Add("Conv2D", new { filters = 8, kernelHeight = 3, kernelWidth = 5, Activation = Activation.Tanh }),
        "Conv2D1/weight (3, 5, 3, 8) Trainable GlorotUniform 45 120",
        "Conv2D1/bias (8) Trainable Zeros 45 120");

    [Fact]
    public void BatchNorm() => Has(
        new Declared().Input(4, 4, 6).Add("BatchNorm"),
        "BatchNorm1/scale (6) Trainable Ones 1 1",
        "BatchNorm1/bias (6) Trainable Zeros 1 1",
        "BatchNorm1/mean (6) State Zeros 1 1",
        "BatchNorm1/variance (6) State Ones 1 1");

    [Fact]
    public void LayerNorm() => Has(
        new Declared().Input(4, 6).Add("LayerNorm").Add("LayerNorm", new { Trainable = false, Name = "last" }),
        "LayerNorm1/scale (6) Trainable Ones 1 1",
        "LayerNorm1/bias (6) Trainable Zeros 1 1",
        "last/scale (6) Frozen Ones 1 1",
        "last/bias (6) Frozen Zeros 1 1");

    [Fact]
    public void Standardize() => Has(
        new Declared().Input(13).Add("Standardize"),
        "Standardize1/mean (13) State Zeros 1 1",
        "Standardize1/deviation (13) State Ones 1 1",
        "Standardize1/fitted (1) State Zeros 1 1");

    [Fact]
    public void TheOthersHaveNone() => Has(
        new Declared().Input(8, 8, 2)
            .Add("Rescale", new { scale = 0.5 })
            .Add("MaxPool2D", new { size = 2 })
            .Add("AveragePool2D", new { size = 2 })
            .Add("Activation", new { kind = Activation.ReLU, Name = "a" })
            .Add("Add", new { names = new[] { "a" } })
            .Add("Concat", new { names = new[] { "a" } })
            .Add("Reshape", new { shape = new[] { 4, 4 } })
            .Add("Dropout", new { rate = 0.1 })
            .Add("Reshape", new { shape = new[] { 2, 2, 4 } })
            .Add("GlobalMaxPool2D", new { Name = "m" })
            .Add("Reshape", new { shape = new[] { 1, 1, 4 } })
            .Add("GlobalAveragePool2D")
            .Add("Flatten")
            .Add("BinaryCrossEntropy"));

    /// <summary>A layer that gets a name keeps its place in the count, so that the others keep their weights' names.</summary>
    [Fact]
    public void NamingOneLayerRenamesNoOther() => Has(
        new Declared().Input(2)
            .Add("Dense", new { units = 2, UseBias = false })
            .Add("Dense", new { units = 2, UseBias = false, Name = "middle" })
            .Add("Dense", new { units = 2, UseBias = false }),
        "Dense1/weight (2, 2) Trainable GlorotUniform 2 2",
        "middle/weight (2, 2) Trainable GlorotUniform 2 2",
        "Dense3/weight (2, 2) Trainable GlorotUniform 2 2");

    internal static void Has(Declared network, params string[] parameters)
    {
        Graph graph = network.BuildQuietly().Training!;
        Assert.Equal(parameters, graph.Parameters.Select(p => $"{p.Path} ({string.Join(", ", p.Shape)}) {p.Role} {p.Initializer} {p.FanIn} {p.FanOut}"));
    }
}
