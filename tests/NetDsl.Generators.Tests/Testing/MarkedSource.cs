using System.Text;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace NetDsl.Generators.Tests.Testing;

/// <summary>A source with marks: <c>[|...|]</c> where a diagnostic is expected, <c>{|...|}</c> for its additional locations.</summary>
internal sealed class MarkedSource
{
    private readonly List<TextSpan> _expected = [];
    private readonly List<TextSpan> _additional = [];

    public MarkedSource(string marked)
    {
        // Every source stands behind one line that the compiler's harness puts before it.
        int offset = "using NetDsl;\n".Length;
        var text = new StringBuilder();
        var open = new Stack<int>();
        for (int i = 0; i < marked.Length; i++)
        {
            switch (i + 1 < marked.Length ? marked.Substring(i, 2) : "")
            {
                case "[|" or "{|":
                    open.Push(text.Length + offset);
                    i++;
                    break;
                case "|]":
                    _expected.Add(TextSpan.FromBounds(open.Pop(), text.Length + offset));
                    i++;
                    break;
                case "|}":
                    _additional.Add(TextSpan.FromBounds(open.Pop(), text.Length + offset));
                    i++;
                    break;
                default:
                    text.Append(marked[i]);
                    break;
            }
        }

        Assert.Empty(open);
        Text = text.ToString();
    }

    /// <summary>The source without its marks.</summary>
    public string Text { get; }

    public IEnumerable<TextSpan> Expected => _expected.OrderBy(span => span.Start);

    public IEnumerable<TextSpan> Additional => _additional.OrderBy(span => span.Start);
}
