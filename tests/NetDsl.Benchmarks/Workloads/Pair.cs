using NetDsl.Benchmarks.Networks;
using NetDsl.Benchmarks.Peers.OnnxRuntime;
using NetDsl.Benchmarks.Peers.TorchSharp;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>One row of the command <c>peers</c>: the same work by NetDsl and by a peer.</summary>
/// <param name="Name">As reports name it.</param>
/// <param name="Kind">Training or prediction.</param>
/// <param name="Batch">Samples of a step.</param>
/// <param name="Create">NetDsl's network, for a number of threads.</param>
/// <param name="Samples">The samples, in batches of a size.</param>
/// <param name="Optimizer">What trains.</param>
internal sealed record Pair(string Name, StepKind Kind, int Batch, Func<NetworkOptions, INetwork> Create, Func<int, Batches> Samples, Optimizer Optimizer)
{
    /// <summary>Every pair.</summary>
    public static IReadOnlyList<Pair> All { get; } =
    [
        .. Of("mlp", StepKind.Train, Mlp.Create, Batches.Digits, new Adam(0.001), 32, 128),
        .. Of("tiny", StepKind.Train, Tiny.Create, Batches.Rows, new Sgd(0.1), 32),
        .. Of("cnn", StepKind.Train, Cnn.Create, Batches.Digits, new Adam(0.001), 32, 128),
        new("train-lstm-t10", StepKind.Train, 32, Lstm10.Create, size => Batches.Words(10, size), new Adam(0.001)),
        new("train-lstm-t100", StepKind.Train, 32, Lstm100.Create, size => Batches.Words(100, size), new Adam(0.001)),
        new("train-gpt", StepKind.Train, 12, Gpt.Create, size => Batches.Characters(size), new Adam(0.001)),
        .. Of("mlp", StepKind.Predict, Mlp.Create, Batches.Digits, new Adam(0.001), 1, 32, 128),
        .. Of("tiny", StepKind.Predict, Tiny.Create, Batches.Rows, new Sgd(0.1), 1),
        .. Of("cnn", StepKind.Predict, Cnn.Create, Batches.Digits, new Adam(0.001), 1, 32, 128),
    ];

    /// <summary>NetDsl and the peer with each number of threads, from the same weights.</summary>
    public (NetDslStep Ours, Contestant[] Peers) Contestants(int threads)
    {
        Batches batches = Samples(Batch);
        INetwork network = Create(new NetworkOptions { Device = Device.Cpu, Threads = threads, Seed = 1 });
        int[] counts = [.. new[] { 1, threads }.Distinct()];
        return Kind == StepKind.Train
            ? (NetDslStep.Train(network, batches, Optimizer), [.. counts.Select(count => new TorchTraining(network, batches, Optimizer, count))])
            : (NetDslStep.Predict(network, batches), [.. counts.Select(count => new OnnxPrediction(network, batches, count))]);
    }

    private static IEnumerable<Pair> Of(string network, StepKind kind, Func<NetworkOptions, INetwork> create, Func<int, Batches> samples, Optimizer optimizer, params int[] batches) =>
        batches.Select(batch => new Pair(FormattableString.Invariant($"{(kind == StepKind.Train ? "train" : "predict")}-{network}-b{batch}"), kind, batch, create, samples, optimizer));
}
