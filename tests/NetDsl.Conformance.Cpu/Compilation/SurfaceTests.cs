using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Networks;
using Xunit;

namespace NetDsl.Conformance.Cpu.Compilation;

/// <summary>User's code over the generated members, compiled with them: each gives the bits that its program gives.</summary>
public class SurfaceTests
{
    private const int Batch = 5;

    [Fact]
    public void One_input_and_one_output_are_spans()
    {
        Check(
            "[Network] [Input(6), Rescale(0.5), Dense(4), CrossEntropy] internal partial class Net;",
            """
            var predicted = new float[x.Length / 6 * 4];
            net.Predict(x, predicted);
            var forward = new float[predicted.Length];
            net.Forward(x, forward);
            return [predicted, net.Predict(x), forward, net.Forward(x), net.Classify(x.AsSpan(0, 6)).Probabilities];
            """,
            run => [run("Predict", "output"), run("Predict", "output"), run("Forward", "output"), run("Forward", "output"), run("Predict", "output")[..4]]);
    }

    [Fact]
    public void Bytes_are_predicted_as_the_floats_they_are()
    {
        float[][] results = Run(
            "[Network] [Input(6), Rescale(1 / 255.0), Dense(4), CrossEntropy] internal partial class Net;",
            """
            byte[] bytes = [0, 1, 127, 128, 254, 255];
            float[] floats = [0, 1, 127, 128, 254, 255];
            var fromBytes = new float[4];
            net.Predict(bytes, fromBytes);
            return [net.Predict(floats), fromBytes, net.Classify(bytes).Probabilities, net.Classify(floats).Probabilities];
            """);
        Assert.All(results, probabilities => Assert.Equal(results[0], probabilities));
        Assert.Equal(1, results[0].Sum(), 1e-6);
    }

