using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

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
            foreach (var (tensor, info, index) in scope.Tensors)
            {
                code.Gap();
                code.Line($"/// <summary>{CSharp.Xml(info.Path)}: {CSharp.Shape(info.Shape)}, {info.Role.ToString().ToLowerInvariant()}.</summary>");
                code.Line($"public global::NetDsl.ParameterView {Member(tensor)} => _runtime.Parameter({CSharp.Int(index)});");
            }

            foreach (var pair in scope.Inner)
            {
                code.Gap();
                code.Line($"/// <summary>Tensors of {CSharp.Xml(pair.Key)}.</summary>");
                code.Line($"public {TypeOf(pair.Key)} {Member(pair.Key)} => new {TypeOf(pair.Key)}(_runtime);");
            }

            foreach (var pair in scope.Inner) Struct(code, TypeOf(pair.Key), $"Tensors of {pair.Key}.", pair.Value);
        }
    }

    /// <summary>A step of a path as a member; the repetitions of a block are numbers there, and a name that is taken gets an underscore.</summary>
    private static string Member(string step)
    {
        string name = char.IsDigit(step[0]) ? "Repeat" + step : CSharp.Pascal(step);
        bool taken = GeneratedMembers.OfObject.Contains(name) || name == "ParameterTree" || name.EndsWith(Suffix, StringComparison.Ordinal);
        return taken ? name + "_" : name;
    }

    /// <summary>The struct of a step's views. No member ends like it.</summary>
    private static string TypeOf(string step) => Member(step) + Suffix;
}
