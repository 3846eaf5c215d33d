namespace NetDsl.Generators.Shapes;

/// <summary>A network cannot be built because one in it cannot, which says itself why.</summary>
internal sealed class ReportedElsewhereException : Exception;
