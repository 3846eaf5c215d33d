using Microsoft.CodeAnalysis;
using NetDsl.Generators.Model;
using NetDsl.Generators.Parsing;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Diagnostics;

/// <summary>Everything that is reported on one class.</summary>
internal static class ClassChecks
{
    public static void Run(INamedTypeSymbol type, Compilation compilation, Action<Diagnostic> report, CancellationToken cancellation)
    {
        // On anything else C# itself refuses the attributes.
        if (type.TypeKind != TypeKind.Class || type.GetAttributes().IsEmpty) return;
        string name = TypeReader.MetadataName(type);
        IEnumerable<SpecDiagnostic> own = Check(type, compilation, cancellation)
            // What lies in a block itself is reported there, once, and not again for each network that uses it.
            .Where(diagnostic => diagnostic.Location.Type == name);
        foreach (SpecDiagnostic diagnostic in own) report(DiagnosticFactory.Create(diagnostic, compilation.Assembly, cancellation));
    }

    private static IEnumerable<SpecDiagnostic> Check(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (WellKnownTypes.IsNetwork(type)) return ShapeStage.Run(NetworkParser.Parse(type, compilation, cancellation)).Diagnostics;

        var context = new ParseContext(compilation, cancellation);
        if (WellKnownTypes.IsBlock(type))
        {
            BlockParser.Parse(type, context);
            return context.Incomplete ? [] : context.Errors;
        }

        LayerAttributes layers = LayerAttributes.Of(type, cancellation);
        if (layers.Items.Count > 0 && !layers.Incomplete)
            context.Report(DiagnosticIds.LayersWithoutNetwork, new SourceRef(TypeReader.MetadataName(type), layers.Items[0].Index), type.Name);
        return context.Errors;
    }
}
