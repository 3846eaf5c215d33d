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

/// <summary>Makes a network's class, and every type that it is nested in, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix))]
[Shared]
public sealed class MakePartialCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.NotPartial];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await AffectedPlace.FindAsync(context, diagnostic).ConfigureAwait(false) is not { } place) continue;
            TextChange[] changes =
            [
                .. place.Node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
                    .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
                    .Select(type => TextEdits.Insert(type.Keyword.SpanStart, "partial "))
                    .OrderBy(change => change.Span.Start),
            ];
            if (changes.Length == 0) continue;
            context.RegisterCodeFix(
                CodeAction.Create("Make it partial", cancellation => TextEdits.ApplyAsync(place.Document, changes, cancellation), nameof(MakePartialCodeFix)),
                diagnostic);
        }
    }
}
