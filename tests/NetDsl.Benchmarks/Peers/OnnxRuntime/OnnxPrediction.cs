using Microsoft.ML.OnnxRuntime;
using NetDsl.Benchmarks.Networks;
using NetDsl.Benchmarks.Workloads;

namespace NetDsl.Benchmarks.Peers.OnnxRuntime;

/// <summary>A prediction in ONNX Runtime, all optimisations on, from and into memory that is set aside once: its quickest way.</summary>
internal sealed class OnnxPrediction : Contestant
{
    private static readonly string[] s_input = ["input"], s_output = ["output"];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue[][] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly float[] _answer;
    private readonly int _threads;
    private int _next;

    public OnnxPrediction(INetwork network, Batches batches, int threads)
    {
        _threads = threads;
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
        };
        _session = new InferenceSession(OnnxNetworks.Of(network), options);
        long[] shape = network is Cnn ? [batches.Size, 1, 28, 28] : [batches.Size, batches.InputElements];
        int outputs = network.Runtime.Info.Outputs[0].Elements;
        _answer = new float[batches.Size * outputs];
        _outputs = [OrtValue.CreateTensorValueFromMemory(_answer, [batches.Size, outputs])];
        _inputs = [.. Enumerable.Range(0, batches.Count).Select(batch => new[] { OrtValue.CreateTensorValueFromMemory(batches.InputsOf(batch).ToArray(), shape) })];
    }

    public override string Name => FormattableString.Invariant($"ONNX Runtime, {_threads} thread{(_threads == 1 ? "" : "s")}");

    public override ReadOnlySpan<float> Answer => _answer;

    public override void Step()
    {
        _session.Run(_run, s_input, _inputs[_next], s_output, _outputs);
        _next = (_next + 1) % _inputs.Length;
    }

    public override void Dispose()
    {
        foreach (OrtValue[] values in _inputs) values[0].Dispose();
        _outputs[0].Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
