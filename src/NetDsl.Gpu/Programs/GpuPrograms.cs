using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Gpu;

/// <summary>The programs of one network for ILGPU's devices.</summary>
public sealed record GpuPrograms : DevicePrograms
{
    /// <summary>Forward, losses and gradients of the training graph; <see langword="null"/> for a network without a loss.</summary>
    public GpuProgram? Train { get; init; }

    /// <summary>Losses and predictions of the inference graph; <see langword="null"/> for a network without a loss.</summary>
    public GpuProgram? Evaluate { get; init; }

    /// <summary>Predictions: probabilities under a classification loss, numbers as the targets are under one of standardized targets, else the outputs as they are.</summary>
    public required GpuProgram Predict { get; init; }

    /// <summary>Outputs as declared.</summary>
    public required GpuProgram Forward { get; init; }

    /// <summary>Forward of the training graph and gradients from given gradients of the outputs.</summary>
    public required GpuProgram Backward { get; init; }

    /// <summary>One place of a text, as of the CPU's programs; <see langword="null"/> for a network that cannot write on.</summary>
    public GpuProgram? Generate { get; init; }

    /// <summary>One for each <c>[Output]</c>, in the order of their declaration: runs only its ancestors.</summary>
    public GpuProgram[] OutputEntries { get; init; } = [];

    /// <summary>Every program that there is.</summary>
    public IEnumerable<GpuProgram> All
    {
        get
        {
            GpuProgram?[] programs = [Train, Evaluate, Predict, Forward, Backward, Generate, .. OutputEntries];
            return programs.OfType<GpuProgram>();
        }
    }

    /// <summary>A program by its kind.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="entry">Index in <see cref="OutputEntries"/> for <see cref="ProgramKind.Output"/>, else not used.</param>
    /// <returns>The program, or <see langword="null"/> where the network has no loss and the program needs one.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not a kind of program.</exception>
    public GpuProgram? Find(ProgramKind kind, int entry) => kind switch
    {
        ProgramKind.Train => Train,
        ProgramKind.Evaluate => Evaluate,
        ProgramKind.Predict => Predict,
        ProgramKind.Forward or ProgramKind.Inspect => Forward,
        ProgramKind.Backward => Backward,
        ProgramKind.Output => OutputEntries[entry],
        ProgramKind.Generate => Generate,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of program."),
    };
}
