using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>Where a value lies.</summary>
/// <param name="Arena">Which arena.</param>
/// <param name="Offset">
/// First element: per sample of capacity in the activation arena, absolute elsewhere; in the parameter and gradient arenas the
/// offset of the parameter.
/// </param>
/// <param name="Start">First element within each sample of the larger tensor that this is a part of.</param>
/// <param name="Stride">Elements from one sample to the next.</param>
/// <param name="IsLent">Whether it may lie in the caller's memory instead: the only input of a program that nothing overwrites.</param>
internal sealed record Placement(Arena Arena, int Offset, int Start, int Stride, bool IsLent = false);

/// <summary>The memory a program works on.</summary>
internal enum Arena
{
    /// <summary>Tensors with a batch axis.</summary>
    Activations,

    /// <summary>Tensors without, that are no parameters.</summary>
    Fixed,

    /// <summary>Weights and state.</summary>
    Parameters,

    /// <summary>Gradients of weights.</summary>
    Gradients,
}

/// <summary>The memory of one program: where every value lies, and how much there is.</summary>
/// <param name="Placements">By value.</param>
/// <param name="ActivationFloats">Floats of the activation arena per sample.</param>
/// <param name="FixedFloats">Floats of the fixed arena.</param>
/// <param name="WrittenFloats">Floats that the kernels write per sample: every forward value and gradient with a batch axis.</param>
internal sealed record MemoryPlan(
    IReadOnlyDictionary<Value, Placement> Placements,
    int ActivationFloats,
    int FixedFloats,
    int WrittenFloats)
{
    /// <summary>Whether the program reads its input where the caller has it.</summary>
    public bool BorrowsInput => Placements.Values.Any(placement => placement.IsLent);
}
