using NetDsl.Generators.Emit.Cpu;
using NetDsl.Generators.Emit.Gpu;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Lowering.Gpu;
using NetDsl.Generators.Model;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Emit;

/// <summary>The files that are written for one network.</summary>
internal static class EmitStage
{
    /// <summary>The public surface: what the editor sees while the user types. Complete stubs where <paramref name="shapes"/> has errors.</summary>
    public static string Surface(NetworkSpec spec, ShapeResult shapes) =>
        shapes.Inference is null ? StubEmitter.Write(spec) : SurfaceEmitter.Write(spec, shapes);

    /// <summary>The programs for the CPU, which fill the surface's partial methods; <see langword="null"/> where there are errors.</summary>
    public static string? CpuPrograms(NetworkSpec spec, ShapeResult shapes) =>
        shapes.Training is null ? null : CpuEmitter.Write(spec, CpuPlans(spec, shapes));

    /// <summary>The programs for the CPU with every decision made.</summary>
    public static IReadOnlyList<CpuProgramPlan> CpuPlans(NetworkSpec spec, ShapeResult shapes)
    {
        ParameterLayout layout = ParameterLayout.Of(shapes.Training!.Parameters);
        return [.. ProgramGraphs.Of(spec, shapes).Select(program => CpuLowering.Run(program, layout, spec.Inspectable && program.Name == "forward"))];
    }

    /// <summary>The programs for the GPU, which fill the surface's partial methods; <see langword="null"/> where there are errors.</summary>
    public static string? GpuPrograms(NetworkSpec spec, ShapeResult shapes) =>
        shapes.Training is null ? null : GpuEmitter.Write(spec, GpuPlans(spec, shapes));

    /// <summary>The programs for the GPU with every decision made.</summary>
    public static IReadOnlyList<GpuProgramPlan> GpuPlans(NetworkSpec spec, ShapeResult shapes)
    {
        ParameterLayout layout = ParameterLayout.Of(shapes.Training!.Parameters);
        return [.. ProgramGraphs.Of(spec, shapes).Select(program => GpuLowering.Run(program, layout, spec.Precision, spec.Inspectable && program.Name == "forward"))];
    }
}
