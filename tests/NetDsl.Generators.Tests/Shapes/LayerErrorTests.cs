using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;
using Xunit;
using static NetDsl.Generators.Tests.Shapes.Declared;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>What does not fit, each at the exact argument and with both shapes.</summary>
public sealed class LayerErrorTests
{
    /// <summary>Layer 1 of a network, the shape it is given, and which argument must be what but is what.</summary>
    public static TheoryData<int[], string, object?, string, int, string, string> Ranges => new()
    {
        { [4], "Rescale", new { scale = 0 }, "scale", -1, "other than 0", "0" },
        { [4], "Rescale", new { scale = 1, offset = double.NaN }, "offset", -1, "finite", "NaN" },
        { [4], "Dense", new { units = 0 }, "units", -1, "positive", "0" },
        { [4], "Dense", new { units = (1 << 24) + 1 }, "units", -1, "at most 16777216", "16777217" },
        { [4], "Dense", new { units = 2, Activation = (Activation)42 }, "Activation", -1, "one of None, ReLU, LeakyReLU, Sigmoid, Tanh, Softmax, ELU, SiLU, GELU, GELUTanh, Softplus, SELU, Mish, Hardswish, HardSigmoid, ReLU6, Softsign, LogSoftmax", "Activation.42" },
        { [8, 8, 1], "Conv2D", new { filters = -1, kernel = 3 }, "filters", -1, "positive", "-1" },
        { [8, 8, 1], "Conv2D", new { filters = 1, kernel = 0 }, "kernel", -1, "positive", "0" },
        { [8, 8, 1], "Conv2D", new { filters = 1, kernelHeight = 1, kernelWidth = -3 }, "kernelWidth", -1, "positive", "-3" },
        { [8, 8, 1], "Conv2D", new { filters = 1, kernel = 3, Stride = 0 }, "Stride", -1, "positive", "0" },
        { [8, 8, 1], "Conv2D", new { filters = 1, kernel = 3, Dilation = 0 }, "Dilation", -1, "positive", "0" },
        { [8, 8, 1], "Conv2D", new { filters = 1, kernel = 3, Pad = -1 }, "Pad", -1, "zero or more", "-1" },
        { [8, 8, 1], "MaxPool2D", new { size = 0 }, "size", -1, "positive", "0" },
        { [8, 8, 1], "MaxPool2D", new { size = 2, Stride = 0 }, "Stride", -1, "positive", "0" },
        { [8, 8, 1], "AveragePool2D", new { size = 2, Pad = 2 }, "Pad", -1, "less than the size 2", "2" },
        { [8], "Reshape", new { shape = new[] { 2, 0 } }, "shape", 1, "positive or -1", "0" },
        { [8], "Reshape", new { shape = new[] { -2, 4 } }, "shape", 0, "positive or -1", "-2" },
        { [8], "Reshape", new { shape = new[] { -1, 2, -1 } }, "shape", 2, "positive, since shape[0] is -1 already", "-1" },
        { [8], "Dropout", new { rate = 1.0 }, "rate", -1, "0 or more and less than 1", "1" },
        { [8], "Dropout", new { rate = -0.1 }, "rate", -1, "0 or more and less than 1", "-0.1" },
        { [8], "BatchNorm", new { Momentum = 0.0 }, "Momentum", -1, "more than 0 and at most 1", "0" },
        { [8], "BatchNorm", new { Momentum = 1.5 }, "Momentum", -1, "more than 0 and at most 1", "1.5" },
        { [8], "BatchNorm", new { Epsilon = 0.0 }, "Epsilon", -1, "more than 0", "0" },
        { [8], "LayerNorm", new { Epsilon = 0.0 }, "Epsilon", -1, "more than 0", "0" },
        { [8], "LayerNorm", new { Activation = (Activation)99 }, "Activation", -1, "one of None, ReLU, LeakyReLU, Sigmoid, Tanh, Softmax, ELU, SiLU, GELU, GELUTanh, Softplus, SELU, Mish, Hardswish, HardSigmoid, ReLU6, Softsign, LogSoftmax", "Activation.99" },
        { [8], "Add", new { names = Array.Empty<string>() }, "names", -1, "at least one name", "empty" },
        { [8], "Concat", new { names = new[] { "input" }, Axis = 1 }, "Axis", -1, "from -1 to 0", "1" },
        { [8, 8], "Concat", new { names = new[] { "input" }, Axis = -3 }, "Axis", -1, "from -2 to 1", "-3" },
        { [8, 3], "Permute", new { axes = new[] { 0, 2 } }, "axes", 1, "less than 2, the number of axes of (8, 3)", "2" },
        { [8, 3], "Permute", new { axes = new[] { 1, 1 } }, "axes", 1, "an axis that is not there yet", "1" },
        { [8, 3], "Permute", new { axes = new[] { 0 } }, "axes", -1, "all 2 axes of (8, 3)", "(0)" },
        { [8, 3], "Permute", new { axes = new[] { 0, -1 } }, "axes", 1, "zero or more", "-1" },
        { [5, 8], "MultiHeadAttention", new { heads = 3 }, "heads", -1, "a divisor of the width 8, or KeyDimension given", "3" },
        { [5, 8], "MultiHeadAttention", new { heads = 4, KeyHeads = 3 }, "KeyHeads", -1, "a divisor of the 4 heads", "3" },
        { [5, 8], "MultiHeadAttention", new { heads = 2, KeyDimension = 0 }, "KeyDimension", -1, "positive", "0" },
        { [5, 8], "FeedForward", new { units = 0 }, "units", -1, "positive", "0" },
        { [8], "RMSNorm", new { Epsilon = 0.0 }, "Epsilon", -1, "more than 0", "0" },
        { [8], "GroupNorm", new { groups = 2, Epsilon = -1.0 }, "Epsilon", -1, "more than 0", "-1" },
        { [8], "GroupNorm", new { groups = 3 }, "groups", -1, "a divisor of the 8 channels", "3" },
        { [4], "Dense", new { units = 2, L2 = -0.5 }, "L2", -1, "0 or more", "-0.5" },
        { [4, 6, 2], "Patches", new { size = 4 }, "size", -1, "a divisor of both extents of (4, 6, 2)", "4" },
        { [4, 6, 2], "AdaptiveMaxPool2D", new { rows = 5, columns = 2 }, "rows", -1, "at most 4, the extent of axis 0 of (4, 6, 2)", "5" },
        { [4, 6, 2], "AdaptiveAveragePool2D", new { size = 5 }, "size", -1, "at most 4, the extent of axis 0 of (4, 6, 2)", "5" },
        { [4, 4, 2], "SpatialDropout2D", new { rate = 1.0 }, "rate", -1, "0 or more and less than 1", "1" },
        { [4, 4, 2], "UpSampling2D", new { size = 0 }, "size", -1, "positive", "0" },
        { [4, 4, 2], "UpSampling2D", new { size = 1 << 14 }, "size", -1, "less, since the result would be too large", "16384" },
        { [4, 4, 2], "ZeroPadding2D", new { border = -1 }, "border", -1, "zero or more", "-1" },
        { [4, 4, 2], "ZeroPadding2D", new { top = 0, bottom = 0, left = -2, right = 0 }, "left", -1, "zero or more", "-2" },
        { [4, 4, 2], "Cropping2D", new { border = -1 }, "border", -1, "zero or more", "-1" },
        { [4, 4, 2], "DepthwiseConv2D", new { kernel = 2, DepthMultiplier = 0 }, "DepthMultiplier", -1, "positive", "0" },
        { [4, 4, 2], "DepthwiseConv2D", new { kernel = 0 }, "kernel", -1, "positive", "0" },
        { [4000, 4000, 4], "DepthwiseConv2D", new { kernel = 1, DepthMultiplier = 16777216 }, "DepthMultiplier", -1, "less, since the image becomes too large", "16777216" },
        { [4, 4, 2], "SeparableConv2D", new { filters = 0, kernel = 2 }, "filters", -1, "positive", "0" },
        { [4, 6], "MultiHeadAttention", new { heads = 2, Rotary = true }, "Rotary", -1, "false where a head has an odd number of elements (3)", "true" },
        { [4, 6], "PositionalEmbedding", new { Sinusoidal = true, EmbeddingsInitializer = Initializer.Zeros }, "EmbeddingsInitializer", -1, "absent where the vectors are sinusoidal", "Zeros" },
        { [4, 4, 2], "ConvTranspose2D", new { filters = 0, kernel = 2 }, "filters", -1, "positive", "0" },
        { [2, 2, 2], "ConvTranspose2D", new { filters = 1, kernel = 2, Pad = 2 }, "Pad", -1, "less than half of the unpadded result", "2" },
        { [8], "GaussianNoise", new { deviation = -0.1 }, "deviation", -1, "0 or more", "-0.1" },
        { [4, 6], "AdaptiveMaxPool1D", new { size = 5 }, "size", -1, "at most 4, the extent of axis 0 of (4, 6)", "5" },
        { [8], "Split", new { names = new[] { "a" } }, "names", -1, "at least two names", "\"a\"" },
        { [8], "Split", new { names = new[] { "a", "b", "c" } }, "names", -1, "a divisor of 8 in number, since axis 0 of (8) has 8 elements; Sizes allows others", "3" },
        { [8], "Split", new { names = new[] { "a", "b" }, Sizes = new[] { 3, 4 } }, "Sizes", -1, "8 together, since axis 0 of (8) has 8 elements", "7" },
        { [8], "Split", new { names = new[] { "a", "b" }, Sizes = new[] { 8 } }, "Sizes", -1, "2 numbers, one for each name", "1" },
        { [8], "Split", new { names = new[] { "a", "b" }, Sizes = new[] { 8, 0 } }, "Sizes", 1, "positive", "0" },
        { [8], "Slice", new { start = 8, length = 1 }, "start", -1, "from -8 to 7", "8" },
        { [8], "Slice", new { start = -9, length = 1 }, "start", -1, "from -8 to 7", "-9" },
        { [8], "Slice", new { start = 6, length = 3 }, "length", -1, "at most 2, since axis 0 of (8) has 8 elements and 6 are before the first", "3" },
        { [8], "Slice", new { start = 0, length = 0 }, "length", -1, "positive", "0" },
        { [8, 3], "Slice", new { start = 0, length = 1, Axis = 2 }, "Axis", -1, "from -2 to 1", "2" },
        { [8, 3], "Conv1D", new { filters = 1, kernel = 0 }, "kernel", -1, "positive", "0" },
        { [8, 3], "MaxPool1D", new { size = 2, Pad = 2 }, "Pad", -1, "less than the size 2", "2" },
        { [8], "RMSNorm", new { Epsilon = 1e-50 }, "Epsilon", -1, "0, or of a magnitude from 1.4E-45 to 3.4E+38", "1E-50" },
        { [8], "Hinge", new { Weight = 1e300 }, "Weight", -1, "0, or of a magnitude from 1.4E-45 to 3.4E+38", "1E+300" },
        { [2, 2, 1], "ConvTranspose2D", new { filters = 1, kernel = 257, Dilation = 16777216, Padding = Padding.Same }, "Dilation", -1, "less, since the kernel reaches too far", "16777216" },
        { [1, 1, 2], "ConvTranspose2D", new { filters = 3, kernel = 1, Stride = 65536 }, "Stride", -1, "at most 1024", "65536" },
        { [3, 3, 1], "Conv2D", new { filters = 1, kernel = 1, Stride = 65536 }, "Stride", -1, "at most 1024", "65536" },
        { [1, 1, 1], "ConvTranspose2D", new { filters = 1, kernel = 1100 }, "kernel", -1, "less: a window has at most 65536 elements", "1100x1100" },
        { [1, 1], "Conv1D", new { filters = 1, kernel = 1100000, Causal = true }, "kernel", -1, "less: a window has at most 65536 elements", "1x1100000" },
        { [4, 4, 2], "Cropping2D", new { border = 2 }, "border", -1, "less, since nothing is left of (4, 4, 2)", "2" },
        { [5, 3], "LSTM", new { units = 0 }, "units", -1, "positive", "0" },
        { [5, 3], "GRU", new { units = 10000 }, "units", -1, "less, since the weights would be too large", "10000" },
        { [8], "Huber", new { Delta = 0.0 }, "Delta", -1, "more than 0", "0" },
        { [8], "CrossEntropy", new { LabelSmoothing = 1.0 }, "LabelSmoothing", -1, "0 or more and less than 1", "1" },
        { [8], "CrossEntropy", new { LabelSmoothing = -0.1 }, "LabelSmoothing", -1, "0 or more and less than 1", "-0.1" },
        { [3], "CrossEntropy", new { ClassWeights = new object[] { 1, 2.0 } }, "ClassWeights", -1, "one weight for each of 3 classes", "2 weights" },
        { [2], "CrossEntropy", new { ClassWeights = new object[] { 1.0, -1.0 } }, "ClassWeights", 1, "zero or more", "-1" },
        { [2], "CrossEntropy", new { ClassWeights = new object[] { 0, 0 } }, "ClassWeights", -1, "positive for at least one class", "0 for all" },
        { [5000], "CrossEntropy", new { ClassWeights = Enumerable.Repeat<object>(1.0, 5000).ToArray() }, "ClassWeights", -1, "absent with more than 4096 classes", "5000 weights" },
        { [8], "Focal", new { Alpha = 1.0 }, "Alpha", -1, "more than 0 and less than 1", "1" },
        { [8], "Focal", new { Gamma = -1.0 }, "Gamma", -1, "0 or more", "-1" },
        { [8], "Dice", new { Smooth = 0.0 }, "Smooth", -1, "more than 0", "0" },
        { [8], "Triplet", new { positive = "input", negative = "input", Margin = 0.0 }, "Margin", -1, "more than 0", "0" },
        { [8], "Triplet", new { positive = "input", negative = "input", Target = "input" }, "Target", -1, "absent: this loss compares the tensors that it names", "input" },
        { [8], "Multiply", new { names = Array.Empty<string>() }, "names", -1, "at least one name", "empty" },
        { [8], "MeanSquaredError", new { Standardize = true, Target = "input" }, "Standardize", -1, "false where the target is a tensor of the network, which no data standardize", "true" },
        { [8], "MeanSquaredError", new { Weight = 0.0 }, "Weight", -1, "positive", "0" },
        { [8], "Dense", new { units = 2, Name = "a/b" }, "Name", -1, "letters, digits and underscores that start with no digit", "\"a/b\"" },
        { [8], "Output", new { name = "" }, "name", -1, "letters, digits and underscores that start with no digit", "\"\"" },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void OutOfRange(int[] input, string kind, object? arguments, string parameter, int element, string expected, string actual)
    {
        string shown = element < 0 ? parameter : $"{parameter}[{element}]";
        new Declared().Input(input).Add(kind, arguments).Fails(DiagnosticIds.ArgumentRange, At(1, parameter, element), shown, expected, actual);
    }

    [Fact]
    public void InputExtents() =>
        new Declared().Input(28, 0, 1).Fails(DiagnosticIds.ArgumentRange, At(0, "shape", 1), "shape[1]", "positive", "0");

    public static TheoryData<int[], string, object?, string> Ranks => new()
    {
        { [784], "Conv2D", new { filters = 8, kernel = 3 }, "an image (height, width, channels)" },
        { [28, 28], "MaxPool2D", new { size = 2 }, "an image (height, width, channels)" },
        { [2, 28, 28, 1], "AveragePool2D", new { size = 2 }, "an image (height, width, channels)" },
        { [], "Dense", new { units = 2 }, "a tensor of at least one axis" },
        { [], "BatchNorm", null, "a tensor of at least one axis" },
        { [], "LayerNorm", null, "a tensor of at least one axis" },
        { [10], "GlobalAveragePool2D", null, "an image (height, width, channels)" },
        { [10, 10], "GlobalMaxPool2D", null, "an image (height, width, channels)" },
        { [2, 4, 4, 3], "GlobalMaxPool2D", null, "an image (height, width, channels)" },
        { [], "Standardize", null, "a tensor of at least one axis" },
        { [], "Activation", new { kind = Activation.Softmax }, "a tensor of at least one axis for its softmax" },
        { [], "Concat", new { names = new[] { "input" } }, "a tensor of at least one axis" },
        { [], "CrossEntropy", null, "a tensor whose last axis is the classes" },
    };

    [Theory]
    [MemberData(nameof(Ranks))]
    public void WrongRank(int[] input, string kind, object? arguments, string expected)
    {
        SpecDiagnostic error = new Declared().Input(input).Add(kind, arguments)
            .Fails(DiagnosticIds.WrongRank, At(1), kind + "1", expected, "input", $"({string.Join(", ", input)})");
        Assert.Equal([At(0)], error.Additional);
    }

    [Fact]
    public void AWindowThatDoesNotFitNamesBothShapesAndTheLayerBefore()
    {
        Declared image = new Declared().Input(28, 28, 1).Add("Conv2D", new { filters = 8, kernel = 3 });
        SpecDiagnostic error = image.Add("Conv2D", new { filters = 8, kernel = 30 })
            .Fails(DiagnosticIds.WindowDoesNotFit, At(2, "kernel"), "Conv2D2", "30x30", "(26, 26, 8)", "Conv2D1");
        Assert.Equal([At(1)], error.Additional);
    }

    [Theory]
    [InlineData(3, 9, "kernelWidth", "3x9")]
    [InlineData(9, 3, "kernelHeight", "9x3")]
    [InlineData(9, 9, "kernelHeight", "9x9")]
    public void AWindowThatDoesNotFitPointsAtTheSideThatIsTooLong(int kernelHeight, int kernelWidth, string parameter, string window) =>
        new Declared().Input(8, 8, 1).Add("Conv2D", new { filters = 1, kernelHeight, kernelWidth })
            .Fails(DiagnosticIds.WindowDoesNotFit, At(1, parameter), "Conv2D1", window, "(8, 8, 1)", "input");

    [Fact]
    public void DilationAndPaddingCountForTheFit()
    {
        new Declared().Input(8, 8, 1).Add("Conv2D", new { filters = 1, kernel = 3, Dilation = 4, Pad = 0 })
            .Fails(DiagnosticIds.WindowDoesNotFit, At(1, "kernel"), "Conv2D1", "3x3 (dilation 4)", "(8, 8, 1)", "input");
        new Declared().Input(8, 8, 1).Add("Conv2D", new { filters = 1, kernel = 11, Pad = 1 })
            .Fails(DiagnosticIds.WindowDoesNotFit, At(1, "kernel"), "Conv2D1", "11x11 (pad 1)", "(8, 8, 1)", "input");
        new Declared().Input(8, 8, 1).Add("Conv2D", new { filters = 1, kernel = 1 << 24, Dilation = 1 << 24 })
            .Fails(DiagnosticIds.WindowDoesNotFit, At(1, "kernel"), "Conv2D1", "16777216x16777216 (dilation 16777216)", "(8, 8, 1)", "input");
        new Declared().Input(8, 8, 1).Add("MaxPool2D", new { size = 9 })
            .Fails(DiagnosticIds.WindowDoesNotFit, At(1, "size"), "MaxPool2D1", "9x9", "(8, 8, 1)", "input");
        new Declared().Input(8, 8, 1).Add("Conv2D", new { filters = 1, kernel = 10, Pad = 1 }).BuildQuietly();
    }

    [Theory]
    [InlineData("Conv2D")]
    [InlineData("MaxPool2D")]
    public void PadAndPaddingExcludeEachOther(string kind)
    {
        object arguments = kind == "Conv2D"
            ? new { filters = 1, kernel = 3, Padding = Padding.Valid, Pad = 1 }
            : new { size = 3, Padding = Padding.Same, Pad = 1 };
        new Declared().Input(8, 8, 1).Add(kind, arguments).Fails(DiagnosticIds.ExclusiveArguments, At(1, "Pad"), "Pad", "Padding");
    }

    [Fact]
    public void AddOfUnequalShapesPointsAtTheName()
    {
        SpecDiagnostic error = new Declared().Input(28, 28, 1)
            .Add("Conv2D", new { filters = 8, kernel = 3, Name = "stem" })
            .Add("Conv2D", new { filters = 8, kernel = 3, Name = "next" })
            .Add("Add", new { names = new[] { "next", "stem" } })
            .Fails(DiagnosticIds.ShapeMismatch, At(3, "names", 1), "Add1", "(24, 24, 8)", "next", "(26, 26, 8)", "stem");
        Assert.Equal([At(1)], error.Additional);
    }

    [Fact]
    public void WeightsOfNamesALayerWhoseTensorsFit()
    {
        new Declared().Input(4).Add("Dense", new { units = 3, Name = "a" }).Add("Dense", new { units = 3, WeightsOf = "a" })
            .Fails(DiagnosticIds.ArgumentRange, At(2, "WeightsOf"), "WeightsOf", "a layer whose weight is (3, 3)", "a, whose is (4, 3)");
        new Declared().Input(3).Add("Dense", new { units = 3, Name = "a", UseBias = false }).Add("Dense", new { units = 3, WeightsOf = "a" })
            .Fails(DiagnosticIds.ArgumentRange, At(2, "WeightsOf"), "WeightsOf", "a layer with a bias of (3)", "a, which has none");
        new Declared().Input(3).Add("Dense", new { units = 3, Name = "first" }).Add("Dense", new { units = 3, WeightsOf = "frist" })
            .Fails(DiagnosticIds.UnknownName, At(2, "WeightsOf"), "frist", "; did you mean \"first\"?", "first");
        new Declared().Input(3).Add("BatchNorm", new { Name = "a" }).Add("BatchNorm", new { WeightsOf = "a" })
            .Fails(DiagnosticIds.ArgumentRange, At(2, "WeightsOf"), "WeightsOf", "absent around running statistics, which only one layer can move", "a");
    }

    /// <summary>Each fits the current tensor, and the two do not fit each other.</summary>
    [Fact]
    public void MultiplyChecksTheNamedTensorsAgainstEachOther() =>
        new Declared().Input(1)
            .Add("Dense", new { units = 2, Name = "b" })
            .Add("From", new { name = "input" })
            .Add("Dense", new { units = 3, Name = "c" })
            .Add("From", new { name = "input" })
            .Add("Multiply", new { names = new[] { "b", "c" } })
            .Fails(DiagnosticIds.ShapeMismatch, At(5, "names", 1), "Multiply1", "(2)", "b", "(3)", "c");

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void ConcatNeedsTheOtherAxesEqual(int axis) =>
        new Declared().Input(28, 28, 1)
            .Add("Conv2D", new { filters = 8, kernel = 3, Name = "stem" })
            .Add("Conv2D", new { filters = 4, kernel = 3 })
            .Add("Concat", new { names = new[] { "stem" }, Axis = axis })
            .Fails(DiagnosticIds.ShapeMismatch, At(3, "names", 0), "Concat1", "(24, 24, 4)", "Conv2D2", "(26, 26, 8)", "stem");

    [Fact]
    public void ConcatNeedsEqualRanks() =>
        new Declared().Input(4, 4).Add("Flatten")
            .Add("Concat", new { names = new[] { "input" }, Axis = 0 })
            .Fails(DiagnosticIds.ShapeMismatch, At(2, "names", 0), "Concat1", "(16)", "Flatten1", "(4, 4)", "input");

    [Theory]
    [InlineData(new[] { 3, 5 }, "(3, 5)", "15")]
    [InlineData(new[] { 5, -1 }, "(5, -1)", "a multiple of 5")]
    [InlineData(new[] { 16777216, 16777216, 16777216 }, "(16777216, 16777216, 16777216)", "9223372036854775807")]
    public void ReshapeKeepsTheElements(int[] shape, string shown, string number) =>
        new Declared().Input(4, 4).Add("Reshape", new { shape })
            .Fails(DiagnosticIds.ReshapeMismatch, At(1, "shape"), "Reshape1", "(4, 4)", "input", "16", shown, number);

    [Fact]
    public void StandardizeWorksOnTheDataThemselves()
    {
        string reason = "it works on the data themselves: directly after [Input] or its [Rescale], not after ";
        new Declared().Input(4).Add("Dense", new { units = 4 }).Add("Standardize")
            .Fails(DiagnosticIds.Misplaced, At(2), "[Standardize]", reason + "Dense1");
        new Declared().Input(4).Add("Rescale", new { scale = 2 }).Add("Rescale", new { scale = 2 }).Add("Standardize")
            .Fails(DiagnosticIds.Misplaced, At(3), "[Standardize]", reason + "Rescale2");
    }

    [Fact]
    public void StandardizeNotesTheRescalingBeforeIt()
    {
        Graph graph = new Declared().Input(4).Add("Rescale", new { scale = 0.5, offset = -1 }).Add("Standardize").BuildQuietly().Training!;
        Assert.Equal(new StandardizeValue("input", 0.5, -1, 0, 1, 2), Assert.Single(graph.Standardize));
        Assert.Equal(["input"], graph.Rescaled);
    }

    [Fact]
    public void TooLarge()
    {
        new Declared().Input(16384, 16384, 2).Fails(DiagnosticIds.TooLarge, At(0, "shape"), "input", "536870912");
        new Declared().Input(65536).Add("Dense", new { units = 65536 }).Fails(DiagnosticIds.TooLarge, At(1), "Dense1/weight", "4294967296");
        new Declared().Input(1, 1, 1).Add("Conv2D", new { filters = 1, kernel = 1, Pad = 16000 })
            .Fails(DiagnosticIds.TooLarge, At(1), "Conv2D1 (32001, 32001, 1)", "1024064001");
        new Declared().Input(1, 1).Add("Conv1D", new { filters = 200, kernel = 1, Pad = 16777216 })
            .Fails(DiagnosticIds.TooLarge, At(1), "Conv1D1 (33554433, 200)", "6710886600");
        new Declared().Input(1, 16_000_000).Add("MaxPool1D", new { size = 300, Pad = 299, Stride = 1 })
            .Fails(DiagnosticIds.TooLarge, At(1), "MaxPool1D1 (300, 16000000)", "4800000000");
        new Declared().Input(2, 2, 1).Add("ConvTranspose2D", new { filters = 1, kernel = 257, Dilation = 16777216 })
            .Fails(DiagnosticIds.TooLarge, At(1), "ConvTranspose2D1 (4294967298, 4294967298, 1)", "18,446,744,090,889,400,000");
    }

    [Fact]
    public void DenseOnAnImageWarns()
    {
        ShapeResult result = new Declared().Input(8, 8, 3).Add("Dense", new { units = 4 }).Build();
        SpecDiagnostic warning = Assert.Single(result.Diagnostics);
        Assert.Equal((DiagnosticIds.DenseOnImage, At(1)), (warning.Id, warning.Location));
        Assert.Equal(["Dense1", "(8, 8, 3)", "input"], warning.Arguments);
    }

    [Fact]
    public void SoftmaxOfOneWarnsAtTheArgument()
    {
        SpecDiagnostic layer = Assert.Single(new Declared().Input(4, 1).Add("Activation", new { kind = Activation.Softmax }).Build().Diagnostics);
        Assert.Equal((DiagnosticIds.SoftmaxOfOne, At(1, "kind")), (layer.Id, layer.Location));
        Assert.Equal(["Activation1", "(4, 1)", "input"], layer.Arguments);
        SpecDiagnostic property = Assert.Single(new Declared().Input(4).Add("Dense", new { units = 1, Activation = Activation.Softmax }).Build().Diagnostics);
        Assert.Equal((DiagnosticIds.SoftmaxOfOne, At(1, "Activation")), (property.Id, property.Location));
        Assert.Equal(["Dense1", "(1)", "Dense1"], property.Arguments);
    }
}
