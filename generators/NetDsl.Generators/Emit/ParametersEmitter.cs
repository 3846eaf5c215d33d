using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit;

/// <summary>Writes the views of weights and state: <c>net.Parameters.Dense1.Weight</c>, a struct per step of the tensors' paths.</summary>
internal static class ParametersEmitter
{
    private const string Suffix = "Tensors";

    private sealed class Scope
    {
        public SortedDictionary<string, Scope> Inner { get; } = new(StringComparer.Ordinal);

        public List<(string Name, ParameterInfo Tensor, int Index)> Tensors { get; } = [];
    }

    public static void Write(CodeWriter code, NetworkSurface surface)
    {
        var root = new Scope();
        int position = 0;
        foreach (int index in surface.Layout.Order)
        {
            ParameterInfo tensor = surface.Graph.Parameters[index];
            string[] path = tensor.Path.Split('/');
            Scope scope = root;
            foreach (string step in path.Take(path.Length - 1))
            {
                if (!scope.Inner.TryGetValue(step, out Scope? inner)) scope.Inner.Add(step, inner = new Scope());
                scope = inner;
            }

            scope.Tensors.Add((path[path.Length - 1], tensor, position++));
        }

        code.Gap();
        code.Line("/// <summary>The weights and state, by the names they have in files.</summary>");
        code.Line("public ParameterTree Parameters => new ParameterTree(_runtime);");
        Struct(code, "ParameterTree", "The weights and state of the network.", root);
    }

    private static void Struct(CodeWriter code, string name, string about, Scope scope)
    {
        code.Gap();
        code.Line($"/// <summary>{CSharp.Xml(about)}</summary>");
        using (code.Open($"public readonly struct {name}"))
        {
            code.Line("private readonly global::NetDsl.Networks.NetworkRuntime _runtime;");
            code.Gap();
            code.Line($"internal {name}(global::NetDsl.Networks.NetworkRuntime runtime) => _runtime = runtime;");
            string[] inner = [.. scope.Inner.Keys];
            string[] tensors = [.. scope.Tensors.Select(tensor => CSharp.Pascal(tensor.Name))];
            string[] members = MemberNames.Of(inner.Select(Member), "_", [name, "_runtime", .. tensors]);
            string[] types = MemberNames.Of(members.Select(member => member + Suffix), "_", [name, .. tensors, .. members]);
            for (int i = 0; i < tensors.Length; i++)
            {
                var (_, info, index) = scope.Tensors[i];
                code.Gap();
                code.Line($"/// <summary>{CSharp.Xml(info.Path)}: {CSharp.Shape(info.Shape)}, {info.Role.ToString().ToLowerInvariant()}.</summary>");
                code.Line($"public global::NetDsl.ParameterView {tensors[i]} => _runtime.Parameter({CSharp.Int(index)});");
            }

            for (int i = 0; i < inner.Length; i++)
            {
                code.Gap();
                code.Line($"/// <summary>Tensors of {CSharp.Xml(inner[i])}.</summary>");
                code.Line($"public {types[i]} {members[i]} => new {types[i]}(_runtime);");
            }

            for (int i = 0; i < inner.Length; i++) Struct(code, types[i], $"Tensors of {inner[i]}.", scope.Inner[inner[i]]);
        }
    }

    /// <summary>A step of a path as a member; the repetitions of a block are numbers there.</summary>
    private static string Member(string step) => char.IsDigit(step[0]) ? "Repeat" + step : CSharp.Pascal(step);
}
