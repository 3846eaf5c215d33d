using NetDsl.Conformance.Goldens;
using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using Xunit;

namespace NetDsl.Conformance.Cpu.Reference;

/// <summary>The graphs that layers build, evaluated by the interpreter, against PyTorch.</summary>
public class LayerGoldenTests
{
    private const double Tolerance = 1e-11;

    public static TheoryData<string> Activations => [.. Golden.Cases("activations")];

    public static TheoryData<string> BinaryCrossEntropies => [.. Golden.Cases("binarycrossentropy")];

    public static TheoryData<string> BatchNorms => [.. Golden.Cases("batchnorm")];

    public static TheoryData<string> LayerNorms => [.. Golden.Cases("layernorm")];

    public static TheoryData<string> GlobalPools => [.. Golden.Cases("globalpool2d")];

    public static TheoryData<string> Layers => [.. Golden.Cases("layers")];

    public static TheoryData<string> Masked => [.. Golden.Cases("masked")];

    public static TheoryData<string> Losses => [.. Golden.Cases("losses")];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layer_and_its_gradients(string name)
    {
        Golden golden = Golden.Load("layers", name);
        int[] shape = golden.Shape("x");
        NetworkGraphs graphs = GraphsOf($"[Input({string.Join(", ", shape[1..])}), {golden.Text("layers")}]");
        double[][] parameters = [.. Enumerable.Range(0, golden.Int("parameters")).Select(i => golden[$"p{i}"])];
        Assert.Equal(parameters.Length, graphs.Backward.Parameters.Count);
        ReferenceRun run = Run(graphs.Backward, shape[0], parameters, ("input", golden["x"]), ("d(output)", golden["dy"]));
        // The gradient by a key's bias is 0, and what both compute of it is what cancelling leaves.
        double tolerance = name.StartsWith("MultiHeadAttention", StringComparison.Ordinal) ? 1e-9 : Tolerance;
        Numbers.AssertClose(golden["y"], run.Output("output"), tolerance, "y");
        Numbers.AssertClose(golden["dx"], run.InputGradient("input"), tolerance, "dx");
        for (int i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(golden.Shape($"p{i}"), graphs.Backward.Parameters[i].Shape);
            if (graphs.Backward.Parameters[i].Role == ParameterRole.State) continue; // A table that stays as it is.
            Numbers.AssertClose(golden[$"dp{i}"], run.Gradient(graphs.Backward.Parameters[i].Path), tolerance, $"gradient by parameter {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Masked))]
    public void Layer_that_passes_over_padding_and_its_gradients(string name)
    {
        Golden golden = Golden.Load("masked", name);
        NetworkGraphs graphs = GraphsOf($"[{golden.Text("layers")}]");
        double[][] parameters = [.. Enumerable.Range(0, golden.Int("parameters")).Select(i => golden[$"p{i}"])];
        Assert.Equal(parameters.Length, graphs.Backward.Parameters.Count);
        ReferenceRun run = Run(graphs.Backward, golden.Shape("x")[0], parameters, ("input", golden["x"]), ("d(output)", golden["dy"]));
        double tolerance = name == "MultiHeadAttention" ? 1e-9 : Tolerance;
        Numbers.AssertClose(golden["y"], run.Output("output"), tolerance, "y");
        for (int i = 0; i < parameters.Length; i++)
            Numbers.AssertClose(golden[$"dp{i}"], run.Gradient(graphs.Backward.Parameters[i].Path), tolerance, $"gradient by parameter {i}");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Loss_and_its_gradient(string name)
    {
        Golden golden = Golden.Load("losses", name);
        int[] shape = golden.Shape("x");
        NetworkGraphs graphs = GraphsOf($"[Input({shape[1]}), Dense({shape[1]}, UseBias = false), {golden.Text("layers")}]");
        string loss = Assert.Single(graphs.Step.Losses).Name;
        ReferenceRun run = Run(graphs.Step, shape[0], [Identity(shape[1])], ("input", golden["x"]), (loss, golden["target"]));
        Numbers.AssertClose(golden["loss"], run.Loss(loss), Tolerance, "loss");
        CheckWeightGradient(golden["x"], golden["dx"], run.Gradient("Dense1/weight"), shape);
    }

    [Fact]
    public void Triplet_and_its_gradient()
    {
        Golden golden = Golden.Load("triplet", "margin 0.5");
        NetworkGraphs graphs = GraphsOf("[Input(4, Name = \"p\"), Input(4, Name = \"n\"), Input(4, Name = \"a\"), Dense(4, UseBias = false), Triplet(\"p\", \"n\", Margin = 0.5)]");
        ReferenceRun run = Run(graphs.Step, 5, [Identity(4)], ("a", golden["a"]), ("p", golden["p"]), ("n", golden["n"]));
        Numbers.AssertClose(golden["loss"], run.Loss("Triplet1"), Tolerance, "loss");
        CheckWeightGradient(golden["a"], golden["da"], run.Gradient("Dense1/weight"), [5, 4]);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_and_its_derivative_at_zero_too(string kind)
    {
        Golden golden = Golden.Load("activations", kind);
        NetworkGraphs graphs = GraphsOf($"[Input(8), Activation(Activation.{kind})]");
        double[] ones = [.. Enumerable.Repeat(1.0, 8)];
        ReferenceRun run = Run(graphs.Backward, 1, [], ("input", golden["x"]), ("d(output)", ones));
        Numbers.AssertClose(golden["y"], run.Output("output"), Tolerance, "y");

        // PyTorch multiplies by a sixth in single precision.
        Numbers.AssertClose(golden["dx"], run.InputGradient("input"), kind == "HardSigmoid" ? 1e-7 : Tolerance, "dx");
    }

    [Theory]
    [MemberData(nameof(BinaryCrossEntropies))]
    public void BinaryCrossEntropy_with_logits(string name)
    {
        Golden golden = Golden.Load("binarycrossentropy", name);
        int[] shape = golden.Shape("logits");
        NetworkGraphs graphs = GraphsOf($"[Input({shape[1]}), Dense({shape[1]}, UseBias = false), BinaryCrossEntropy]");
        ReferenceRun run = Run(graphs.Step, shape[0], [Identity(shape[1])], ("input", golden["logits"]), ("BinaryCrossEntropy1", golden["target"]));
        Numbers.AssertClose(golden["loss"], run.Loss("BinaryCrossEntropy1"), Tolerance, "loss");
        CheckWeightGradient(golden["logits"], golden["dlogits"], run.Gradient("Dense1/weight"), shape);
    }

    [Fact]
    public void MeanSquaredError_is_the_mean_over_the_elements()
    {
        Golden golden = Golden.Load("meansquarederror", "four values");
        int[] shape = golden.Shape("x");
        NetworkGraphs graphs = GraphsOf($"[Input({shape[1]}), Dense({shape[1]}, UseBias = false), MeanSquaredError]");
        ReferenceRun run = Run(graphs.Step, shape[0], [Identity(shape[1])], ("input", golden["x"]), ("MeanSquaredError1", golden["target"]));
        Numbers.AssertClose(golden["loss"], run.Loss("MeanSquaredError1"), Tolerance, "loss");
        CheckWeightGradient(golden["x"], golden["dx"], run.Gradient("Dense1/weight"), shape);
    }

    [Theory]
    [MemberData(nameof(BatchNorms))]
    public void BatchNorm_in_training_and_prediction_with_its_running_statistics(string name)
    {
        Golden golden = Golden.Load("batchnorm", name);
        int[] shape = golden.Shape("x");
        string sample = string.Join(", ", shape[1..]);
        NetworkGraphs graphs = GraphsOf($"[Input({sample}), BatchNorm, MeanSquaredError]");
        Assert.Equal(["BatchNorm1/scale", "BatchNorm1/bias", "BatchNorm1/mean", "BatchNorm1/variance"], graphs.Training.Parameters.Select(p => p.Path));
        double[][] parameters = [golden["gamma"], golden["beta"], golden["mean"], golden["variance"]];
        var columns = new[] { ("input", golden["x"]), ("MeanSquaredError1", golden["target"]) };

        ReferenceRun step = Run(graphs.Step, shape[0], parameters, columns);
        Numbers.AssertClose(golden["y"], step.Output("output"), Tolerance, "y");
        Numbers.AssertClose(golden["dgamma"], step.Gradient("BatchNorm1/scale"), Tolerance, "dgamma");
        Numbers.AssertClose(golden["dbeta"], step.Gradient("BatchNorm1/bias"), Tolerance, "dbeta");
        Numbers.AssertClose(golden["newMean"], step.State("BatchNorm1/mean"), Tolerance, "running mean");
        Numbers.AssertClose(golden["newVariance"], step.State("BatchNorm1/variance"), Tolerance, "running variance");

        ReferenceRun inference = Run(graphs.Inference, shape[0], parameters, columns);
        Numbers.AssertClose(golden["inference"], inference.Output("output"), Tolerance, "in prediction");

        // The loss is a mean over all elements: dy = 2 (y - t) / n.
        double[] dy = [.. golden["y"].Zip(golden["target"], (y, t) => 2 * (y - t) / golden["y"].Length)];
        ReferenceRun backward = Run(graphs.Backward, shape[0], parameters, [.. columns, ("d(output)", dy)]);
        Numbers.AssertClose(golden["dx"], backward.InputGradient("input"), Tolerance, "dx");
    }

    [Theory]
    [MemberData(nameof(LayerNorms))]
    public void LayerNorm_and_its_gradients(string name)
    {
        Golden golden = Golden.Load("layernorm", name);
        int[] shape = golden.Shape("x");
        NetworkGraphs graphs = GraphsOf($"[Input({string.Join(", ", shape[1..])}), LayerNorm]");
        Assert.Equal(["LayerNorm1/scale", "LayerNorm1/bias"], graphs.Backward.Parameters.Select(p => p.Path));

        // Around 10000 the differences keep 11 of their digits.
        double tolerance = name == "far from zero" ? 1e-9 : Tolerance;
        ReferenceRun run = Run(graphs.Backward, shape[0], [golden["gamma"], golden["beta"]], ("input", golden["x"]), ("d(output)", golden["dy"]));
        Numbers.AssertClose(golden["y"], run.Output("output"), tolerance, "y");
        Numbers.AssertClose(golden["dx"], run.InputGradient("input"), tolerance, "dx");
        Numbers.AssertClose(golden["dgamma"], run.Gradient("LayerNorm1/scale"), tolerance, "dgamma");
        Numbers.AssertClose(golden["dbeta"], run.Gradient("LayerNorm1/bias"), tolerance, "dbeta");
    }

    [Theory]
    [MemberData(nameof(GlobalPools))]
    public void Global_pools_and_their_gradients_with_the_choice_among_ties(string name)
    {
        Golden golden = Golden.Load("globalpool2d", name);
        int[] shape = golden.Shape("x");
        string kind = golden.Int("maximum") == 1 ? "GlobalMaxPool2D" : "GlobalAveragePool2D";
        NetworkGraphs graphs = GraphsOf($"[Input({string.Join(", ", shape[1..])}), {kind}]");
        ReferenceRun run = Run(graphs.Backward, shape[0], [], ("input", golden["x"]), ("d(output)", golden["dy"]));
        Numbers.AssertClose(golden["y"], run.Output("output"), Tolerance, "y");
        Numbers.AssertClose(golden["dx"], run.InputGradient("input"), Tolerance, "dx");
    }

    [Fact]
    public void CrossEntropy_reads_logits_and_after_a_Softmax_what_went_into_it()
    {
        Golden golden = Golden.Load("crossentropy", "ten classes");
        foreach (string layers in new[] { "[Input(10), CrossEntropy]", "[Input(10), Activation(Activation.Softmax), CrossEntropy]" })
        {
            ReferenceRun run = Run(GraphsOf(layers).Inference, 7, [], ("input", golden["logits"]), ("CrossEntropy1", golden["labels"]));
            Numbers.AssertClose(golden["loss"], run.Loss("CrossEntropy1"), Tolerance, "loss");
        }
    }

    private static NetworkGraphs GraphsOf(string layers) => NetworkGraphs.Of(new NetworkCase("golden", layers).Source, NetworkCase.Type);

    private static ReferenceRun Run(Graph graph, int batch, double[][] parameters, params (string Name, double[] Data)[] columns) =>
        ReferenceInterpreter.Run(graph, new ReferenceInputs(batch, columns.ToDictionary(c => c.Name, c => c.Data), parameters));

    private static double[] Identity(int n) => [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select i == j ? 1.0 : 0];

    /// <summary>Under y = x W with W = 1 the gradient by W is x^T dy.</summary>
    private static void CheckWeightGradient(double[] x, double[] dy, double[] gradient, int[] shape)
    {
        int rows = shape[0], n = shape[1];
        double[] expected = [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select Enumerable.Range(0, rows).Sum(r => x[(r * n) + i] * dy[(r * n) + j])];
        Numbers.AssertClose(expected, gradient, Tolerance, "x^T dy");
    }
}
