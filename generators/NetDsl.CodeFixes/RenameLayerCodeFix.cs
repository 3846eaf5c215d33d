using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.CodeFixes;

/// <summary>Replaces the name of a layer that does not exist by the one that it most likely means.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameLayerCodeFix))]
[Shared]
public sealed class RenameLayerCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.UnknownLayer];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(DiagnosticFactory.NearestProperty, out string? nearest) || nearest is null) continue;
            if (await AffectedPlace.FindAsync(context, diagnostic).ConfigureAwait(false) is not { } place) continue;
            if (place.Node.FirstAncestorOrSelf<SimpleNameSyntax>() is not { } name || name.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute) continue;

            // An activation as a layer has an argument of its own, and one that is there already says something else.
            if (nearest.IndexOf('(') >= 0 && attribute.ArgumentList is not null) continue;
            var change = new TextChange(name.Identifier.Span, nearest);
            context.RegisterCodeFix(
                CodeAction.Create($"Change it to {nearest}", cancellation => TextEdits.ApplyAsync(place.Document, [change], cancellation), nameof(RenameLayerCodeFix)),
                diagnostic);
        }
    }
}
