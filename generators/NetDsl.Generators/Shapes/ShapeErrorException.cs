using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>Ends the building of one network at its first shape error.</summary>
internal sealed class ShapeErrorException(SpecDiagnostic diagnostic) : Exception(diagnostic.Id)
{
    public SpecDiagnostic Diagnostic { get; } = diagnostic;
}