    [Fact]
    public void Labels_that_do_not_count_are_in_no_report()
    {
        string declaration = "[Network] [Input(2, 3), Dense(4), CrossEntropy(IgnoreIndex = 255)] internal partial class Net;";
        float[] results = Run(
            declaration,
            """
            byte[] labels = [0, 255, 255, 255, 3, 1];
            var data = new DataSet(new Column("input", new float[18], 2, 3), new Column("CrossEntropy1", labels, 2));
            var report = (ClassificationReport)net.Evaluate(data).Losses[0];
            return [[report.Answers, (float)report.Classes[0].Support, (float)report.Loss, .. net.Predict(new float[6])]];
            """)[0];
        Assert.Equal([3, 1], results[..2]);
        // One row of the first sample counts, none of the second, both of the third, and all have the same probabilities.
        Assert.Equal(-(Math.Log(results[3]) + ((Math.Log(results[6]) + Math.Log(results[4])) / 2)) / 3, results[2], 1e-6);

        var error = Assert.Throws<ArgumentException>(() => Run(declaration, """
            net.Evaluate(new DataSet(new Column("input", new float[6], 2, 3), new Column("CrossEntropy1", new byte[] { 0, 4 }, 2)));
            return [];
            """));
        Assert.Contains("has the label 4 in row 0; expected are 0 to 3 for 4 classes, and 255 for what does not count.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_of_padding_are_in_no_loss_and_no_report()
    {
        float[][] results = Run(
            """
            [Network]
            [TokenInput(4, 5, Name = "text", PaddingId = 0), Embedding(3, Name = "vectors"), Dense(3), CrossEntropy(Name = "tag"), From("vectors")]
            [Dense(1, Name = "one"), BinaryCrossEntropy(Name = "yes"), From("one"), MeanSquaredError(Name = "size")]
            internal partial class Net;
            """,
            """
            int[] text = [3, 1, 0, 0, 0, 0, 0, 0, 2, 4, 1, 0];
            byte[] tags = [2, 1, 1, 1, 0, 0, 0, 0, 2, 2, 0, 0];
            float[] yes = [1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0], sizes = [1, 2, 900, 900, 900, 900, 900, 900, 5, 2, 3, 900];
            EvaluationReport Evaluate() => net.Evaluate(new DataSet(new Column("text", text, 4), new Column("tag", tags, 4), new Column("yes", yes, 4, 1), new Column("size", sizes, 4, 1)));
            EvaluationReport before = Evaluate();
            var tagged = (ClassificationReport)before.Losses[0];
            var answered = (BinaryReport)before.Losses[1];
            var sized = (RegressionReport)before.Losses[2];
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] != 0) continue;
                tags[i] = (byte)(2 - tags[i]);
                yes[i] = 1 - yes[i];
                sizes[i] = -7;
            }

            EvaluationReport after = Evaluate();
            float[] Figures(EvaluationReport report) =>
                [.. System.Linq.Enumerable.Select(report.Losses, loss => (float)loss.Loss), (float)((ClassificationReport)report.Losses[0]).Accuracy, (float)((BinaryReport)report.Losses[1]).Accuracy, (float)((RegressionReport)report.Losses[2]).R2];
            return
            [
                [tagged.Answers, tagged.Classes[2].Support, answered.Counts.TruePositives + answered.Counts.FalsePositives + answered.Counts.TrueNegatives + answered.Counts.FalseNegatives, (float)sized.Loss],
                Figures(before),
                Figures(after),
            ];
            """);
        Assert.Equal([5f, 3f, 5f], results[0][..3]);
        Assert.Equal(results[1], results[2]);
        Assert.InRange(results[0][3], 0.1f, 100f);
    }

    [Fact]
    public void Several_inputs_outputs_and_targets_are_members_of_structs()
    {
        Check(
            """
            [Network(InputGradients = true)]
            [Input(6, Name = "x"), Dense(5, Name = "a"), Input(3, Name = "y"), Dense(5), Add("a"), Activation(Activation.Tanh, Name = "both")]
            [Dense(4), CrossEntropy(Name = "kind"), From("both"), Dense(2), MeanSquaredError(Name = "size", Weight = 0.25)]
            internal partial class Net;
            """,
            """
            int n = x.Length / 6;
            float[] kind = new float[n * 4], size = new float[n * 2], kindForward = new float[n * 4], sizeForward = new float[n * 2], dx = new float[n * 6], dy = new float[n * 3];
            var inputs = new Net.Inputs { X = x, Y = columns["y"] };
            net.Predict(inputs, new Net.Outputs { Kind = kind, Size = size });
            net.Forward(inputs, new Net.Outputs { Kind = kindForward, Size = sizeForward });
            net.Backward(inputs, new Net.OutputGradients { Kind = columns["d(kind)"], Size = columns["d(size)"] }, new Net.InputGradients { X = dx, Y = dy });
            float[] backward = net.Parameters.A.Weight.GradientToArray();
            net.Gradients(inputs, new Net.Targets { Kind = System.Array.ConvertAll(columns["kind"], label => (int)label), Size = columns["size"] });
            return [kind, size, kindForward, sizeForward, dx, dy, backward, net.Parameters.A.Weight.GradientToArray(), net.Parameters.Dense3.Bias.GradientToArray()];
            """,
            run =>
            [
                run("Predict", "kind"), run("Predict", "size"), run("Forward", "kind"), run("Forward", "size"),
                run("Backward", "d x"), run("Backward", "d y"), run("Backward", "a/weight"), run("Train", "a/weight"), run("Train", "Dense3/bias"),
            ]);
    }

    [Fact]
    public void Each_declared_output_has_a_method_that_runs_its_ancestors_alone()
    {
        Check(
            """
            [Network]
            [Input(6), Dense(5, Activation = Activation.Tanh), Output("code"), Dense(3), Output("middle"), Dense(4), CrossEntropy]
            internal partial class Net;
            """,
            """
            float[] code = new float[x.Length / 6 * 5], middle = new float[x.Length / 6 * 3];
            net.Code(x, code);
            net.Middle(x, middle);
            return [code, net.Code(x), middle, net.Middle(x)];
            """,
            run => [run("Forward", "code"), run("Forward", "code"), run("Forward", "middle"), run("Forward", "middle")]);
    }

    [Fact]
    public void Many_samples_are_predicted_in_chunks_with_the_bits_of_each_alone()
    {
        float[][] results = Run(
            "[Network] [Input(6), Dense(7, Activation = Activation.ReLU), Dense(2), MeanSquaredError] internal partial class Net;",
            """
            var many = new float[1003 * 6];
            for (int i = 0; i < many.Length; i++) many[i] = (i * 37 % 101) / 50f - 1;
            var alone = new float[1003 * 2];
            for (int i = 0; i < 1003; i++) net.Predict(many.AsSpan(i * 6, 6), alone.AsSpan(i * 2, 2));
            return [net.Predict(many), alone, [((INetwork)net).Runtime.PredictionBatch]];
            """);
        Assert.True(results[2][0] < 1003, "the batch should need several chunks");
        Assert.Equal(results[0], results[1]);
    }

    /// <summary>Compares what the user's code gives with the programs' own results, bit for bit.</summary>
    private static void Check(string declaration, string body, Func<Func<string, string, float[]>, float[][]> expected)
    {
        LoadedNetwork loaded = Load(declaration, body);
        var cache = new Dictionary<ProgramKind, ProgramResult>();
        using var driver = new NetworkDriver(loaded.Create(Device.Cpu));
        float[][] actual = Call(loaded);
        float[][] wanted = expected(Get);
        Assert.Equal(wanted.Length, actual.Length);
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], actual[i]);

        float[] Get(string program, string name)
        {
            ProgramKind kind = Enum.Parse<ProgramKind>(program);
            Graph graph = kind switch { ProgramKind.Train => loaded.Graphs.Step, ProgramKind.Backward => loaded.Graphs.Backward, _ => loaded.Graphs.Inference };
            if (!cache.TryGetValue(kind, out ProgramResult? result)) cache.Add(kind, result = driver.Run(kind, graph, Inputs(loaded, graph)));
            if (name.StartsWith("d ", StringComparison.Ordinal)) return result.InputGradients[name[2..]];
            return result.Outputs.TryGetValue(name, out float[]? output) ? output : result.Gradients[name];
        }
    }

