using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Tests.Shapes;
using Xunit;
using static NetDsl.Generators.IR.ScalarExpression;

namespace NetDsl.Generators.Tests.IR;

/// <summary>The printed IR: one readable line per node.</summary>
public sealed class GraphPrinterTests
{
    [Fact]
    public void AGraph()
    {
        Graph graph = new Declared().Input(4, 4, 1)
            .Add("Conv2D", new { filters = 2, kernel = 3, Stride = 2, Padding = Padding.Same, UseBias = false, Activation = Activation.ReLU })
            .Add("BatchNorm", new { Momentum = 0.5, Epsilon = 0.25 })
            .Add("MaxPool2D", new { size = 2 })
            .Add("Flatten")
            .Add("Dense", new { units = 3 })
            .Add("CrossEntropy", new { Weight = 2 })
            .BuildQuietly().Training!;
        string expected = """
            graph Net
              parameter 0 Conv2D1/weight: F32[3,3,1,2] HeUniform
              parameter 1 BatchNorm1/scale: F32[2] Ones
              parameter 2 BatchNorm1/bias: F32[2] Zeros
              parameter 3 BatchNorm1/mean: F32[2] State Zeros
              parameter 4 BatchNorm1/variance: F32[2] State Ones
              parameter 5 Dense1/weight: F32[2,3] GlorotUniform
              parameter 6 Dense1/bias: F32[3] Zeros
              %input: F32[B,4,4,1] = Input() {Feature "input"} // input
              %Conv2D1/weight: F32[3,3,1,2] = Parameter() {0} // Conv2D1
              %Conv2D1/convolution: F32[B,2,2,2] = Conv2D(%input, %Conv2D1/weight) {3x3 stride 2 pad 0,1,0,1} // Conv2D1
              %Conv2D1/ReLU: F32[B,2,2,2] = Map(%Conv2D1/convolution) {max(%Conv2D1/convolution, 0)} // Conv2D1
              %BatchNorm1/scale: F32[2] = Parameter() {1} // BatchNorm1
              %BatchNorm1/bias: F32[2] = Parameter() {2} // BatchNorm1
              %BatchNorm1/mean: F32[2] = Parameter() {3} // BatchNorm1
              %BatchNorm1/variance: F32[2] = Parameter() {4} // BatchNorm1
              %BatchNorm1/total: F32[2] = Reduce(%Conv2D1/ReLU) {sum over B,0,1} // BatchNorm1
              %BatchNorm1/batchMean: F32[2] = Map(%BatchNorm1/total) {%BatchNorm1/total * (1/B * 0.25)} // BatchNorm1
              %BatchNorm1/squares: F32[2] = Reduce(%Conv2D1/ReLU, %BatchNorm1/batchMean) {sum over B,0,1 of (%Conv2D1/ReLU - %BatchNorm1/batchMean) * (%Conv2D1/ReLU - %BatchNorm1/batchMean)} // BatchNorm1
              %BatchNorm1/batchVariance: F32[2] = Map(%BatchNorm1/squares) {%BatchNorm1/squares * (1/B * 0.25)} // BatchNorm1
              %BatchNorm1/nextMean: F32[2] = Map(%BatchNorm1/mean, %BatchNorm1/batchMean) {0.5 * %BatchNorm1/mean + 0.5 * %BatchNorm1/batchMean} // BatchNorm1
              %BatchNorm1/nextVariance: F32[2] = Map(%BatchNorm1/variance, %BatchNorm1/batchVariance) {0.5 * %BatchNorm1/variance + 0.5 * %BatchNorm1/batchVariance / (1 > 1/B * 0.25 ? 1 - 1/B * 0.25 : 1)} // BatchNorm1
              %BatchNorm1/inverse: F32[2] = Map(%BatchNorm1/batchVariance) {1 / sqrt(%BatchNorm1/batchVariance + 0.25)} // BatchNorm1
              %BatchNorm1/normalized: F32[B,2,2,2] = Map(%Conv2D1/ReLU, %BatchNorm1/batchMean, %BatchNorm1/inverse) {(%Conv2D1/ReLU - %BatchNorm1/batchMean) * %BatchNorm1/inverse} // BatchNorm1
              %BatchNorm1/scaled: F32[B,2,2,2] = Map(%BatchNorm1/normalized, %BatchNorm1/scale, %BatchNorm1/bias) {%BatchNorm1/normalized * %BatchNorm1/scale + %BatchNorm1/bias} // BatchNorm1
              %MaxPool2D1/maximum: F32[B,1,1,2] = MaxPool2D(%BatchNorm1/scaled) {2x2 stride 2} // MaxPool2D1
              %Flatten1/flat: F32[B,2] = Reshape(%MaxPool2D1/maximum) // Flatten1
              %Dense1/weight: F32[2,3] = Parameter() {5} // Dense1
              %Dense1/product: F32[B,3] = MatMul(%Flatten1/flat, %Dense1/weight) // Dense1
              %Dense1/bias: F32[3] = Parameter() {6} // Dense1
              %Dense1/sum: F32[B,3] = Map(%Dense1/product, %Dense1/bias) {%Dense1/product + %Dense1/bias} // Dense1
              %CrossEntropy1/probabilities: F32[B,3] = Softmax(%Dense1/sum) // CrossEntropy1
              %CrossEntropy1: I32[B] = Input() {Target "CrossEntropy1"} // CrossEntropy1 loss
              %CrossEntropy1/loss: F32[B] = SoftmaxCrossEntropy(%Dense1/sum, %CrossEntropy1) // CrossEntropy1 loss
              output output = %Dense1/sum
              loss CrossEntropy1 = 2 * mean(%CrossEntropy1/loss)
              state BatchNorm1/mean = %BatchNorm1/nextMean
              state BatchNorm1/variance = %BatchNorm1/nextVariance

            """;
        Assert.Equal(expected, GraphPrinter.Print(graph));
    }

