using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Emit;

/// <summary>Writes a member for each network that was inserted into this one.</summary>
internal static class PartsEmitter
{
    public static void Write(CodeWriter code, NetworkSurface surface)
    {
        foreach (NetworkPart part in surface.Graph.Parts)
        {
            // One without tensors has them nowhere.
            if (!surface.Layout.PartOffsets.TryGetValue(part.Index, out int offset)) offset = 0;
            string type = FullName(part.Type), field = $"_part{CSharp.Int(part.Index)}";
            code.Gap();
            code.Line($"private {type}? {field};");
            code.Gap();
            code.Line($"/// <summary>The network {CSharp.Xml(part.Type.Name)} in this one, over the same weights: what one learns, the other knows. It is released with this one.</summary>");
            code.Line($"{Accessibility(part.Type)} {type} {part.Name} => {field} ??= {type}.Over(_runtime, {CSharp.Int(part.Index)}, {CSharp.Int(offset)});");
        }
    }

    private static string FullName(TypeSpec type)
    {
        IEnumerable<string> names = type.Containing.Select(outer => outer.Name).Append(type.Declaration.Name);
        return "global::" + string.Join(".", type.Namespace.Length == 0 ? names : names.Prepend(type.Namespace));
    }

    /// <summary>No wider than the class itself.</summary>
    private static string Accessibility(TypeSpec type)
    {
        string[] levels = [.. type.Containing.Append(type.Declaration).Select(declaration => declaration.Accessibility)];
        return levels.All(level => level == "public") ? "public" : levels.All(level => level is "public" or "internal") ? "internal" : "private";
    }
}
