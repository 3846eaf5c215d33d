using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>The shape that every layer gives.</summary>
public sealed class LayerShapeTests
{
    public static TheoryData<int[], string, object?, int[]> Layers => new()
    {
        { [784], "Rescale", new { scale = 1 / 255.0 }, [784] },
        { [], "Rescale", new { scale = 2, offset = -1 }, [] },
        { [13], "Standardize", null, [13] },
        { [28, 28, 3], "Standardize", null, [28, 28, 3] },
        { [784], "Dense", new { units = 10 }, [10] },
        { [5, 7], "Dense", new { units = 3, UseBias = false }, [5, 3] },
        { [28, 28, 1], "Conv2D", new { filters = 32, kernel = 3 }, [26, 26, 32] },
        { [28, 28, 1], "Conv2D", new { filters = 32, kernelHeight = 3, kernelWidth = 5 }, [26, 24, 32] },
        { [28, 28, 1], "Conv2D", new { filters = 4, kernel = 3, Stride = 2 }, [13, 13, 4] },
        { [28, 28, 1], "Conv2D", new { filters = 4, kernel = 3, Stride = 2, Padding = Padding.Same }, [14, 14, 4] },
        { [29, 27, 1], "Conv2D", new { filters = 4, kernel = 3, Stride = 2, Padding = Padding.Same }, [15, 14, 4] },
        { [28, 28, 1], "Conv2D", new { filters = 4, kernel = 3, Stride = 2, Pad = 1 }, [14, 14, 4] },
        { [28, 28, 1], "Conv2D", new { filters = 4, kernel = 3, Dilation = 2 }, [24, 24, 4] },
        { [3, 3, 2], "Conv2D", new { filters = 1, kernel = 3, Padding = Padding.Same, Dilation = 3 }, [3, 3, 1] },
        { [28, 28, 1], "Conv2D", new { filters = 1, kernel = 28 }, [1, 1, 1] },
        { [1, 1, 1], "Conv2D", new { filters = 1, kernel = 1, Stride = 7 }, [1, 1, 1] },
        { [26, 26, 32], "MaxPool2D", new { size = 2 }, [13, 13, 32] },
        { [13, 13, 8], "MaxPool2D", new { size = 2 }, [6, 6, 8] },
        { [13, 13, 8], "MaxPool2D", new { size = 2, Padding = Padding.Same }, [7, 7, 8] },
        { [13, 13, 8], "MaxPool2D", new { size = 3, Stride = 1 }, [11, 11, 8] },
        { [12, 12, 8], "MaxPool2D", new { size = 3, Stride = 2, Pad = 1 }, [6, 6, 8] },
        { [8, 8, 4], "AveragePool2D", new { size = 8 }, [1, 1, 4] },
        { [9, 7, 4], "AveragePool2D", new { size = 3, Stride = 2, Padding = Padding.Same }, [5, 4, 4] },
        { [9, 7, 4], "GlobalAveragePool2D", null, [4] },
        { [9, 7, 4], "GlobalMaxPool2D", null, [4] },
        { [1, 1, 1], "GlobalMaxPool2D", null, [1] },
        { [4, 5, 6], "Flatten", null, [120] },
        { [7], "Flatten", null, [7] },
        { [], "Flatten", null, [1] },
        { [12], "Reshape", new { shape = new[] { 3, 4 } }, [3, 4] },
        { [12], "Reshape", new { shape = new[] { 2, -1, 3 } }, [2, 2, 3] },
        { [2, 6], "Reshape", new { shape = new[] { -1 } }, [12] },
        { [1], "Reshape", new { shape = Array.Empty<int>() }, [] },
        { [4, 4, 2], "Dropout", new { rate = 0.5 }, [4, 4, 2] },
        { [4, 4, 2], "Dropout", new { rate = 0 }, [4, 4, 2] },
        { [4, 4, 2], "BatchNorm", null, [4, 4, 2] },
        { [5], "BatchNorm", new { Momentum = 1, Epsilon = 1e-3, Activation = Activation.ReLU }, [5] },
        { [4, 4, 2], "LayerNorm", null, [4, 4, 2] },
        { [5], "LayerNorm", new { Epsilon = 1e-3, Activation = Activation.GELU }, [5] },
        { [], "Activation", new { kind = Activation.GELU }, [] },
        { [5], "Activation", new { kind = Activation.Softmax }, [5] },
        { [2, 5], "Activation", new { kind = Activation.None }, [2, 5] },
        { [2, 5], "Add", new { names = new[] { "input" } }, [2, 5] },
        { [2, 5], "Add", new { names = new[] { "input", "input" } }, [2, 5] },
        { [2, 5], "Concat", new { names = new[] { "input" } }, [2, 10] },
        { [2, 5], "Concat", new { names = new[] { "input", "input" }, Axis = 0 }, [6, 5] },
        { [2, 5], "Concat", new { names = new[] { "input" }, Axis = -2 }, [4, 5] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gives(int[] input, string kind, object? arguments, int[] output)
    {
        ShapeResult result = new Declared().Input(input).Add(kind, arguments).BuildQuietly();
        Assert.Equal(output, result.Layers[^1].Output);
        Assert.Equal(output, Assert.Single(result.Training!.Outputs).Value.Type.Shape);
    }

    /// <summary>TensorFlow's same padding: the odd one at the bottom and right. Explicit padding: the same on all sides.</summary>
    [Theory]
    [InlineData(28, 3, 2, 1, 0, 1)]
    [InlineData(29, 3, 2, 1, 1, 1)]
    [InlineData(28, 4, 1, 1, 1, 2)]
    [InlineData(28, 3, 1, 2, 2, 2)]
    [InlineData(10, 1, 3, 1, 0, 0)]
    [InlineData(5, 2, 3, 1, 0, 0)]
    public void SamePaddingIsTensorFlows(int extent, int kernel, int stride, int dilation, int before, int after)
    {
        ShapeResult result = new Declared().Input(extent, extent, 1)
            .Add("Conv2D", new { filters = 1, kernel, Stride = stride, Dilation = dilation, Padding = Padding.Same })
            .BuildQuietly();
        var window = result.Inference!.Nodes.Select(n => n.Op).OfType<NetDsl.Generators.IR.Op.Conv2D>().Single().Window;
        Assert.Equal((before, after, before, after), (window.PadTop, window.PadBottom, window.PadLeft, window.PadRight));
    }

    [Theory]
    [InlineData("Conv2D1", "3x3, stride 2, dilation 2, same, HeUniform, no bias, ReLU")]
    [InlineData("Conv2D2", "1x1, pad 1, GlorotNormal, bias Ones")]
    [InlineData("MaxPool2D1", "2x2")]
    [InlineData("AveragePool2D1", "3x3, stride 1")]
    [InlineData("BatchNorm1", "momentum 0.1, epsilon 1E-05, Tanh")]
    [InlineData("LayerNorm1", "epsilon 0.001, SiLU")]
    [InlineData("GlobalMaxPool2D1", "6x6")]
    [InlineData("GlobalAveragePool2D1", "2x2")]
    [InlineData("Dropout1", "0.25")]
    [InlineData("Dense1", "GlorotUniform")]
    [InlineData("Rescale1", "2 x - 1")]
    public void TheHoverShowsEffectiveValues(string path, string detail)
    {
        ShapeResult result = new Declared().Input(28, 28, 1)
            .Add("Rescale", new { scale = 2, offset = -1.0 })
            .Add("Conv2D", new { filters = 4, kernel = 3, Stride = 2, Dilation = 2, Padding = Padding.Same, Activation = Activation.ReLU, UseBias = false })
            .Add("Conv2D", new { filters = 4, kernel = 1, Pad = 1, KernelInitializer = Initializer.GlorotNormal, BiasInitializer = Initializer.Ones })
            .Add("MaxPool2D", new { size = 2 })
            .Add("AveragePool2D", new { size = 3, Stride = 1 })
            .Add("BatchNorm", new { Activation = Activation.Tanh })
            .Add("LayerNorm", new { Epsilon = 1e-3, Activation = Activation.SiLU })
            .Add("GlobalMaxPool2D")
            .Add("Reshape", new { shape = new[] { 2, 2, 1 } })
            .Add("GlobalAveragePool2D")
            .Add("Flatten")
            .Add("Dropout", new { rate = 0.25 })
            .Add("Dense", new { units = 3 })
            .BuildQuietly();
        Assert.Equal(detail, result.Layers.Single(row => row.Path == path).Detail);
    }

    [Fact]
    public void RowsCountParametersAndFlops()
    {
        ShapeResult result = new Declared().Input(28, 28, 1)
            .Add("Conv2D", new { filters = 32, kernel = 3, Activation = Activation.ReLU })
            .Add("BatchNorm")
            .Add("MaxPool2D", new { size = 2 })
            .Add("Flatten")
            .Add("Dense", new { units = 10 })
            .BuildQuietly();
        Assert.Equal(["input", "Conv2D1", "BatchNorm1", "MaxPool2D1", "Flatten1", "Dense1"], result.Layers.Select(r => r.Path));
        Assert.Equal([0, 320, 64, 0, 0, 54090], result.Layers.Select(r => r.Parameters));
        Assert.Equal([0, 0, 64, 0, 0, 0], result.Layers.Select(r => r.State));

        // 26 x 26 x 32 outputs: 9 multiply-adds, the bias, the ReLU.
        Assert.Equal(26 * 26 * 32 * (18 + 1 + 1), result.Layers[1].Flops);
        Assert.Equal((2 * 13 * 13 * 32 * 10) + 10, result.Layers[5].Flops);
    }
}
