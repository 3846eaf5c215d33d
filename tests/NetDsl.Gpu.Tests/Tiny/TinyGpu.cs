using NetDsl.Engines;
using NetDsl.Networks;
using NetDsl.Tests.Tiny;

namespace NetDsl.Gpu.Tests.Tiny;

/// <summary>
/// A classifier of two features and three classes with programs for the CPU and for ILGPU's devices, laid out as
/// <see cref="LinearPrograms"/> does.
/// </summary>
internal static class TinyGpu
{
    private const int Raw = 16, Answer = 32, OutputGradient = 48, Label = TinyKernels.LabelOffset, LossOffset = 80, InputGradientOffset = 96;
    private const int Weight = 0, Bias = 16;

    private static readonly GpuKernel<LoadArguments> s_load = new("Load", "", 64, TinyKernels.Load);
    private static readonly GpuKernel<LoadArguments> s_loadInput = new("LoadInput", "", 64, TinyKernels.LoadInput);
    private static readonly GpuKernel<LoadArguments> s_loadGradient = new("LoadGradient", "", 64, TinyKernels.LoadGradient);
    private static readonly GpuKernel<DenseArguments> s_dense = new("DenseForward", "Dense1", 64, TinyKernels.Dense);
    private static readonly GpuKernel<SoftmaxArguments> s_softmax = new("Softmax", "CrossEntropy1", 8, TinyKernels.Softmax);
    private static readonly GpuKernel<LossArguments> s_loss = new("Loss", "CrossEntropy1", 8, TinyKernels.Loss);
    private static readonly GpuKernel<GradientArguments> s_gradient = new("DenseGradient", "Dense1", 8, TinyKernels.Gradient);
    private static readonly GpuKernel<InputGradientArguments> s_inputGradient = new("DenseInputGradient", "Dense1", 8, TinyKernels.InputGradient);
    private static readonly GpuKernel<SoftmaxArguments> s_broken = new("Broken", "Dense7", 8, TinyKernels.Broken);

    public static LinearPrograms Linear { get; } = new("Tiny", TinyKernels.Features, TinyKernels.Classes, LossKind.CrossEntropy);

    public static GpuPrograms Programs { get; } = new()
    {
        Train = Program("train", Train),
        Evaluate = Program("evaluate", Evaluate),
        Predict = Program("predict", Predict) with { Kernels = [s_loadInput, s_dense, s_softmax] },
        Forward = Program("forward", Forward) with { Outputs = [new Slot(Raw, TinyKernels.Classes)], Observed = [new ObservedLayer("Dense1", [TinyKernels.Classes])] },
        Backward = Program("backward", Backward) with { InputGradients = [new Slot(InputGradientOffset, TinyKernels.Features)] },
    };

    /// <summary>A prediction whose kernel does not compile.</summary>
    public static GpuPrograms Broken { get; } = Programs with { Predict = Program("predict", frame => frame.Launch(s_broken, 1, default)) };

    public static NetworkRuntime Create(string device, long seed = 1) => Create(device, Programs, seed);

    public static NetworkRuntime Create(string device, GpuPrograms programs, long seed = 1)
    {
        GpuDevices.Register();
        return NetworkRuntime.Create(Linear.Info, Linear.Programs, new NetworkOptions { Device = Device.Parse(device), Seed = seed }, () => programs);
    }

    public static float[] Predict(NetworkRuntime runtime, ReadOnlySpan<float> input)
    {
        int samples = input.Length / TinyKernels.Features;
        float[] output = new float[samples * TinyKernels.Classes];
        using ProgramRun run = runtime.Begin(ProgramKind.Predict, samples);
        run.SetInput(0, input);
        run.Execute();
        run.CopyOutput(0, output);
        return output;
    }

    public static float[] Weights(NetworkRuntime runtime) => [.. runtime.Parameter(0).ToArray(), .. runtime.Parameter(1).ToArray()];

    private static GpuProgram Program(string name, GpuEntry entry) => new()
    {
        Name = name,
        Entry = entry,
        ActivationFloats = 112,
        FixedFloats = 0,
        WrittenFloats = (3 * TinyKernels.Classes) + 1,
        Inputs = [new Slot(0, TinyKernels.Features)],
        Targets = [new Slot(name is "train" or "evaluate" ? Label : -1, 1)],
        OutputGradients = [new Slot(name == "backward" ? OutputGradient : -1, TinyKernels.Classes)],
        Outputs = [new Slot(Answer, TinyKernels.Classes)],
        Losses = [new Slot(name is "train" or "evaluate" ? LossOffset : -1, 1)],
    };

    private static void Train(GpuFrame f)
    {
        Evaluate(f);
        Gradient(f);
    }

    private static void Evaluate(GpuFrame f)
    {
        f.Load(s_load, TinyKernels.Features + 1);
        Dense(f);
        f.Launch(s_loss, f.Batch, new LossArguments
        {
            Raw = f.Activation(Raw, TinyKernels.Classes),
            Answer = f.Activation(Answer, TinyKernels.Classes),
            Gradient = f.Activation(OutputGradient, TinyKernels.Classes),
            Loss = f.Activation(LossOffset, 1),
            Labels = f.Labels(Label),
            Batch = f.Batch,
            InverseBatch = f.InverseBatch,
        });
    }

    private static void Predict(GpuFrame f)
    {
        f.Load(s_loadInput, TinyKernels.Features);
        Dense(f);
        f.Launch(s_softmax, f.Batch, new SoftmaxArguments
        {
            Raw = f.Activation(Raw, TinyKernels.Classes),
            Answer = f.Activation(Answer, TinyKernels.Classes),
            Batch = f.Batch,
        });
    }

    private static void Forward(GpuFrame f)
    {
        f.Load(s_loadInput, TinyKernels.Features);
        Dense(f);
        f.Observe(0, f.Activation(Raw, TinyKernels.Classes), TinyKernels.Classes);
    }

    private static void Backward(GpuFrame f)
    {
        f.Load(s_loadGradient, TinyKernels.Features + TinyKernels.Classes);
        Dense(f);
        Gradient(f);
        f.Launch(s_inputGradient, f.Batch * (long)TinyKernels.Features, new InputGradientArguments
        {
            InputGradient = f.Activation(InputGradientOffset, TinyKernels.Features),
            Gradient = f.Activation(OutputGradient, TinyKernels.Classes),
            Weight = f.Parameters(Weight, TinyKernels.Features * TinyKernels.Classes),
            Batch = f.Batch,
        });
    }

    private static void Dense(GpuFrame f) => f.Launch(s_dense, f.Batch * (long)TinyKernels.Classes, new DenseArguments
    {
        Raw = f.Activation(Raw, TinyKernels.Classes),
        Input = f.Activation(0, TinyKernels.Features),
        Weight = f.Parameters(Weight, TinyKernels.Features * TinyKernels.Classes),
        Bias = f.Parameters(Bias, TinyKernels.Classes),
        Batch = f.Batch,
    });

    private static void Gradient(GpuFrame f) => f.Launch(s_gradient, (TinyKernels.Features + 1) * TinyKernels.Classes, new GradientArguments
    {
        Input = f.Activation(0, TinyKernels.Features),
        Gradient = f.Activation(OutputGradient, TinyKernels.Classes),
        Weight = f.Gradients(Weight, TinyKernels.Features * TinyKernels.Classes),
        Bias = f.Gradients(Bias, TinyKernels.Classes),
        Batch = f.Batch,
    });
}
