namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes what an assembly with networks for the GPU has once: the registration of the device.</summary>
internal static class GpuModuleEmitter
{
    public static string Write()
    {
        var code = new CodeWriter();
        FileHeader.Write(code, "Registers the GPU when this assembly is loaded, and lets the code that ILGPU makes see the arguments of kernels.");
        code.Line("#pragma warning disable");
        code.Line();
        code.Line("[assembly: global::System.Runtime.CompilerServices.InternalsVisibleTo(\"ILGPURuntime\")]");
        code.Line();
        using (code.Open("namespace NetDsl.Generated"))
        {
            code.Line($"[global::System.CodeDom.Compiler.GeneratedCode({CSharp.String(FileHeader.Tool)}, {CSharp.String(FileHeader.Version)})]");
            using (code.Open("file static class GpuModule"))
            {
                code.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
                code.Line("internal static void Register() => global::NetDsl.Gpu.GpuDevices.Register();");
            }
        }

        return code.ToString();
    }
}
