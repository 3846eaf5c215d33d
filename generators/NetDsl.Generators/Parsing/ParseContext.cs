using Microsoft.CodeAnalysis;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Parsing;

/// <summary>What the readers of one class share: the compilation, and what they found wrong.</summary>
internal sealed class ParseContext(Compilation compilation, CancellationToken cancellation)
{
    private readonly List<SpecDiagnostic> _errors = [];

    public Compilation Compilation => compilation;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Something is half typed; C# itself says so.</summary>
    public bool Incomplete { get; set; }

    public IEnumerable<SpecDiagnostic> Errors => _errors;

    public void Report(string id, SourceRef at, params string[] arguments) => Report(id, at, EquatableArray<SourceRef>.Empty, arguments);

    public void Report(string id, SourceRef at, EquatableArray<SourceRef> additional, params string[] arguments) =>
        _errors.Add(new SpecDiagnostic(id, new(arguments), at, additional));
}
