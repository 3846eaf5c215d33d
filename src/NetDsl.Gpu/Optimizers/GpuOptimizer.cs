using ILGPU.Runtime;

namespace NetDsl.Gpu;

/// <summary>The optimizers on a device: one launch over flat memory. Holds their state.</summary>
internal sealed class GpuOptimizer(GpuEngine engine, GpuTransfers transfers, int length) : IDisposable
{
    private Type? _kind;
    private DeviceArray<float>? _first;
    private DeviceArray<float>? _second;

    /// <summary>Steps taken with the present state.</summary>
    public long Steps { get; private set; }

    public void Apply(Optimizer optimizer)
    {
        if (optimizer is not (Sgd or Adam)) throw new NotSupportedException($"The device '{engine.Description}' has no code for the optimizer {optimizer.GetType().Name}.");
        if (_kind != optimizer.GetType()) Reset(optimizer.GetType());
        Steps++;
        switch (optimizer)
        {
            case Sgd { Momentum: 0 } sgd:
                Launch(OptimizerKernels.Sgd, new SgdArguments
                {
                    Weights = engine.ParameterArray.Part(0, length),
                    Gradients = engine.GradientArray.Part(0, length),
                    Length = length,
                    Rate = (float)sgd.LearningRate,
                });
                break;
            case Sgd sgd:
                Launch(OptimizerKernels.Momentum, new MomentumArguments
                {
                    Weights = engine.ParameterArray.Part(0, length),
                    Gradients = engine.GradientArray.Part(0, length),
                    Velocities = State(ref _first).Part(0, length),
                    Length = length,
                    Rate = (float)sgd.LearningRate,
                    Momentum = (float)sgd.Momentum,
                    Nesterov = sgd.Nesterov ? 1 : 0,
                });
                break;
            case Adam adam:
                // The corrections for the zero start, in double: 1 - Beta2^t loses half its digits in float.
                double correction1 = 1 - Math.Pow(adam.Beta1, Steps);
                double correction2 = 1 - Math.Pow(adam.Beta2, Steps);
                Launch(OptimizerKernels.Adam, new AdamArguments
                {
                    Weights = engine.ParameterArray.Part(0, length),
                    Gradients = engine.GradientArray.Part(0, length),
                    Means = State(ref _first).Part(0, length),
                    Squares = State(ref _second).Part(0, length),
                    Length = length,
                    Beta1 = (float)adam.Beta1,
                    OneMinusBeta1 = (float)(1 - adam.Beta1),
                    Beta2 = (float)adam.Beta2,
                    OneMinusBeta2 = (float)(1 - adam.Beta2),
                    Step = (float)(adam.LearningRate / correction1),
                    InverseRoot = (float)(1 / Math.Sqrt(correction2)),
                    Epsilon = (float)adam.Epsilon,
                });
                break;
        }
    }

    public void Dispose()
    {
        _first?.Dispose();
        _second?.Dispose();
    }

    private void Launch<TArguments>(GpuKernel<TArguments> kernel, in TArguments arguments)
        where TArguments : struct
    {
        if (length == 0) return;
        LoadedKernel<TArguments> loaded = engine.Device.Load(kernel);
        try
        {
            engine.Device.Observer?.Launching(kernel, transfers.Stream);
            loaded.Launch(transfers.Stream, (((length / OptimizerKernels.Lanes) - 1) / loaded.GroupSize) + 1, in arguments);
            engine.Device.Observer?.Launched(kernel, transfers.Stream);
        }
        catch (AcceleratorException exception)
        {
            throw engine.Device.LaunchFailed(kernel, exception);
        }

        transfers.Count.Launches++;
    }

    private void Reset(Type kind)
    {
        _kind = kind;
        _first?.View.MemSetToZero(transfers.Stream);
        _second?.View.MemSetToZero(transfers.Stream);
        Steps = 0;
    }

    private DeviceArray<float> State(ref DeviceArray<float>? array) =>
        array ??= engine.Device.Allocate<float>((long)length + GpuEngine.Guard, transfers.Stream, $"the optimizer's state of {engine.Network}");
}
