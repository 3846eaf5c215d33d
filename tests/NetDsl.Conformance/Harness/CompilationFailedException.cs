using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetDsl.Conformance.Harness;

/// <summary>Source that should compile does not. The message shows the first lines about each diagnostic, numbered.</summary>
internal sealed class CompilationFailedException(IReadOnlyCollection<Diagnostic> diagnostics) : Exception(Describe(diagnostics))
{
    private const int Around = 6;
    private const int Shown = 12;

    private static string Describe(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{diagnostics.Count} diagnostics:");
        foreach (Diagnostic diagnostic in diagnostics.Take(Shown))
        {
            text.AppendLine(diagnostic.ToString());
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            TextLineCollection lines = tree.GetText().Lines;
            int at = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
            for (int line = Math.Max(0, at - Around); line < Math.Min(lines.Count, at + Around + 1); line++)
                text.AppendLine(CultureInfo.InvariantCulture, $"{(line == at ? '>' : ' ')}{line + 1,5}  {lines[line]}");
        }

        return text.ToString();
    }
}
