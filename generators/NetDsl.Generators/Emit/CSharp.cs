using System.Globalization;
using System.Text;

namespace NetDsl.Generators.Emit;

/// <summary>C# spellings of names and literals, in the invariant culture.</summary>
internal static class CSharp
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte",
        "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof",
        "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    public static string Int(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A float literal that reads back as the same number.</summary>
    public static string Float(double value)
    {
        float single = (float)value;
        if (float.IsNaN(single)) return "float.NaN";
        if (float.IsPositiveInfinity(single)) return "float.PositiveInfinity";
        if (float.IsNegativeInfinity(single)) return "float.NegativeInfinity";
        return single.ToString("R", CultureInfo.InvariantCulture) + "f";
    }

    /// <summary>A double literal that reads back as the same number.</summary>
    public static string Double(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') || text.Contains('E') || text.Contains('N') || text.Contains('I') ? text : text + ".0";
    }

    public static string Bool(bool value) => value ? "true" : "false";

    public static string String(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c < ' ' || c > '~') text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(c);
        }

        return text.Append('"').ToString();
    }

    public static string Ints(IEnumerable<int> values) => "[" + string.Join(", ", values.Select(v => Int(v))) + "]";

    public static string Strings(IEnumerable<string> values) => "[" + string.Join(", ", values.Select(String)) + "]";

    /// <summary>A shape as it is written in comments: <c>(26, 26, 32)</c>.</summary>
    public static string Shape(IEnumerable<int> shape) => "(" + string.Join(", ", shape.Select(v => Int(v))) + ")";

    /// <summary>A name as a member of a type: <c>Conv2D1</c>, <c>Weight</c>.</summary>
    public static string Pascal(string name)
    {
        string identifier = Identifier(name);
        return char.ToUpperInvariant(identifier[0]) + identifier.Substring(1);
    }

    /// <summary>A name as a parameter or local: <c>weight</c>, <c>reLU</c>.</summary>
    public static string Camel(string name)
    {
        string identifier = Identifier(name);
        identifier = char.ToLowerInvariant(identifier[0]) + identifier.Substring(1);
        return Keywords.Contains(identifier) ? "@" + identifier : identifier;
    }

    /// <summary>Text that may stand in a comment of XML documentation.</summary>
    public static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>Letters, digits and underscores; a leading digit gets an underscore.</summary>
    public static string Identifier(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name) text.Append(char.IsLetterOrDigit(c) || c == '_' ? c : '_');
        if (text.Length == 0 || char.IsDigit(text[0])) text.Insert(0, '_');
        return text.ToString();
    }

    /// <summary>The text without its outermost pair of parentheses.</summary>
    public static string Bare(string text)
    {
        if (text.Length < 2 || text[0] != '(' || text[text.Length - 1] != ')') return text;
        int depth = 0;
        for (int i = 0; i < text.Length - 1; i++)
        {
            if (text[i] == '(') depth++;
            if (text[i] == ')' && --depth == 0) return text;
        }

        return text.Substring(1, text.Length - 2);
    }
}
