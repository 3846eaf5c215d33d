namespace NetDsl.Cpu;

/// <summary>
/// The part of the key of a counter-based random number that is the same for a whole run of a program.
/// </summary>
/// <param name="Seed">The network's seed.</param>
/// <param name="Step">The training step, from 0.</param>
/// <param name="FirstSample">Index of the run's first sample in the whole batch, where a batch is run in pieces.</param>
public readonly record struct RandomKey(ulong Seed, uint Step, uint FirstSample);
