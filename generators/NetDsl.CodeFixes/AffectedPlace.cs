using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.CodeFixes;

/// <summary>Where a diagnostic is to be mended: in the block that it was found in, else where it is reported.</summary>
internal static class AffectedPlace
{
    /// <summary>The document and the node; <see langword="null"/> where the place is in no document of the solution.</summary>
    public static async Task<(Document Document, SyntaxNode Node)?> FindAsync(CodeFixContext context, Diagnostic diagnostic)
    {
        Location location = diagnostic.Properties.ContainsKey(DiagnosticFactory.WithinProperty) ? diagnostic.AdditionalLocations[0] : diagnostic.Location;
        Document? document = context.Document.Project.Solution.GetDocument(location.SourceTree);
        SyntaxNode? root = document is null ? null : await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        return root is null ? null : (document!, root.FindNode(location.SourceSpan, getInnermostNodeForTie: true));
    }
}
