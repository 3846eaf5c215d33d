using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Emit;

/// <summary>The files that are written for one network.</summary>
internal static class EmitStage
{
    /// <summary>The public surface: what the editor sees while the user types. Complete stubs where <paramref name="shapes"/> has errors.</summary>
    public static string Surface(NetworkSpec spec, ShapeResult shapes) => $"// {spec.Type.Name}: {shapes.Layers.Length} layers\n";

    /// <summary>The programs for the CPU, which fill the surface's partial methods; <see langword="null"/> where there are errors.</summary>
    public static string? CpuPrograms(NetworkSpec spec, ShapeResult shapes) => shapes.Training is null ? null : $"// {spec.Type.Name}\n";
}
