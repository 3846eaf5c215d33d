namespace NetDsl.Generators.IR;

/// <summary>An invariant of the IR is broken: a mistake in the compiler, never in the user's source.</summary>
internal sealed class IRException(string message) : Exception(message);
