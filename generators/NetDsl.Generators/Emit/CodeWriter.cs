using System.Text;

namespace NetDsl.Generators.Emit;

/// <summary>Writes indented source text with <c>\n</c> line ends, the same on every machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _lineBefore;

    /// <summary>Writes one line, or several where <paramref name="text"/> has line breaks, at the present depth.</summary>
    public CodeWriter Line(string text = "")
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 0) _text.Append(' ', _depth * 4).Append(line);
            _text.Append('\n');
        }

        _lineBefore = text.Length == 0;
        return this;
    }

    /// <summary>An empty line between two members; never at the start of a block, nor two in a row.</summary>
    public CodeWriter Gap()
    {
        if (!_lineBefore) Line();
        return this;
    }

    /// <summary>Opens a block with a brace of its own line; dispose to close it.</summary>
    public Block Open(string header = "", string closing = "}")
    {
        if (header.Length > 0) Line(header);
        Line("{");
        _depth++;
        _lineBefore = true;
        return new Block(this, closing);
    }

    /// <summary>Indents what follows; dispose to go back.</summary>
    public Block Indent()
    {
        _depth++;
        return new Block(this, "");
    }

    public override string ToString() => _text.ToString();

    private void Close(string closing)
    {
        _depth--;
        if (closing.Length > 0) Line(closing);
        _lineBefore = false;
    }

    /// <summary>An open block.</summary>
    public readonly struct Block(CodeWriter writer, string closing) : IDisposable
    {
        public void Dispose() => writer.Close(closing);
    }
}
