using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.CodeFixes;

/// <summary>Replaces an unknown name of a tensor by the known one that it most likely means.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameToNearestCodeFix))]
[Shared]
public sealed class RenameToNearestCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.UnknownName];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(DiagnosticFactory.NearestProperty, out string? nearest) || nearest is null) continue;
            if (await AffectedPlace.FindAsync(context, diagnostic).ConfigureAwait(false) is not { } place) continue;

            // A name that is written elsewhere, as a constant, is not for this place to change.
            if (place.Node is not LiteralExpressionSyntax literal || !literal.IsKind(SyntaxKind.StringLiteralExpression)) continue;
            var change = new TextChange(literal.Span, SymbolDisplay.FormatLiteral(nearest, quote: true));
            context.RegisterCodeFix(
                CodeAction.Create($"Change it to \"{nearest}\"", cancellation => TextEdits.ApplyAsync(place.Document, [change], cancellation), nameof(RenameToNearestCodeFix)),
                diagnostic);
        }
    }
}
