using NetDsl.Generators.Model;
using NetDsl.Generators.Tests.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>SampleNetworks that between them exercise every rewrite and every rule of the memory plan.</summary>
internal static class SampleNetworks
{
    public static readonly IReadOnlyDictionary<string, Func<Declared>> All = new Dictionary<string, Func<Declared>>
    {
        ["mlp"] = () => new Declared().Input(7).Add("Dense", new { units = 5, Activation = Activation.ReLU }).Add("Dense", new { units = 3 }).Add("CrossEntropy"),
        ["cnn"] = MnistCnnLike,
        ["overlapping pools"] = () => new Declared().Input(9, 7, 2)
            .Add("Conv2D", new { filters = 3, kernel = 3, Padding = Padding.Same, Activation = Activation.LeakyReLU })
            .Add("MaxPool2D", new { size = 3, Stride = 2 }).Add("AveragePool2D", new { size = 2, Stride = 1, Padding = Padding.Same })
            .Add("Flatten").Add("Dense", new { units = 1, Activation = Activation.Sigmoid }).Add("BinaryCrossEntropy"),
        ["batch norm and residual"] = Residual,
        ["dropout"] = () => new Declared().Input(11).Add("Dense", new { units = 8, Activation = Activation.Tanh }).Add("Dropout", new { rate = 0.4 })
            .Add("Dense", new { units = 8, Activation = Activation.ReLU }).Add("Dropout", new { rate = 0.25 }).Add("Dense", new { units = 2 }).Add("MeanSquaredError"),
        ["concat of branches"] = () => new Declared().Input(16)
            .Add("Dense", new { units = 16, Activation = Activation.ReLU, Name = "a" }).Add("Dense", new { units = 32, Activation = Activation.Tanh, Name = "b" })
            .Add("Concat", new { names = new[] { "a" } }).Add("Dense", new { units = 3 }).Add("MeanSquaredError"),
        ["concat of channels"] = () => new Declared().Input(4, 4, 2).Add("Conv2D", new { filters = 3, kernel = 1, Name = "left" }).Add("Conv2D", new { filters = 2, kernel = 3, Pad = 1 })
            .Add("Concat", new { names = new[] { "left" } }).Add("Flatten").Add("Dense", new { units = 4 }).Add("CrossEntropy"),
        ["two losses"] = () => new Declared().Input(10).Add("Rescale", new { scale = 0.5, offset = -1.0 }).Add("Dense", new { units = 6, Activation = Activation.Sigmoid, Name = "code" })
            .Add("Output", new { name = "code" }).Add("Dense", new { units = 10, Name = "decoded" }).Add("MeanSquaredError", new { Target = "input", Name = "reconstruction", Weight = 0.3 })
            .Add("From", new { name = "code" }).Add("Dense", new { units = 4 }).Add("CrossEntropy", new { Name = "label" }),
        ["two inputs"] = () => new Declared().Add("Input", new { shape = new[] { 5 }, Name = "x" }).Add("Dense", new { units = 4, Name = "left" })
            .Add("Input", new { shape = new[] { 3 }, Name = "z" }).Add("Dense", new { units = 4 }).Add("Add", new { names = new[] { "left" } })
            .Add("Activation", new { kind = Activation.ReLU }).Add("Dense", new { units = 2 }).Add("MeanSquaredError"),
        ["rows"] = () => new Declared().Input(5, 3).Add("Dense", new { units = 4, Activation = Activation.ReLU }).Add("Dense", new { units = 6 }).Add("CrossEntropy"),
        ["shared gradient"] = () => new Declared().Input(4).Add("Dense", new { units = 4, Name = "a" }).Add("Dense", new { units = 4 }).Add("Add", new { names = new[] { "a" } }).Add("MeanSquaredError"),
        ["no loss"] = () => new Declared().Input(3, 3, 1).Add("Flatten").Add("Reshape", new { shape = new[] { 3, 3 } }).Add("Dense", new { units = 2, Activation = Activation.Softmax }),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static Declared MnistCnnLike() => new Declared().Input(12, 12, 1).Add("Rescale", new { scale = 1 / 255.0 })
        .Add("Conv2D", new { filters = 4, kernel = 3, Activation = Activation.ReLU }).Add("MaxPool2D", new { size = 2 }).Add("Flatten")
        .Add("Dense", new { units = 6, Activation = Activation.ReLU }).Add("Dense", new { units = 3 }).Add("CrossEntropy");

    public static Declared MnistCnn() => new Declared("MnistCnn").Input(28, 28, 1).Add("Rescale", new { scale = 1 / 255.0 })
        .Add("Conv2D", new { filters = 32, kernel = 3, Activation = Activation.ReLU }).Add("MaxPool2D", new { size = 2 }).Add("Flatten")
        .Add("Dense", new { units = 64, Activation = Activation.ReLU }).Add("Dense", new { units = 10 }).Add("CrossEntropy");

    private static Declared Residual()
    {
        Declared body = new Declared("Body").Constant("Width", 4)
            .Add("Conv2D", new { filters = Declared.Ref("Width"), kernel = 3, Pad = 1, UseBias = false }).Add("BatchNorm", new { Activation = Activation.ReLU })
            .Add("Conv2D", new { filters = Declared.Ref("Width"), kernel = 3, Pad = 1, UseBias = false }).Add("BatchNorm");
        return new Declared().With(body).Input(5, 5, 4).Residual("Body", new { arguments = new object[] { 4 }, Repeat = 2, Activation = Activation.ReLU })
            .Add("Flatten").Add("Dense", new { units = 3 }).Add("CrossEntropy");
    }

    /// <summary>A spec with other options.</summary>
    public static NetworkSpec Spec(string name, bool inspectable = false, bool inputGradients = false) =>
        All[name]().ToSpec() with { Inspectable = inspectable, InputGradients = inputGradients };
}