    private static float[][] Run(string declaration, string body) => Call(Load(declaration, body));

    private static float[][] Call(LoadedNetwork loaded)
    {
        ReferenceInputs inputs = Inputs(loaded, loaded.Graphs.Backward);
        Dictionary<string, float[]> columns = Inputs(loaded, loaded.Graphs.Training).Columns.Concat(inputs.Columns)
            .DistinctBy(column => column.Key).ToDictionary(column => column.Key, column => Array.ConvertAll(column.Value, value => (float)value));
        float[][] parameters = [.. inputs.Parameters.Select(values => Array.ConvertAll(values, value => (float)value))];
        return (float[][])loaded.Call("A.Use", "Run", columns[loaded.Graphs.Inference.Inputs[0].Name], columns, parameters)!;
    }

    /// <summary>The first step, as a new network takes it.</summary>
    private static ReferenceInputs Inputs(LoadedNetwork loaded, Graph graph)
    {
        // The gradients of the outputs come after the other columns, so that these are the same in every program.
        Assert.Equal(loaded.Graphs.Inference.Inputs.Select(i => i.Name), graph.Inputs.Take(loaded.Graphs.Inference.Inputs.Count).Select(i => i.Name));
        return TestData.Inputs(graph, Batch) with { Seed = 0, Step = 0 };
    }

    private static LoadedNetwork Load(string declaration, string body) => LoadedNetwork.Load(
        $$"""
        using System;
        using System.Collections.Generic;
        using NetDsl;
        namespace A;
        {{declaration}}
        internal static class Use
        {
            public static float[][] Run(float[] x, Dictionary<string, float[]> columns, float[][] parameters)
            {
                using var net = Net.Create(new NetworkOptions { Device = Device.Cpu, Threads = 2 });
                if (columns.Count == 0) return [];
                for (int i = 0; i < parameters.Length; i++) ((INetwork)net).Runtime.Parameter(i).CopyFrom(parameters[i]);
                {{body}}
            }
        }
        """,
        "A.Net",
        ProjectSettings.Ordinary);
}
