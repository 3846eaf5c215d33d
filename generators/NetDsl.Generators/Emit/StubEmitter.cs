using NetDsl.Generators.Model;

namespace NetDsl.Generators.Emit;

/// <summary>
/// Writes the surface of a network with errors: every common member, so that C# itself has nothing to report beside the
/// diagnostics that matter.
/// </summary>
internal static class StubEmitter
{
    public static string Write(NetworkSpec spec)
    {
        var code = new CodeWriter();
        string name = spec.Type.Name;
        FileHeader.Write(code, $"{name} does not compile as a network: see the NDSL diagnostics. These stubs keep the rest of the program intact.");
        code.Line("#nullable enable");
        code.Line("#pragma warning disable");
        code.Line();
        TypeWrapper.Write(code, spec.Type, $"global::NetDsl.INetwork<{spec.Type.Declaration.Name}>, global::NetDsl.IClassifier, global::NetDsl.IRegressor", () =>
        {
            const string Span = "global::System.ReadOnlySpan<float>", Bytes = "global::System.ReadOnlySpan<byte>";
            string[] members =
            [
                $"public static {SurfaceEmitter.Runtime[..^"NetworkRuntime".Length]}NetworkInfo Info => throw Broken();",
                $"{SurfaceEmitter.Runtime} global::NetDsl.INetwork.Runtime => throw Broken();",
                $"public static {name} Create(global::NetDsl.NetworkOptions? options = null) => throw Broken();",
                $"public static {name} Load(string path, global::NetDsl.NetworkOptions? options = null) => throw Broken();",
                "public void Save(string path) => throw Broken();",
                "public string Summary(int batchSize = 32) => throw Broken();",
                "public void Dispose() { }",
                "public global::NetDsl.FitResult Fit(global::NetDsl.DataSet data, global::NetDsl.FitOptions? options = null, global::System.Threading.CancellationToken cancellation = default) => throw Broken();",
                "public global::NetDsl.EvaluationReport Evaluate(global::NetDsl.DataSet data, int batchSize = 0) => throw Broken();",
                "public void Apply(global::NetDsl.Optimizer optimizer) => throw Broken();",
                $"public float Gradients({Span} input, {Span} target) => throw Broken();",
                $"public float Gradients({Span} input, global::System.ReadOnlySpan<int> labels) => throw Broken();",
                $"public void Backward({Span} input, {Span} outputGradient) => throw Broken();",
                $"public void Backward({Span} input, {Span} outputGradient, global::System.Span<float> inputGradient) => throw Broken();",
                $"public void Predict({Span} input, global::System.Span<float> output) => throw Broken();",
                $"public void Predict({Bytes} input, global::System.Span<float> output) => throw Broken();",
                $"public float[] Predict({Span} input) => throw Broken();",
                $"public float[] Predict({Bytes} input) => throw Broken();",
                $"public void Forward({Span} input, global::System.Span<float> output) => throw Broken();",
                $"public float[] Forward({Span} input) => throw Broken();",
                $"public global::NetDsl.Classification Classify({Span} input) => throw Broken();",
                $"public global::NetDsl.Classification Classify({Bytes} input) => throw Broken();",
                $"public void Inspect({Span} input, global::NetDsl.LayerInspector inspector) => throw Broken();",
                $"private static global::System.Exception Broken() => new global::System.InvalidOperationException({CSharp.String($"The network {name} was compiled with errors; see its NDSL diagnostics.")});",
            ];
            foreach (string member in members)
            {
                code.Gap();
                code.Line(member);
            }
        });
        return code.ToString();
    }
}
