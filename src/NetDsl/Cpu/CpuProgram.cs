using NetDsl.Engines;

namespace NetDsl.Cpu;

/// <summary>A generated entry point: straight-line calls of kernels.</summary>
public delegate void CpuEntry(in CpuFrame frame);

/// <summary>Working memory that a program needs.</summary>
/// <param name="batch">Samples.</param>
/// <param name="threads">Workers of the team.</param>
public delegate WorkingMemory CpuScratch(int batch, int threads);

/// <summary>A generated program for the CPU and its memory plan.</summary>
public sealed record CpuProgram
{
    /// <summary>What it does: <c>train</c>, <c>evaluate</c>, <c>predict</c>, <c>forward</c>, <c>backward</c>, <c>generate</c>, <c>output:code</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The generated code.</summary>
    public required CpuEntry Entry { get; init; }

    /// <summary>Floats of the activation arena for one sample; the arena has this times the capacity.</summary>
    public required int ActivationFloats { get; init; }

    /// <summary>Floats of the fixed arena.</summary>
    public required int FixedFloats { get; init; }

    /// <summary>Working memory of the building blocks.</summary>
    public required CpuScratch Scratch { get; init; }

    /// <summary>Floats that the kernels write for one sample: every forward value and gradient with a batch axis, counted once each.</summary>
    public required int WrittenFloats { get; init; }

    /// <summary>Floating-point operations for one sample; a multiply-add counts two.</summary>
    public required long Flops { get; init; }

    /// <summary>
    /// Whether every kernel computes a sample from that sample and the parameters alone, so that the batch can be cut into slices
    /// that run through the whole program by themselves.
    /// </summary>
    public bool IsPerSample { get; init; }

    /// <summary>
    /// Whether the only input is read through <see cref="CpuFrame.Input(int, int)"/> and never written, so that it may stay where the
    /// caller has it.
    /// </summary>
    public bool BorrowsInput { get; init; }

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

    /// <summary>The parts that <see cref="CpuFrame.Section"/> begins, by their index.</summary>
    public ProgramSection[] Sections { get; init; } = [];

    /// <summary>Layers that <see cref="CpuFrame.Observe"/> is called for, by their index.</summary>
    public ObservedLayer[] Observed { get; init; } = [];
}

/// <summary>The programs of one network.</summary>
public sealed record CpuPrograms
{
    /// <summary>Forward, losses and gradients of the training graph; <see langword="null"/> for a network without a loss.</summary>
    public CpuProgram? Train { get; init; }

    /// <summary>Losses and predictions of the inference graph; <see langword="null"/> for a network without a loss.</summary>
    public CpuProgram? Evaluate { get; init; }

    /// <summary>Predictions: probabilities under a classification loss, numbers as the targets are under one of standardized targets, else the outputs as they are.</summary>
    public required CpuProgram Predict { get; init; }

    /// <summary>Outputs as declared.</summary>
    public required CpuProgram Forward { get; init; }

    /// <summary>Forward of the training graph and gradients from given gradients of the outputs.</summary>
    public required CpuProgram Backward { get; init; }

    /// <summary>
    /// One place of a text: its inputs are the token, the place, and 1 for each place up to it; its outputs the logits of the next token, then the caches, which stay as they are from
    /// run to run. <see langword="null"/> for a network that cannot write on.
    /// </summary>
    public CpuProgram? Generate { get; init; }

    /// <summary>One for each <c>[Output]</c>, in the order of their declaration: runs only its ancestors.</summary>
    public CpuProgram[] OutputEntries { get; init; } = [];
}
