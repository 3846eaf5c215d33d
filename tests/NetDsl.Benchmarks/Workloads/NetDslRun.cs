using NetDsl.Networks;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>The sample as it is, without its tables.</summary>
internal sealed class NetDslRun(int threads) : WholeRun
{
    public override string Name => "NetDsl";

    /// <summary>Floating-point operations of all steps, validations and the test.</summary>
    public static double Flops(int epochs)
    {
        using MnistCnn net = MnistCnn.Create(new NetworkOptions { Device = Device.Cpu });
        NetworkInfo info = ((INetwork)net).Runtime.Info;
        const int Samples = 60_000, Tested = 10_000;
        int validation = (int)(Samples * ValidationSplit);
        return (epochs * (NetworkCost.Flops(info, StepKind.Train, Samples - validation) + (double)NetworkCost.Flops(info, StepKind.Predict, validation)))
            + NetworkCost.Flops(info, StepKind.Predict, Tested);
    }

    protected override double Train(int epochs, int samples)
    {
        (DataSet train, DataSet test) = Mnist.Load();
        using MnistCnn net = MnistCnn.Create(new NetworkOptions { Device = Device.Cpu, Threads = threads, Seed = 1 });
        net.Fit(train.Take(Math.Min(samples, train.Count)), new FitOptions
        {
            Epochs = epochs,
            BatchSize = Batch,
            Optimizer = new Adam(LearningRate),
            ValidationSplit = ValidationSplit,
            Output = null,
        });
        return net.Evaluate(test).Accuracy;
    }
}
