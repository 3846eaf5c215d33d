using NetDsl.Generators.Lowering.Gpu;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes the file of a network's programs for the GPU: the table of programs, each program as launches in a row, then every
/// kernel once.
/// </summary>
internal static class GpuEmitter
{
    public static string Write(NetworkSpec spec, IReadOnlyList<GpuProgramPlan> programs)
    {
        var signatures = Signatures(programs);

        // Not of this file alone: the code that ILGPU makes at run time names the structs of arguments.
        string type = CSharp.Identifier(spec.Type.MetadataName) + "_Gpu";
        var code = new CodeWriter();
        FileHeader.Write(code, $"The programs of {spec.Type.Name} for the GPU: launches in a row, then every distinct kernel once.");
        code.Line("#pragma warning disable");
        code.Line();
        TypeWrapper.Write(code, spec.Type, "", () =>
            code.Line($"static partial void GpuProgramsCore(ref global::System.Func<global::NetDsl.Engines.DevicePrograms> programs) => programs = static () => global::NetDsl.Generated.{type}.Programs;"));
        code.Line();
        using (code.Open("namespace NetDsl.Generated"))
        {
            // Inside the namespace, so that no type of the user's comes before these.
            code.Line("using global::System;");
            code.Line("using global::ILGPU;");
            code.Line("using global::NetDsl.Engines;");
            code.Line("using global::NetDsl.Gpu;");
            if (signatures.Keys.Any(kernel => kernel is GpuKernel.MatMul { Style: MatMulStyle.TensorCores })) code.Line("using CudaAsm = global::ILGPU.Runtime.Cuda.CudaAsm;");
            code.Line();
            code.Line($"[global::System.CodeDom.Compiler.GeneratedCode({CSharp.String(FileHeader.Tool)}, {CSharp.String(FileHeader.Version)})]");
            using (code.Open($"internal static class {type}"))
            {
                // Before the table, which lists them.
                foreach (var pair in signatures) GpuKernelEmitter.Descriptor(code, pair.Key, pair.Value);
                code.Gap();
                ProgramTableEmitter.Write(code, "Gpu", programs, program => More(code, program, signatures));
                foreach (GpuProgramPlan program in programs) GpuProgramEmitter.Write(code, program, signatures);
                foreach (var pair in signatures) GpuKernelEmitter.Write(code, pair.Key, pair.Value);
            }
        }

        return code.ToString();
    }

    private static void More(CodeWriter code, GpuProgramPlan program, Dictionary<GpuKernel, GpuSignature> signatures)
    {
        if (program.ScratchFloats > 0) code.Line($"ScratchFloats = {CSharp.Int(program.ScratchFloats)},");
        string kernels = string.Join(", ", program.Launches.Select(launch => signatures[launch.Kernel].Field).Distinct());
        code.Line($"Kernels = new GpuKernel[] {{ {kernels} }},");
    }

    /// <summary>Every distinct kernel and its name, in order of first use.</summary>
    private static Dictionary<GpuKernel, GpuSignature> Signatures(IReadOnlyList<GpuProgramPlan> programs)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        string Unique(string name)
        {
            names.TryGetValue(name, out int count);
            names[name] = count + 1;
            return count == 0 ? name : name + "_v" + CSharp.Int(count + 1);
        }

        var signatures = new Dictionary<GpuKernel, GpuSignature>();
        foreach (GpuProgramPlan program in programs)
        {
            foreach (GpuLaunch launch in program.Launches)
            {
                if (!signatures.ContainsKey(launch.Kernel))
                    signatures.Add(launch.Kernel, GpuSignature.Of(launch, ProgramTableEmitter.MethodName(program), Unique));
            }
        }

        return signatures;
    }
}
