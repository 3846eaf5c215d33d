using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Generators.Tests.Autodiff;

/// <summary>Convolutions and pools over every kind of geometry: extent, kernel, stride, dilation and padding.</summary>
public class WindowGradientTests
{
    /// <summary>Height, width, kernel height and width, stride, dilation, padding at top, bottom, left and right.</summary>
    public static TheoryData<int, int, int, int, int, int, int[]> Windows => new()
    {
        { 4, 4, 2, 2, 2, 1, [0, 0, 0, 0] },
        { 5, 5, 3, 3, 1, 1, [0, 0, 0, 0] },
        { 5, 3, 3, 3, 2, 1, [1, 1, 1, 1] },
        { 7, 5, 3, 2, 2, 1, [0, 1, 1, 0] },
        { 6, 7, 2, 2, 3, 1, [0, 0, 0, 0] },
        { 1, 1, 1, 1, 1, 1, [0, 0, 0, 0] },
        { 1, 6, 1, 3, 1, 1, [0, 0, 1, 1] },
        { 5, 1, 4, 1, 1, 1, [2, 1, 0, 0] },
        { 7, 6, 3, 2, 1, 2, [0, 0, 0, 0] },
        { 5, 6, 3, 3, 2, 2, [2, 2, 1, 2] },
        { 3, 3, 3, 3, 1, 1, [0, 0, 0, 0] },
        { 4, 5, 1, 1, 2, 1, [0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Conv2D(int height, int width, int kernelHeight, int kernelWidth, int stride, int dilation, int[] pad)
    {
        Window window = WindowOf(kernelHeight, kernelWidth, stride, dilation, pad);
        foreach (var (channels, filters) in new[] { (1, 1), (2, 3) })
        {
            var sketch = new GraphSketch();
            sketch.Output("y", sketch.Add(new Op.Conv2D(window), sketch.Column("x", height, width, channels), sketch.Parameter("w", kernelHeight, kernelWidth, channels, filters)));
            GradientCheck.Run(sketch, 2);
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void The_gradients_of_Conv2D_have_gradients(int height, int width, int kernelHeight, int kernelWidth, int stride, int dilation, int[] pad)
    {
        Window window = WindowOf(kernelHeight, kernelWidth, stride, dilation, pad);
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", height, width, 2);
        Value dy = sketch.Column("dy", window.OutputHeight(height), window.OutputWidth(width), 3);
        sketch.Output("dx", sketch.Add(new Op.Conv2DInputGradient(window, x.Type.Shape), dy, sketch.Parameter("w", kernelHeight, kernelWidth, 2, 3)));
        sketch.Output("dw", sketch.Add(new Op.Conv2DFilterGradient(window), x, dy));
        GradientCheck.Run(sketch, 2);
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void Pools(int height, int width, int kernelHeight, int kernelWidth, int stride, int dilation, int[] pad)
    {
        Window window = WindowOf(kernelHeight, kernelWidth, stride, dilation, pad);
        foreach (int channels in new[] { 1, 3 })
        {
            var sketch = new GraphSketch();
            Value x = sketch.Column("x", height, width, channels);
            sketch.Output("max", sketch.Add(new Op.MaxPool2D(window), x));
            sketch.Output("average", sketch.Add(new Op.AveragePool2D(window), x));
            GradientCheck.Run(sketch, 2);
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void The_gradient_of_AveragePool2D_has_a_gradient(int height, int width, int kernelHeight, int kernelWidth, int stride, int dilation, int[] pad)
    {
        Window window = WindowOf(kernelHeight, kernelWidth, stride, dilation, pad);
        var sketch = new GraphSketch();
        Value dy = sketch.Column("dy", window.OutputHeight(height), window.OutputWidth(width), 2);
        sketch.Output("dx", sketch.Add(new Op.AveragePool2DGradient(window, new([height, width, 2])), dy));
        GradientCheck.Run(sketch, 2);
    }

    private static Window WindowOf(int kernelHeight, int kernelWidth, int stride, int dilation, int[] pad) =>
        new(kernelHeight, kernelWidth, stride, stride, dilation, dilation, pad[0], pad[1], pad[2], pad[3]);
}
