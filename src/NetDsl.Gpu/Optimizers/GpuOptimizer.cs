using ILGPU;
using ILGPU.Runtime;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Gpu;

/// <summary>
/// The optimizers on a device: one launch over flat memory, after one over the gradients and one over its sums where their norm
/// is clipped. Holds their state.
/// </summary>
internal sealed class GpuOptimizer(GpuEngine engine, GpuTransfers transfers, NetworkInfo info) : IDisposable
{
    private const int MostSums = NormKernels.SumsOfGroup * NormKernels.MostGroups;

    private readonly ParameterTensor[] _limited = [.. NormLimits.Tensors(info)];
    private readonly int _length = info.TrainableFloats;
    private Type? _kind;
    private DeviceArray<float>? _first;
    private DeviceArray<float>? _second;
    private DeviceArray<float>? _sums;

    /// <summary>Steps taken with the present state.</summary>
    public long Steps { get; private set; }

    public void Apply(Optimizer optimizer)
    {
        if (optimizer is not (Sgd or Adam)) throw new NotSupportedException($"The device '{engine.Description}' has no code for the optimizer {optimizer.GetType().Name}.");
        if (_kind != optimizer.GetType()) Reset(optimizer.GetType());
        Steps++;
        if (_length == 0) return;
        ClipArguments clip = Clip(optimizer);
        switch (optimizer)
        {
            case Sgd { Momentum: 0 } sgd:
                Launch(OptimizerKernels.Sgd, new SgdArguments
                {
                    Weights = engine.Parameters.At(0, _length),
                    Gradients = engine.GradientArray.Part(0, _length),
                    Length = _length,
                    Clip = clip,
                    Rate = (float)sgd.LearningRate,
                });
                break;
            case Sgd sgd:
                Launch(OptimizerKernels.Momentum, new MomentumArguments
                {
                    Weights = engine.Parameters.At(0, _length),
                    Gradients = engine.GradientArray.Part(0, _length),
                    Velocities = State(ref _first).Part(0, _length),
                    Length = _length,
                    Clip = clip,
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
                    Weights = engine.Parameters.At(0, _length),
                    Gradients = engine.GradientArray.Part(0, _length),
                    Means = State(ref _first).Part(0, _length),
                    Squares = State(ref _second).Part(0, _length),
                    Length = _length,
                    Clip = clip,
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

        foreach (ParameterTensor tensor in _limited) Launch(tensor);
    }

    public void Dispose()
    {
        _first?.Dispose();
        _second?.Dispose();
        _sums?.Dispose();
    }

    /// <summary>Keeps the units of a tensor within their norm.</summary>
    private void Launch(ParameterTensor tensor)
    {
        NormLimit limit = tensor.Norm!;
        LimitArguments arguments = new() { Weights = engine.Parameters.At(tensor.Offset, tensor.Elements), Length = tensor.Elements, Units = limit.Units, Neighbours = limit.Neighbours, Most = limit.Most };
        Launch(LimitKernels.Limit, ((limit.Units - 1) / engine.Device.Load(LimitKernels.Limit).GroupSize) + 1, in arguments);
    }

    /// <summary>What clips the gradients; the scale is computed on the device and stays there.</summary>
    private ClipArguments Clip(Optimizer optimizer)
    {
        float limit = GradientClip.LimitOf(optimizer);
        // A view of the gradients where there is no scale: an argument cannot be left out.
        if (optimizer.ClipNorm is not { } clipNorm) return new ClipArguments { Scale = engine.GradientArray.Part(0, 1), Limit = limit };
        _sums ??= engine.Device.Allocate<float>(MostSums + 1, transfers.Stream, $"the norm of the gradients of {engine.Network}");
        int groups = Math.Min(NormKernels.MostGroups, Groups(engine.Device.Load(NormKernels.SquareSums)));
        ArrayView<float> sums = _sums.Part(0, NormKernels.SumsOfGroup * groups), scale = _sums.Part(MostSums, 1);
        SquareSumArguments squares = new() { Gradients = engine.GradientArray.Part(0, _length), Sums = sums, Length = _length, Limit = limit };
        Launch(NormKernels.SquareSums, groups, in squares);
        Launch(NormKernels.ClipScale, 1, new ClipScaleArguments { Sums = sums, Scale = scale, Count = groups, ClipNorm = (float)clipNorm });
        return new ClipArguments { Scale = scale, Norm = 1, Limit = limit };
    }

    /// <summary>Groups for a thread for each <see cref="OptimizerKernels.Lanes"/> floats.</summary>
    private int Groups<TArguments>(LoadedKernel<TArguments> kernel)
        where TArguments : struct => (((_length / OptimizerKernels.Lanes) - 1) / kernel.GroupSize) + 1;

    private void Launch<TArguments>(GpuKernel<TArguments> kernel, in TArguments arguments)
        where TArguments : struct => Launch(kernel, Groups(engine.Device.Load(kernel)), in arguments);

    private void Launch<TArguments>(GpuKernel<TArguments> kernel, int groups, in TArguments arguments)
        where TArguments : struct
    {
        LoadedKernel<TArguments> loaded = engine.Device.Load(kernel);
        try
        {
            engine.Device.Observer?.Launching(kernel, transfers.Stream);
            loaded.Launch(transfers.Stream, groups, in arguments);
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
        array ??= engine.Device.Allocate<float>((long)_length + GpuEngine.Guard, transfers.Stream, $"the optimizer's state of {engine.Network}");
}
