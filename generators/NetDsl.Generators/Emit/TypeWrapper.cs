using NetDsl.Generators.Model;

namespace NetDsl.Generators.Emit;

/// <summary>Opens another part of the user's class, within its namespace and the types around it.</summary>
internal static class TypeWrapper
{
    /// <param name="code">Where to.</param>
    /// <param name="type">The user's class.</param>
    /// <param name="bases">What follows the colon, or empty.</param>
    /// <param name="body">Writes the members.</param>
    /// <param name="head">Writes documentation and attributes before the declaration.</param>
    public static void Write(CodeWriter code, TypeSpec type, string bases, Action body, Action? head = null)
    {
        var blocks = new Stack<CodeWriter.Block>();
        if (type.Namespace.Length > 0) blocks.Push(code.Open($"namespace {type.Namespace}"));
        foreach (TypeDeclaration outer in type.Containing) blocks.Push(code.Open($"partial {outer.Keyword} {outer.Name}"));
        head?.Invoke();
        blocks.Push(code.Open($"partial {type.Declaration.Keyword} {type.Declaration.Name}{(bases.Length > 0 ? " : " + bases : "")}"));
        body();
        while (blocks.Count > 0) blocks.Pop().Dispose();
    }
}
