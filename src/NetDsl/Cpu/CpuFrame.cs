using NetDsl.Engines;

namespace NetDsl.Cpu;

/// <summary>Everything a generated program works on during one run: the arenas, the batch and the workers.</summary>
public readonly struct CpuFrame
{
    /// <summary>All weights and state, at the offsets of <see cref="Networks.ParameterTensor"/>.</summary>
    public Floats Parameters { get; init; }

    /// <summary>Gradients of the trainable weights, at the same offsets.</summary>
    public Floats Gradients { get; init; }

    /// <summary>The activation arena of this run: per-sample tensors, each at a constant times <see cref="Capacity"/>.</summary>
    public Floats Activations { get; init; }

    /// <summary>Tensors without batch axis that are not parameters (sums over the batch and what is made of them).</summary>
    public Floats Fixed { get; init; }

    /// <summary>Working memory of the building blocks: what all workers share, then partial sums, then each worker's own, as <see cref="ScratchFloats"/> says.</summary>
    public Floats Scratch { get; init; }

    /// <summary>Floats of each of these, at least what the program's <c>Scratch</c> function gave.</summary>
    public WorkingMemory ScratchFloats { get; init; }

    /// <summary>What one step of a kernel writes and all workers read.</summary>
    internal Floats Shared => Scratch;

    /// <summary>Partial sums, at the distance that <see cref="PartialStep"/> gives.</summary>
    internal Floats Partials => Scratch + (nint)ScratchFloats.Shared;

    /// <summary>Each worker's own memory.</summary>
    internal WorkerMemory Workers => new(Scratch + (nint)(ScratchFloats.Shared + ScratchFloats.Partials), (nint)ScratchFloats.Worker);

    /// <summary>Samples in this run.</summary>
    public int Batch { get; init; }

    /// <summary>Samples the activation arena was planned for; at least <see cref="Batch"/>.</summary>
    public int Capacity { get; init; }

    /// <summary>1 / (samples of the whole batch), by which losses become means.</summary>
    public float InverseBatch { get; init; }

    /// <summary>Keys of the random numbers of this step.</summary>
    public RandomKey Random { get; init; }

    /// <summary>The samples of the only input where the caller has them, for programs that borrow it; else a place that is none.</summary>
    internal Floats Lent { get; init; }

    /// <summary>The threads that share the work.</summary>
    public WorkerTeam Team { get; init; }

    /// <summary>The parameters as products read them, in programs that leave them as they are; else <see langword="null"/>.</summary>
    internal PackedWeights? Packed { get; init; }

    /// <summary>Times the sections of the program; else <see langword="null"/>.</summary>
    internal SectionClock? Clock { get; init; }

    /// <summary>Called with the output of each layer where <c>Inspect</c> asked for it; else <see langword="null"/>.</summary>
    public ILayerObserver? Observer { get; init; }

    /// <summary>A per-sample tensor at <paramref name="offset"/> (in elements per sample of capacity) of <paramref name="elements"/> elements a sample.</summary>
    public BatchView Activation(int offset, int elements) => new(Activations + ((nint)offset * Capacity), elements);

    /// <summary>The only input, which lies where the caller has it or else in the arena, see <see cref="Activation(int, int)"/>.</summary>
    /// <param name="offset">Its offset in the arena.</param>
    /// <param name="elements">Elements of a sample.</param>
    public BatchView Input(int offset, int elements) => Lent.IsNull ? Activation(offset, elements) : new(Lent, elements);

    /// <summary>A part of the only input.</summary>
    /// <param name="offset">The input's offset in the arena.</param>
    /// <param name="start">First element of the part within each sample.</param>
    /// <param name="stride">Elements of the input a sample.</param>
    public BatchView Input(int offset, int start, int stride) => Lent.IsNull ? Activation(offset, start, stride) : new(Lent + start, stride);

    /// <summary>A part of a larger per-sample tensor.</summary>
    /// <param name="offset">Offset of the larger tensor, in elements per sample of capacity.</param>
    /// <param name="start">First element of the part within each sample.</param>
    /// <param name="stride">Elements of the larger tensor a sample.</param>
    public BatchView Activation(int offset, int start, int stride) => new(Activations + (((nint)offset * Capacity) + start), stride);

    /// <summary>Floats from one partial sum to the next. The first half of them always lies in the first half of the memory, as its rows do in the activations, and is written by the same threads.</summary>
    /// <param name="count">Partial sums.</param>
    internal nint PartialStep(int count) => Cut.AlignDown((nint)ScratchFloats.Partials / count);

    /// <summary>The kernels of a layer begin: tells the clock, where the sections are timed.</summary>
    /// <param name="section">Index in <see cref="CpuProgram.Sections"/>.</param>
    public void Section(int section) => Clock?.Enter(section);

    /// <summary>Shows a layer's output to the observer, where there is one.</summary>
    /// <param name="layer">Index in the program's list of observed layers.</param>
    /// <param name="view">The tensor.</param>
    public void Observe(int layer, BatchView view) => Observer?.Observe(layer, view, Batch);
}

/// <summary>Sees the output of each layer as the program reaches it.</summary>
public interface ILayerObserver
{
    /// <summary>Called on the thread that runs the program, after the layer's last kernel.</summary>
    void Observe(int layer, BatchView view, int batch);
}