    [Fact]
    public void AnEpilogueAndItsOperands()
    {
        var dy = new Value(TensorType.Batch(26, 26, 32), "dy");
        var w = new Value(TensorType.Fixed(3, 3, 8, 32), "w");
        var x = new Value(TensorType.Batch(28, 28, 8), "x");
        var dx = new Value(TensorType.Batch(28, 28, 8), "dx");
        var window = new Window(3, 3, 1, 1, 1, 1, 0, 0, 0, 0);
        var node = new Node(
            new Op.Conv2DInputGradient(window, EquatableArray.Of(28, 28, 8)),
            [dy, w, x],
            [dx],
            new Origin("Conv2D1", "Conv2D", Phase.Backward),
            new SelectGreater(Of(1), 0, Of(0), 0),
            EpilogueOperands: 1);
        Assert.Equal("%dx: F32[B,28,28,8] = Conv2DInputGradient(%dy, %w) {3x3} then (%x > 0 ? $ : 0) // Conv2D1 backward", GraphPrinter.Print(node));
    }

    [Theory]
    [InlineData(3, 5, 1, 1, 1, 1, "3x5")]
    [InlineData(2, 2, 2, 2, 1, 1, "2x2 stride 2")]
    [InlineData(2, 3, 2, 3, 1, 4, "2x3 stride 2x3 dilation 1x4")]
    public void Windows(int height, int width, int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, string text) =>
        Assert.Equal(text, GraphPrinter.Print(new Window(height, width, strideHeight, strideWidth, dilationHeight, dilationWidth, 0, 0, 0, 0)));

    public static TheoryData<string, string> Expressions()
    {
        ScalarExpression a = Of(0), b = Of(1), c = Of(2);
        var data = new TheoryData<string, string>
        {
            { Print(a + (b * c)), "$0 + $1 * $2" },
            { Print((a + b) * c), "($0 + $1) * $2" },
            { Print(a - (b - c)), "$0 - ($1 - $2)" },
            { Print(a - b - c), "$0 - $1 - $2" },
            { Print(a / (b * c)), "$0 / ($1 * $2)" },
            { Print(-(a + b)), "-($0 + $1)" },
            { Print(-(-a)), "-(-$0)" },
            { Print(a * -2), "$0 * -2" },
            { Print(new Binary(BinaryFunction.Max, a + b, 0)), "max($0 + $1, 0)" },
            { Print(new Unary(UnaryFunction.Log1p, new Unary(UnaryFunction.Exp, -a))), "log1p(exp(-$0))" },
            { Print(new SelectGreater(a, b, c, 0.5)), "($0 > $1 ? $2 : 0.5)" },
            { Print(new Uniform(255) * new InverseBatch()), "uniform(0x000000ff) * (1/B)" },
        };
        return data;
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void ExpressionsHaveNoMoreParenthesesThanTheyNeed(string printed, string expected) => Assert.Equal(expected, printed);

    private static string Print(ScalarExpression expression) => ExpressionPrinter.Print(expression);
}
