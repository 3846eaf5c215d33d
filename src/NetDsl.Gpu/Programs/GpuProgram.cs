using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>A generated entry point: straight-line launches of kernels.</summary>
/// <param name="frame">What the program works on.</param>
public delegate void GpuEntry(GpuFrame frame);

/// <summary>A generated program for ILGPU's devices and its memory plan.</summary>
public sealed record GpuProgram
{
    /// <summary>What it does: <c>train</c>, <c>evaluate</c>, <c>predict</c>, <c>forward</c>, <c>backward</c>, <c>output:code</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The generated code.</summary>
    public required GpuEntry Entry { get; init; }

    /// <summary>Floats of the activation arena for one sample; the arena has this times the capacity.</summary>
    public required int ActivationFloats { get; init; }

    /// <summary>Floats of the fixed arena.</summary>
    public required int FixedFloats { get; init; }

    /// <summary>Floats that the kernels write for one sample: every forward value and gradient with a batch axis, counted once each.</summary>
    public required int WrittenFloats { get; init; }

    /// <summary>Floats of working memory for each sample of the batch.</summary>
    public int ScratchFloatsPerSample { get; init; }

    /// <summary>Floats of working memory beside those of the samples.</summary>
    public int ScratchFloats { get; init; }

    /// <summary>Feature columns, in the order of <c>NetworkInfo.Inputs</c>. A slot with offset -1 is not read by this program.</summary>
    public Slot[] Inputs { get; init; } = [];

    /// <summary>Target columns, in the order of <c>NetworkInfo.Targets</c>.</summary>
    public Slot[] Targets { get; init; } = [];

    /// <summary>Gradients by the outputs that <c>Backward</c> is given, in the order of <c>NetworkInfo.Outputs</c>.</summary>
    public Slot[] OutputGradients { get; init; } = [];

    /// <summary>Results with a name, in the order of <c>NetworkInfo.Outputs</c>.</summary>
    public Slot[] Outputs { get; init; } = [];

    /// <summary>The loss of each sample, unweighted, in the order of <c>NetworkInfo.Losses</c>.</summary>
    public Slot[] Losses { get; init; } = [];

    /// <summary>Gradients by the inputs, in the order of <c>NetworkInfo.Inputs</c>; empty where not asked for.</summary>
    public Slot[] InputGradients { get; init; } = [];

    /// <summary>Layers that <see cref="GpuFrame.Observe"/> is called for, by their index.</summary>
    public ObservedLayer[] Observed { get; init; } = [];

    /// <summary>Every kernel that the program launches, so that all can be compiled ahead of time and checked.</summary>
    public GpuKernel[] Kernels { get; init; } = [];

    /// <summary>Columns of a run's table: inputs, targets, gradients by the outputs.</summary>
    internal int Columns => Inputs.Length + Targets.Length + OutputGradients.Length;

    /// <summary>The place of a column of the run's table.</summary>
    internal Slot Column(int index) =>
        index < Inputs.Length ? Inputs[index]
        : index < Inputs.Length + Targets.Length ? Targets[index - Inputs.Length]
        : OutputGradients[index - Inputs.Length - Targets.Length];

    /// <summary>Floats of working memory for a batch.</summary>
    internal long Scratch(int batch) => ((long)ScratchFloatsPerSample * batch) + ScratchFloats;
}
