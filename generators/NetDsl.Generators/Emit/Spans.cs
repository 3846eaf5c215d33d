using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit;

/// <summary>
/// How samples are passed: a single column as a plain span, several as one generated <c>ref struct</c> with a member each.
/// </summary>
/// <param name="StructName">Name of the struct for several columns.</param>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="Values">The columns.</param>
/// <param name="Written">The caller's memory is written to.</param>
internal sealed record Spans(string StructName, string Parameter, IReadOnlyList<NamedValue> Values, bool Written)
{
    private readonly string[] _members = MemberNames.Of(Values.Select(value => CSharp.Pascal(value.Name)), "Column", StructName);

    public bool IsSingle => Values.Count == 1;

    /// <summary>The parameter as it is declared; empty where there is no column.</summary>
    public string Declaration => Values.Count == 0 ? "" : IsSingle ? $"{TypeOf(Values[0])} {Parameter}" : $"{StructName} {Parameter}";

    /// <summary>The span of a column in the body of a method.</summary>
    public string At(int i) => IsSingle ? Parameter : $"{Parameter}.{_members[i]}";

    /// <summary>The name of a column's argument in messages.</summary>
    public string NameAt(int i) => CSharp.String(IsSingle ? Parameter : Values[i].Name);

    public string TypeOf(NamedValue value)
    {
        string element = value.Value.Type.DType == DType.I32 ? "int" : "float";
        return Written ? $"global::System.Span<{element}>" : $"global::System.ReadOnlySpan<{element}>";
    }

    /// <summary>Writes the struct where there are several columns.</summary>
    public void WriteStruct(CodeWriter code, string about)
    {
        if (Values.Count < 2) return;
        code.Gap();
        code.Line($"/// <summary>{about}</summary>");
        using (code.Open($"public ref struct {StructName}"))
        {
            for (int i = 0; i < Values.Count; i++)
            {
                NamedValue value = Values[i];
                code.Gap();
                code.Line($"/// <summary>{CSharp.Xml(value.Name)}: {CSharp.Shape(value.Value.Type.Shape)} a sample.</summary>");
                code.Line($"public {TypeOf(value)} {_members[i]} {{ get; set; }}");
            }
        }
    }
}
