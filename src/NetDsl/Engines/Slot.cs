namespace NetDsl.Engines;

/// <summary>Where a per-sample tensor lies in the activation arena: at <paramref name="Offset"/> times the capacity, dense.</summary>
/// <param name="Offset">Elements per sample of capacity; -1 where the program has no such tensor.</param>
/// <param name="Elements">Elements a sample.</param>
public readonly record struct Slot(int Offset, int Elements);
