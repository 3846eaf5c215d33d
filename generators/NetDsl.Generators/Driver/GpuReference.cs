using Microsoft.CodeAnalysis;
using NetDsl.Generators.Emit.Gpu;

namespace NetDsl.Generators.Driver;

/// <summary>Whether a project uses the GPU's runtime, and the one file that it then gets.</summary>
internal static class GpuReference
{
    private const string ProgramsType = "NetDsl.Gpu.GpuPrograms";

    public static bool IsPresent(Compilation compilation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return compilation.GetTypeByMetadataName(ProgramsType) is not null;
    }

    public static GeneratedFile Module((bool HasNetworks, bool WithGpu) project, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new GeneratedFile("NetDsl.Gpu.Module.g.cs", project is { HasNetworks: true, WithGpu: true } ? GpuModuleEmitter.Write() : null);
    }
}
