using NetDsl.Benchmarks.Networks;
using NetDsl.Benchmarks.Workloads;
using TorchSharp;
using static TorchSharp.torch;

namespace NetDsl.Benchmarks.Peers.TorchSharp;

/// <summary>A training step in TorchSharp: a view of the batch, forward, loss, backward, optimizer, and the loss is read.</summary>
internal sealed class TorchTraining : Contestant
{
    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly optim.Optimizer _optimizer;
    private readonly Batches _batches;
    private readonly Tensor _inputs;
    private readonly Tensor _targets;
    private readonly int _threads;
    private readonly float[] _loss = new float[1];
    private readonly bool _classes;
    private int _next;

    public TorchTraining(INetwork network, Batches batches, Optimizer optimizer, int threads)
    {
        (_batches, _threads) = (batches, threads);
        _module = TorchModules.Of(network);
        _optimizer = optimizer switch
        {
            Adam adam => optim.Adam(_module.parameters().Where(parameter => parameter.requires_grad), adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon),
            Sgd { Momentum: 0 } sgd => optim.SGD(_module.parameters().Where(parameter => parameter.requires_grad), sgd.LearningRate),
            _ => throw new ArgumentException($"There is no peer for the optimizer {optimizer}.", nameof(optimizer)),
        };
        long samples = (long)batches.Count * batches.Size;
        long[] shape = network is Cnn ? [samples, 1, 28, 28] : [samples, batches.InputElements];
        _inputs = batches.Tokens.Length > 0
            ? tensor(Array.ConvertAll(batches.Tokens[..((int)samples * batches.InputElements)], token => (long)token), shape)
            : tensor(batches.Inputs.AsSpan(0, (int)samples * batches.InputElements).ToArray(), shape);
        _classes = batches.Labels.Length > 0;
        _targets = _classes
            ? tensor(Array.ConvertAll(batches.Labels[..((int)samples * batches.LabelElements)], label => (long)label))
            : tensor(batches.Targets[..(int)samples], [samples, 1]);
    }

    public override string Name => FormattableString.Invariant($"TorchSharp, {_threads} thread{(_threads == 1 ? "" : "s")}");

    public override ReadOnlySpan<float> Answer => _loss;

    public override void TakeTurn() => set_num_threads(_threads);

    public override void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        int first = _next * _batches.Size;
        _next = (_next + 1) % _batches.Count;
        Tensor x = _inputs.narrow(0, first, _batches.Size), y = _targets.narrow(0, first * _batches.LabelElements, _batches.Size * _batches.LabelElements);
        _optimizer.zero_grad();
        Tensor logits = _module.forward(x);
        Tensor loss = _classes ? nn.functional.cross_entropy(logits, y) : nn.functional.binary_cross_entropy_with_logits(logits, y);
        loss.backward();
        _optimizer.step();
        _loss[0] = loss.item<float>();
    }

    public override void Dispose()
    {
        _optimizer.Dispose();
        _module.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
    }
}
