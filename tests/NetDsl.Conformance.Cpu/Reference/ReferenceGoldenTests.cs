using NetDsl.Conformance.Goldens;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Conformance.Cpu.Reference;

/// <summary>The interpreter's ops against PyTorch.</summary>
public class ReferenceGoldenTests
{
    public static TheoryData<string> Convolutions => [.. Golden.Cases("conv2d")];

    public static TheoryData<string> MaxPools => [.. Golden.Cases("maxpool2d")];

    public static TheoryData<string> AveragePools => [.. Golden.Cases("averagepool2d")];

    public static TheoryData<string> Softmaxes => [.. Golden.Cases("softmax")];

    public static TheoryData<string> CrossEntropies => [.. Golden.Cases("crossentropy")];

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Conv2D_and_its_gradients(string name)
    {
        Golden golden = Golden.Load("conv2d", name);
        Window window = WindowOf(golden, golden.Shape("w")[0], golden.Shape("w")[1], golden.Int("dilation"));
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", golden.Shape("x")[1..]), dy = sketch.Column("dy", golden.Shape("dy")[1..]);
        Value w = sketch.Parameter("w", golden.Shape("w"));
        Value y = sketch.Add(new Op.Conv2D(window), x, w);
        Value dx = sketch.Add(new Op.Conv2DInputGradient(window, x.Type.Shape), dy, w);
        Value dw = sketch.Add(new Op.Conv2DFilterGradient(window), x, dy);
        Check(sketch, golden, [golden["w"]], ("y", y), ("dx", dx), ("dw", dw));
    }

    [Theory]
    [MemberData(nameof(MaxPools))]
    public void MaxPool2D_and_its_gradient_with_the_choice_among_ties(string name)
    {
        Golden golden = Golden.Load("maxpool2d", name);
        Window window = WindowOf(golden, golden.Int("size"), golden.Int("size"), 1);
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", golden.Shape("x")[1..]), dy = sketch.Column("dy", golden.Shape("dy")[1..]);
        Check(sketch, golden, [], ("y", sketch.Add(new Op.MaxPool2D(window), x)), ("dx", sketch.Add(new Op.MaxPool2DGradient(window), x, dy)));
    }

    [Theory]
    [MemberData(nameof(AveragePools))]
    public void AveragePool2D_and_its_gradient_do_not_count_padding(string name)
    {
        Golden golden = Golden.Load("averagepool2d", name);
        Window window = WindowOf(golden, golden.Int("size"), golden.Int("size"), 1);
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", golden.Shape("x")[1..]), dy = sketch.Column("dy", golden.Shape("dy")[1..]);
        Value y = sketch.Add(new Op.AveragePool2D(window), x);
        Check(sketch, golden, [], ("y", y), ("dx", sketch.Add(new Op.AveragePool2DGradient(window, x.Type.Shape), dy)));
    }

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void Softmax_and_its_gradient(string name)
    {
        Golden golden = Golden.Load("softmax", name);
        var sketch = new GraphSketch();
        Value x = sketch.Column("x", golden.Shape("x")[1..]), dy = sketch.Column("dy", golden.Shape("dy")[1..]);
        Value y = sketch.Add(new Op.Softmax(), x);
        Check(sketch, golden, [], ("y", y), ("dx", sketch.Add(new Op.SoftmaxGradient(), y, dy)));
    }

    [Theory]
    [MemberData(nameof(CrossEntropies))]
    public void SoftmaxCrossEntropy_and_its_gradient_apart_and_in_one_pass(string name)
    {
        Golden golden = Golden.Load("crossentropy", name);
        var sketch = new GraphSketch();
        Value logits = sketch.Column("logits", golden.Shape("logits")[1..]), labels = sketch.Labels("labels");
        Value loss = sketch.Add(new Op.SoftmaxCrossEntropy(LabelRule.Plain), logits, labels);
        Value g = sketch.Builder.Add("g", new Op.Map(new ScalarExpression.InverseBatch(), TensorType.Batch()));
        Value dlogits = sketch.Add(new Op.SoftmaxCrossEntropyGradient(LabelRule.Plain), logits, labels, g);
        IReadOnlyList<Value> fused = sketch.Builder.AddAll(["loss", "dlogits"], new Op.SoftmaxCrossEntropyWithGradient(new ScalarExpression.InverseBatch(), LabelRule.Plain), logits, labels);
        Check(sketch, golden, [], ("loss", loss), ("dlogits", dlogits), ("loss", fused[0]), ("dlogits", fused[1]));
    }

    private static Window WindowOf(Golden golden, int height, int width, int dilation)
    {
        int stride = golden.Int("stride"), pad = golden.Int("pad");
        return new Window(height, width, stride, stride, dilation, dilation, pad, pad, pad, pad);
    }

    private static void Check(GraphSketch sketch, Golden golden, double[][] parameters, params (string Name, Value Value)[] expected)
    {
        Graph graph = sketch.ToGraph();
        var columns = graph.Inputs.ToDictionary(input => input.Name, input => golden[input.Name]);
        ReferenceRun run = ReferenceInterpreter.Run(graph, new ReferenceInputs(golden.Shape(graph.Inputs[0].Name)[0], columns, parameters));
        foreach (var (name, value) in expected) Numbers.AssertClose(golden[name], run[value], 1e-12, name);
    }
}
