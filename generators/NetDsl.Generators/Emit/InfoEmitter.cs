using System.Security.Cryptography;
using System.Text;
using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Emit;

/// <summary>Writes the constant that describes a network to the runtime.</summary>
internal static class InfoEmitter
{
    private const string Ns = "global::NetDsl.Networks.";

    public static void Write(CodeWriter code, NetworkSurface surface)
    {
        Graph graph = surface.Graph;
        ParameterLayout layout = surface.Layout;
        code.Line("/// <summary>Inputs, targets, outputs, losses, tensors and layers of this network.</summary>");
        using (code.Open($"public static {Ns}NetworkInfo Info {{ get; }} = new {Ns}NetworkInfo", "};"))
        {
            code.Line($"Name = {CSharp.String(surface.Name)},");
            code.Line($"StructuralHash = {CSharp.String(StructuralHash(graph.Parameters))},");
            List(code, "Inputs", "ColumnInfo", surface.Inputs.Select(column => Column(column, graph)));
            List(code, "Targets", "ColumnInfo", surface.Targets.Select(column => Column(column, graph)));
            List(code, "Outputs", "OutputInfo", surface.Outputs.Select((output, i) =>
                $"({CSharp.String(output.Name)}, {Ints(output.Value.Type.Shape)}, {CSharp.Int(i < surface.DeclaredOutputs ? i : -1)})"));
            List(code, "Losses", "LossInfo", graph.Losses.Select(loss => Loss(loss, surface)));
            List(code, "Parameters", "ParameterTensor", layout.Order.Select(index => Parameter(graph.Parameters[index], layout.Offsets[index])));
            code.Line($"ParameterFloats = {CSharp.Int(layout.Floats)},");
            code.Line($"TrainableFloats = {CSharp.Int(layout.TrainableFloats)},");
            List(code, "Layers", "LayerInfo", surface.Shapes.Layers.Select(Layer));
            List(code, "Standardize", "StandardizeInfo", graph.Standardize.Select(s => Standardize(s, surface, layout)));
        }
    }

    /// <summary>SHA-256 over names, order and shapes of the tensors: what decides whether a file of weights fits.</summary>
    public static string StructuralHash(IReadOnlyList<ParameterInfo> parameters)
    {
        string text = string.Join("\n", parameters.Select(p => p.Path + ":" + string.Join("x", p.Shape.Select(n => CSharp.Int(n)))));
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static void List(CodeWriter code, string property, string type, IEnumerable<string> items)
    {
        using (code.Open($"{property} = new {Ns}{type}[]", "},"))
        {
            foreach (string item in items) code.Line($"new {Ns}{type}{item},");
        }
    }

    private static string Column(NamedValue column, Graph graph)
    {
        TensorType type = column.Value.Type;
        bool labels = type.DType == DType.I32;
        int classes = 0;
        string ignored = "";
        if (labels)
        {
            Node reader = graph.Nodes.First(node => node.Inputs.Contains(column.Value) && node.Op is (Op.SoftmaxCrossEntropy or Op.Gather));
            TensorType indexed = reader.Inputs[0].Type;
            classes = indexed.Shape[reader.Op is Op.Gather ? 0 : indexed.Rank - 1];

            // Tokens that are a target are classes all the same: an embedding reads them too.
            bool target = graph.ProducerOf(column.Value)!.Op is Op.Input { Role: InputRole.Target };
            if (target && reader.Op is Op.SoftmaxCrossEntropy { Rule.Ignored: { } label }) ignored = $" {{ Ignored = {CSharp.Int(label)} }}";
        }

        return $"({CSharp.String(column.Name)}, {Ints(type.Shape)}, {Ns}ColumnKind.{(labels ? "Labels" : "Numbers")}, {CSharp.Int(classes)}, {CSharp.Bool(graph.Rescaled.Contains(column.Name))}){ignored}";
    }

    private static string Loss(LossValue loss, NetworkSurface surface)
    {
        int target = -1;
        for (int i = 0; i < surface.Targets.Count; i++)
        {
            if (surface.Targets[i].Name == loss.Target) target = i;
        }

        return $"({CSharp.String(loss.Name)}, {Ns}LossKind.{loss.Kind}, {CSharp.Double(loss.Weight)}, {CSharp.Int(surface.OutputOf(loss))}, {CSharp.Int(target)}, {Strings(loss.ClassNames)}){Padding(loss, surface)}";
    }

    private static string Padding(LossValue loss, NetworkSurface surface)
    {
        if (loss.Padding.Length == 0) return "";
        IEnumerable<string> items = loss.Padding.Select(padding =>
            $"new {Ns}PaddingInfo({CSharp.Int(surface.Inputs.ToList().FindIndex(column => column.Name == padding.Column))}, {CSharp.Int(padding.Token)}, {CSharp.Int(padding.Offset)})");
        return $" {{ Padding = new {Ns}PaddingInfo[] {{ {string.Join(", ", items)} }} }}";
    }

    private static string Parameter(ParameterInfo p, int offset) =>
        $"({CSharp.String(p.Path)}, {Ints(p.Shape)}, {CSharp.Int(offset)}, {Ns}ParameterRole.{p.Role}, global::NetDsl.Initializer.{p.Initializer}, {CSharp.Int(p.FanIn)}, {CSharp.Int(p.FanOut)})"
        + (p.Initializer == "Constant" ? $" {{ Value = {CSharp.Float(p.Value)} }}" : "")
        + (p.MaxNorm > 0 ? $" {{ Norm = {Norm(p)} }}" : "");

    private static string Norm(ParameterInfo p)
    {
        int units = p.Shape.Skip(p.Units.First).Take(p.Units.Count).Aggregate(1, (product, extent) => product * extent);
        int neighbours = p.Shape.Skip(p.Units.First + p.Units.Count).Aggregate(1, (product, extent) => product * extent);
        return $"new {Ns}NormLimit({CSharp.Float(p.MaxNorm)}, {CSharp.Int(units)}, {CSharp.Int(neighbours)})";
    }

    private static string Layer(LayerRow row) =>
        $"({CSharp.String(row.Path)}, {CSharp.String(row.Kind)}, {CSharp.String(row.Detail)}, {Ints(row.Output)}, {CSharp.Int(row.Parameters)}, {CSharp.Int(row.Flops)})";

    private static string Standardize(StandardizeValue s, NetworkSurface surface, ParameterLayout layout)
    {
        int input = surface.Inputs.ToList().FindIndex(column => column.Name == s.Input);
        bool ofTarget = input < 0;
        if (ofTarget) input = surface.Targets.ToList().FindIndex(column => column.Name == s.Input);
        var order = layout.Order.ToList();
        return $"({CSharp.Int(input)}, {CSharp.Double(s.Scale)}, {CSharp.Double(s.Offset)}, {CSharp.Int(order.IndexOf(s.Mean))}, {CSharp.Int(order.IndexOf(s.Deviation))}, {CSharp.Int(order.IndexOf(s.Fitted))}){(ofTarget ? " { OfTarget = true }" : "")}";
    }

    private static string Ints(IEnumerable<int> values) => $"new int[] {{ {string.Join(", ", values.Select(v => CSharp.Int(v)))} }}".Replace("{  }", "{ }");

    private static string Strings(IEnumerable<string> values) => $"new string[] {{ {string.Join(", ", values.Select(CSharp.String))} }}".Replace("{  }", "{ }");
}
