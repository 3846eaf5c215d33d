using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Emit;

/// <summary>Writes the public surface of a network: what its users call.</summary>
internal static class SurfaceEmitter
{
    public const string Runtime = "global::NetDsl.Networks.NetworkRuntime";

    private const string DevicePrograms = "global::System.Func<global::NetDsl.Engines.DevicePrograms>?";

    public static string Write(NetworkSpec spec, ShapeResult shapes)
    {
        NetworkSurface surface = NetworkSurface.Of(spec, shapes);
        var code = new CodeWriter();
        FileHeader.Write(code, $"The surface of {surface.Name}; its programs are in a file of their own.");
        code.Line("#nullable enable");
        code.Line();
        TypeWrapper.Write(code, spec.Type, Bases(surface), () => Members(code, surface), () =>
        {
            RemarksEmitter.Write(code, surface);
            code.Line($"[global::System.CodeDom.Compiler.GeneratedCode({CSharp.String(FileHeader.Tool)}, {CSharp.String(FileHeader.Version)})]");
        });
        return code.ToString();
    }

    private static string Bases(NetworkSurface surface)
    {
        string self = $"global::NetDsl.INetwork<{surface.Spec.Type.Declaration.Name}>";
        if (!surface.TakesNumbers) return self;
        return surface.IsClassifier ? self + ", global::NetDsl.IClassifier" : surface.IsRegressor ? self + ", global::NetDsl.IRegressor" : self;
    }

    private static void Members(CodeWriter code, NetworkSurface surface)
    {
        InfoEmitter.Write(code, surface);
        Lifetime(code, surface.Name);
        PartsEmitter.Write(code, surface);
        Training(code, surface);
        PredictionEmitter.Write(code, surface);
        ParametersEmitter.Write(code, surface);
    }

    /// <summary>Making, loading, saving and releasing.</summary>
    private static void Lifetime(CodeWriter code, string name)
    {
        code.Gap();
        code.Line("private static readonly global::NetDsl.Cpu.CpuPrograms s_cpuPrograms = LoadCpuPrograms();");
        code.Gap();
        code.Line($"private static readonly {DevicePrograms} s_devicePrograms = LoadDevicePrograms();");
        code.Gap();
        code.Line($"private readonly {Runtime} _runtime;");
        code.Gap();
        code.Line($"private {name}({Runtime} runtime) => _runtime = runtime;");
        code.Gap();
        code.Line($"{Runtime} global::NetDsl.INetwork.Runtime => _runtime;");
        code.Gap();
        code.Line("/// <summary>A new network with initial weights.</summary>");
        code.Line("/// <param name=\"options\">Device, seed and threads.</param>");
        code.Line($"public static {name} Create(global::NetDsl.NetworkOptions? options = null) => new {name}({Runtime}.Create(Info, s_cpuPrograms, options, s_devicePrograms));");
        code.Gap();
        code.Line("/// <summary>A network with the weights of a file.</summary>");
        code.Line("/// <param name=\"path\">A safetensors file that <see cref=\"Save\"/> wrote.</param>");
        code.Line("/// <param name=\"options\">Device, seed and threads.</param>");
        code.Line("/// <exception cref=\"global::NetDsl.WeightFileException\">The file is damaged, or another network's.</exception>");
        code.Line($"public static {name} Load(string path, global::NetDsl.NetworkOptions? options = null) => new {name}({Runtime}.Load(Info, s_cpuPrograms, path, options, s_devicePrograms));");
        code.Gap();
        code.Line("/// <summary>The network over its tensors in another one.</summary>");
        code.Line($"internal static {name} Over({Runtime} outer, int part, int offset) => new {name}(outer.Part(part, offset, Info, s_cpuPrograms, s_devicePrograms));");
        code.Gap();
        code.Line("/// <summary>Writes weights and state to a safetensors file, whole or not at all.</summary>");
        code.Line("public void Save(string path) => _runtime.Save(path);");
        code.Gap();
        code.Line("/// <summary>A table of layers, parameters and memory at a batch size.</summary>");
        code.Line("public string Summary(int batchSize = 32) => _runtime.Summary(batchSize);");
        code.Gap();
        code.Line("/// <summary>Releases the network's memory. May be called again.</summary>");
        code.Line("public void Dispose() => _runtime.Dispose();");
        code.Gap();
        using (code.Open("private static global::NetDsl.Cpu.CpuPrograms LoadCpuPrograms()"))
        {
            code.Line("global::NetDsl.Cpu.CpuPrograms programs = null!;");
            code.Line("CpuProgramsCore(ref programs);");
            code.Line("return programs;");
        }

        code.Gap();
        code.Line("/// <summary>Filled by the file of programs, which only a build writes.</summary>");
        code.Line("static partial void CpuProgramsCore(ref global::NetDsl.Cpu.CpuPrograms programs);");
        code.Gap();
        using (code.Open($"private static {DevicePrograms} LoadDevicePrograms()"))
        {
            code.Line($"{DevicePrograms} programs = null;");
            code.Line("GpuProgramsCore(ref programs);");
            code.Line("return programs;");
        }

        code.Gap();
        code.Line("/// <summary>Filled by the file of programs for the GPU, where NetDsl.Gpu is referenced.</summary>");
        code.Line($"static partial void GpuProgramsCore(ref {DevicePrograms} programs);");
    }

    /// <summary>Fit and evaluate, and the two halves of a step for those who write their own loop.</summary>
    private static void Training(CodeWriter code, NetworkSurface surface)
    {
        code.Gap();
        code.Line("/// <summary>Trains on a data set. Called again, it goes on from where it stopped.</summary>");
        code.Line("/// <param name=\"data\">Columns of features, then of targets, or by the names of inputs and losses.</param>");
        code.Line("/// <param name=\"options\">Epochs, batch size, optimizer, validation, progress.</param>");
        code.Line("/// <param name=\"cancellation\">Stops after the step at hand and keeps what was learned.</param>");
        code.Line("public global::NetDsl.FitResult Fit(global::NetDsl.DataSet data, global::NetDsl.FitOptions? options = null, global::System.Threading.CancellationToken cancellation = default) => _runtime.Fit(data, options, cancellation);");
        code.Gap();
        code.Line("/// <summary>Losses and metrics over a data set.</summary>");
        code.Line("public global::NetDsl.EvaluationReport Evaluate(global::NetDsl.DataSet data, int batchSize = 0) => _runtime.Evaluate(data, batchSize);");
        code.Gap();
        code.Line("/// <summary>One step of an optimizer by the gradients at hand.</summary>");
        code.Line("public void Apply(global::NetDsl.Optimizer optimizer) => _runtime.Apply(optimizer);");
        StepEmitter.Write(code, surface);
    }
}
