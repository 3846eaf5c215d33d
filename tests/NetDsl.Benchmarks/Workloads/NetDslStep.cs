using NetDsl.Benchmarks.Networks;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>A step of a network of NetDsl as a user's own loop takes it: on spans, through the generated members.</summary>
/// <param name="network">Owned by this.</param>
/// <param name="step">Runs the batch of this number and fills the answer.</param>
/// <param name="batches">The samples.</param>
/// <param name="answer">What a step fills.</param>
internal sealed class NetDslStep(INetwork network, Action<int> step, Batches batches, float[] answer) : Contestant
{
    private int _next;

    public override string Name => "NetDsl";

    public override ReadOnlySpan<float> Answer => answer;

    /// <summary>The network.</summary>
    public INetwork Network => network;

    /// <summary>Training by Adam or SGD: loss and gradients of a batch, then the optimizer.</summary>
    public static NetDslStep Train(INetwork network, Batches batches, Optimizer optimizer)
    {
        float[] loss = new float[1];
        Action<int> step = network switch
        {
            Mlp mlp => batch => Learn(mlp.Gradients(batches.InputsOf(batch), batches.LabelsOf(batch))),
            Cnn cnn => batch => Learn(cnn.Gradients(batches.InputsOf(batch), batches.LabelsOf(batch))),
            Lstm10 lstm => batch => Learn(lstm.Gradients(batches.TokensOf(batch), batches.TargetsOf(batch))),
            Lstm100 lstm => batch => Learn(lstm.Gradients(batches.TokensOf(batch), batches.TargetsOf(batch))),
            Gpt gpt => batch => Learn(gpt.Gradients(batches.TokensOf(batch), batches.LabelsOf(batch))),
            Tiny tiny => batch => Learn(tiny.Gradients(batches.InputsOf(batch), batches.TargetsOf(batch))),
            _ => throw new ArgumentException($"{network.GetType().Name} is no network of the benchmarks.", nameof(network)),
        };
        return new NetDslStep(network, step, batches, loss);

        void Learn(float value)
        {
            loss[0] = value;
            network.Runtime.Apply(optimizer);
        }
    }

    /// <summary>Predictions of a batch.</summary>
    public static NetDslStep Predict(INetwork network, Batches batches)
    {
        float[] answers = new float[batches.Size * network.Runtime.Info.Outputs[0].Elements];
        Action<int> step = network switch
        {
            Mlp mlp => batch => mlp.Predict(batches.InputsOf(batch), answers),
            Cnn cnn => batch => cnn.Predict(batches.InputsOf(batch), answers),
            Tiny tiny => batch => tiny.Predict(batches.InputsOf(batch), answers),
            _ => throw new ArgumentException($"{network.GetType().Name} is no network of the benchmarks.", nameof(network)),
        };
        return new NetDslStep(network, step, batches, answers);
    }

    public override void Step()
    {
        step(_next);
        _next = (_next + 1) % batches.Count;
    }

    public override void Dispose() => network.Dispose();
}
