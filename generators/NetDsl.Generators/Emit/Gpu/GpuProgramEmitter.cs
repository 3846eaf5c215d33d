using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes one program as launches in a row, a comment before each layer's part.</summary>
internal static class GpuProgramEmitter
{
    /// <summary>Launches of one method at most: the JIT gives very long methods its minimal optimisation without a word.</summary>
    private const int LaunchesPerMethod = 100;

    public static void Write(CodeWriter code, GpuProgramPlan program, IReadOnlyDictionary<GpuKernel, GpuSignature> signatures)
    {
        string method = ProgramTableEmitter.MethodName(program);
        int methods = (program.Launches.Count + LaunchesPerMethod - 1) / LaunchesPerMethod;
        code.Gap();
        code.Line($"/// <summary>{ProgramText.About(program.Program.Name)}</summary>");
        if (methods <= 1)
        {
            using (code.Open($"private static void {method}(GpuFrame f)")) Launches(code, program, signatures, 0, program.Launches.Count);
            return;
        }

        using (code.Open($"private static void {method}(GpuFrame f)"))
        {
            for (int i = 1; i <= methods; i++) code.Line($"{method}_{CSharp.Int(i)}(f);");
        }

        for (int i = 1; i <= methods; i++)
        {
            code.Gap();
            using (code.Open($"private static void {method}_{CSharp.Int(i)}(GpuFrame f)"))
                Launches(code, program, signatures, (i - 1) * LaunchesPerMethod, Math.Min(i * LaunchesPerMethod, program.Launches.Count));
        }
    }

    private static void Launches(CodeWriter code, GpuProgramPlan program, IReadOnlyDictionary<GpuKernel, GpuSignature> signatures, int from, int to)
    {
        Origin? last = null;
        if (from == 0) Observe(code, program, 0);
        for (int i = from; i < to; i++)
        {
            GpuLaunch launch = program.Launches[i];
            GpuSignature signature = signatures[launch.Kernel];
            if (launch.Kernel is GpuKernel.Load load)
            {
                code.Line("// The batch: rows gathered from the columns, and the elementwise work on them");
                code.Line($"f.Load({signature.Field}, {CSharp.Int(LoadEmitter.Elements(load))});");
            }
            else
            {
                if (!launch.Origin.Equals(last)) code.Gap().Line($"// {ProgramText.Heading(launch.Origin, launch.Node)}");
                Launch(code, launch, signature);
            }

            last = launch.Origin;
            Observe(code, program, i + 1);
        }
    }

    private static void Launch(CodeWriter code, GpuLaunch launch, GpuSignature signature)
    {
        string method = GpuKernelEmitter.IsCooperative(launch.Kernel) ? "LaunchGroups" : "Launch";
        string fields = string.Join(", ", launch.Arguments.Select((a, i) => $"{signature[i]} = {Place(a, signature.Arguments[i].Labels)}")
            .Concat(signature.Extras.Select(extra => $"{extra.Name} = {extra.Value}")));
        code.Line($"f.{method}({signature.Field}, {GpuKernelEmitter.Extent(launch.Kernel)}, new {signature.Name}_Arguments {{ {fields} }});");
    }

    private static void Observe(CodeWriter code, GpuProgramPlan program, int afterLaunch)
    {
        for (int i = 0; i < program.Observations.Count; i++)
        {
            Observation observation = program.Observations[i];
            if (observation.AfterCall == afterLaunch) code.Line($"f.Observe({CSharp.Int(i)}, {Place(observation.Output, labels: false)}, {CSharp.Int(observation.Output.Placement.Stride)});");
        }
    }

    /// <summary>A value's place in its arena, as long as it is.</summary>
    private static string Place(KernelArgument argument, bool labels)
    {
        Placement p = argument.Placement;

        // What is copied may begin behind the first element of what it is a part of, and ends with it.
        int elements = Math.Min(argument.Type.Elements, p.Stride - p.Start);
        string place = p.Arena switch
        {
            Arena.Activations when p.Stride == elements && p.Start == 0 => $"f.Activation({CSharp.Int(p.Offset)}, {CSharp.Int(elements)})",
            Arena.Activations => $"f.Activation({CSharp.Int(p.Offset)}, {CSharp.Int(p.Start)}, {CSharp.Int(p.Stride)}, {CSharp.Int(elements)})",
            Arena.Fixed => $"f.Fixed({CSharp.Int(p.Offset + p.Start)}, {CSharp.Int(elements)})",
            Arena.Parameters => $"f.Parameters({CSharp.Int(p.Offset + p.Start)}, {CSharp.Int(elements)})",
            _ => $"f.Gradients({CSharp.Int(p.Offset + p.Start)}, {CSharp.Int(elements)})",
        };
        return labels ? place.Replace("f.Activation(", "f.Labels(") : place;
    }
}
