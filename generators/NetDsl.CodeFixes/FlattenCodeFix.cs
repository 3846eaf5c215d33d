using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.CodeFixes;

/// <summary>Puts <c>[Flatten]</c> before a Dense that works on an image.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FlattenCodeFix))]
[Shared]
public sealed class FlattenCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.DenseOnImage];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await AffectedPlace.FindAsync(context, diagnostic).ConfigureAwait(false) is not { } place) continue;
            if (place.Node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } dense) continue;
            SourceText text = await place.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
            TextChange change = Insertion(dense, list, text);
            context.RegisterCodeFix(
                CodeAction.Create("Put [Flatten] before it", cancellation => TextEdits.ApplyAsync(place.Document, [change], cancellation), nameof(FlattenCodeFix)),
                diagnostic);
        }
    }

    private static TextChange Insertion(AttributeSyntax dense, AttributeListSyntax list, SourceText text)
    {
        // A qualified Dense gets a qualified Flatten: there may be no using for it.
        string flatten = dense.Name is QualifiedNameSyntax or AliasQualifiedNameSyntax
            ? dense.Name.ToString().Substring(0, dense.Name.ToString().LastIndexOfAny(['.', ':']) + 1) + "Flatten"
            : "Flatten";
        if (list.Attributes.Count > 1) return TextEdits.Insert(dense.SpanStart, flatten + ", ");

        TextLine line = text.Lines.GetLineFromPosition(list.SpanStart);
        string before = text.ToString(TextSpan.FromBounds(line.Start, list.SpanStart));
        string lineBreak = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        return TextEdits.Insert(list.SpanStart, before.Trim().Length == 0 && lineBreak.Length > 0 ? $"[{flatten}]{lineBreak}{before}" : $"[{flatten}] ");
    }
}
