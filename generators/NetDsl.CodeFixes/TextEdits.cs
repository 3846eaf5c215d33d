using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetDsl.CodeFixes;

/// <summary>Edits of the text itself, which leave every comment and blank where the user put it.</summary>
internal static class TextEdits
{
    public static async Task<Document> ApplyAsync(Document document, IEnumerable<TextChange> changes, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }

    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
