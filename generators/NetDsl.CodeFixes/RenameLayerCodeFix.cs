using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Parsing;

namespace NetDsl.CodeFixes;

/// <summary>Replaces the name of a layer that does not exist by the one that it most likely means.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameLayerCodeFix))]
[Shared]
public sealed class RenameLayerCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    /// <remarks>What C# itself says of such a name, since editors offer fixes for that more readily than for a generator's word.</remarks>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.UnknownLayer, "CS0246", "CS0234"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model) return;
        SyntaxNode place = root.FindNode(context.Span, getInnermostNodeForTie: true);
        if (place.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: TypeDeclarationSyntax declaration } attribute
            || model.GetDeclaredSymbol(declaration, context.CancellationToken) is not INamedTypeSymbol type
            || !(WellKnownTypes.IsNetwork(type) || WellKnownTypes.IsBlock(type))) return;

        UnknownAttribute unknown = new(attribute);
        if (!unknown.Simple.Span.IntersectsWith(context.Span) || MeantLayer.Of(unknown.Name, model.Compilation) is not { } meant) return;

        // An activation as a layer has an argument of its own, and one that is there already says something else.
        if (meant.IndexOf('(') >= 0 && attribute.ArgumentList is not null) return;
        var change = new TextChange(unknown.Simple.Identifier.Span, meant);
        context.RegisterCodeFix(
            CodeAction.Create($"Change it to {meant}", cancellation => TextEdits.ApplyAsync(context.Document, [change], cancellation), nameof(RenameLayerCodeFix)),
            context.Diagnostics);
    }
}
