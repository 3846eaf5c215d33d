using NetDsl.Networks;
using NetDsl.Tests.Cpu;
using Xunit;

namespace NetDsl.Tests.Generated;

/// <summary>A network whose first layer reads the input itself.</summary>
[Network]
[Input(9, 7, 1)]
[Conv2D(5, 3, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(20, Activation = Activation.Sigmoid)]
[Dense(1)]
[BinaryCrossEntropy]
public partial class StampNet;

/// <summary>Dense layers of odd widths from the input on.</summary>
[Network]
[Input(37)]
[Dense(50, Activation = Activation.Tanh)]
[Dense(3)]
[MeanSquaredError]
public partial class OddNet;

/// <summary>Two inputs, of which the answer needs one alone.</summary>
[Network]
[Input(1, Name = "a")]
[Input(1000, Name = "b"), Dense(1), BinaryCrossEntropy(Target = "a")]
public partial class AsideNet;

/// <summary>Inputs are read where the caller has them: nothing is written there, nothing behind them is read, and the bits are those of a copy.</summary>
public sealed class BorrowedInputTests
{
    public static TheoryData<int, int> Batches => new() { { 1, 1 }, { 1, 2 }, { 3, 1 }, { 8, 2 }, { 33, 1 }, { 33, 2 }, { 150, 2 }, { 300, 2 } };

    [Theory]
    [MemberData(nameof(Batches))]
    public void Predictions_are_those_of_a_copy(int samples, int threads)
    {
        NetworkOptions options = new() { Seed = 5, Threads = threads };
        using (var net = StampNet.Create(options)) Check(((INetwork)net).Runtime, 63, 1, (x, y) => net.Predict(x, y));
        using (var net = OddNet.Create(options)) Check(((INetwork)net).Runtime, 37, 3, (x, y) => net.Predict(x, y));

        void Check(NetworkRuntime runtime, int inputs, int outputs, Prediction predict)
        {
            using GuardedMemory input = new(samples * inputs, 3);
            float[] before = input.Span.ToArray(), expected = new float[samples * outputs], actual = new float[samples * outputs];
            for (int first = 0; first < samples; first += runtime.PredictionBatch)
            {
                int count = Math.Min(runtime.PredictionBatch, samples - first);
                using ProgramRun run = runtime.Begin(ProgramKind.Predict, count);
                run.SetInput(0, input.Span.Slice(first * inputs, count * inputs));
                run.Execute();
                run.CopyOutput(0, expected.AsSpan(first * outputs, count * outputs));
            }

            predict(input.Span, actual);
            Frames.SameBits(expected, actual);
            Frames.SameBits(before, input.Span);
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Gradients_are_those_of_a_copy(int samples, int threads)
    {
        NetworkOptions options = new() { Seed = 5, Threads = threads };
        float[] targets = [.. Enumerable.Range(0, 3 * samples).Select(i => i % 2)];
        using (var net = StampNet.Create(options)) Check(((INetwork)net).Runtime, 63, targets.AsSpan(0, samples), (x, t) => net.Gradients(x, t));
        using (var net = OddNet.Create(options)) Check(((INetwork)net).Runtime, 37, targets, (x, t) => net.Gradients(x, t));

        void Check(NetworkRuntime runtime, int inputs, ReadOnlySpan<float> target, Step step)
        {
            using GuardedMemory input = new(samples * inputs, 3);
            float[] before = input.Span.ToArray();
            float expectedLoss;
            using (ProgramRun run = runtime.Begin(ProgramKind.Train, samples))
            {
                run.SetInput(0, input.Span);
                run.SetTarget(0, target);
                run.Execute();
                expectedLoss = run.Loss;
            }

            float[] expected = Gradients(runtime);
            Assert.Equal(expectedLoss, step(input.Span, target));
            Frames.SameBits(expected, Gradients(runtime));
            Frames.SameBits(before, input.Span);
        }
    }

    [Fact]
    public void A_classification_reads_the_span_it_is_given()
    {
        using var net = StampNet.Create();
        using GuardedMemory input = new(63, 3);
        float[] probability = net.Predict(input.Span);
        Assert.Equal(probability[0], net.Classify(input.Span).Probabilities[1]);
    }

    [Fact]
    public void A_single_span_is_no_input_of_a_network_with_two()
    {
        using var net = AsideNet.Create();
        NetworkRuntime runtime = ((INetwork)net).Runtime;
        using GuardedMemory input = new(1, 3);
        Assert.Contains("2 inputs", Assert.Throws<InvalidOperationException>(() => runtime.Classify(input.Span)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() =>
        {
            using ProgramRun run = runtime.Begin(ProgramKind.Predict, 1);
            run.Execute(input.Span);
        });
    }

    private static float[] Gradients(NetworkRuntime runtime)
    {
        float[] gradients = new float[runtime.Info.TrainableFloats];
        runtime.Engine.ReadGradients(0, gradients);
        return gradients;
    }

    private delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);

    private delegate float Step(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
}
