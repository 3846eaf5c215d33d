using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Writes one program as calls in a row, a comment before each layer's part and the formula beside each call.</summary>
internal static class ProgramEmitter
{
    /// <summary>
    /// Calls of one method at most. RyuJIT gives methods of more than 60,000 bytes of IL or 2,000 basic blocks its minimal
    /// optimisation without a word; a call is about 60 bytes. A longer program goes on in a next method.
    /// </summary>
    public const int CallsPerMethod = 200;

    public static void Write(CodeWriter code, CpuProgramPlan program, IReadOnlyDictionary<CpuKernel, KernelSignature> signatures)
    {
        string method = ProgramTableEmitter.MethodName(program);
        code.Gap();
        code.Line($"/// <summary>{ProgramText.About(program.Program.Name)}</summary>");
        int methods = (program.Calls.Count + CallsPerMethod - 1) / CallsPerMethod;
        if (methods <= 1)
        {
            using (code.Open($"private static void {method}(in CpuFrame f)")) Calls(code, program, signatures, 0, program.Calls.Count);
        }
        else
        {
            using (code.Open($"private static void {method}(in CpuFrame f)"))
            {
                for (int i = 1; i <= methods; i++) code.Line($"{method}_{CSharp.Int(i)}(in f);");
            }

            for (int i = 1; i <= methods; i++)
            {
                code.Gap();
                using (code.Open($"private static void {method}_{CSharp.Int(i)}(in CpuFrame f)"))
                    Calls(code, program, signatures, (i - 1) * CallsPerMethod, Math.Min(i * CallsPerMethod, program.Calls.Count));
            }
        }

        Scratch(code, program, method);
    }

    private static void Calls(CodeWriter code, CpuProgramPlan program, IReadOnlyDictionary<CpuKernel, KernelSignature> signatures, int from, int to)
    {
        int section = program.Sections.Count(s => s.First < from);
        Observe(code, program, from == 0 ? 0 : -1);
        for (int i = from; i < to; i++)
        {
            CpuCall call = program.Calls[i];
            bool begins = section < program.Sections.Count && program.Sections[section].First == i;
            if (begins || i == from) code.Gap().Line($"// {ProgramText.Heading(call.Origin, call.Node)}");
            if (begins) code.Line($"f.Section({CSharp.Int(section++)});");
            KernelSignature signature = signatures[call.Kernel];
            string arguments = string.Join("", call.Arguments.Select((a, k) => $", {signature.Parameters[k].Name}: {Place(a)}"));
            code.Line($"{signature.Name}(f{arguments});");
            Observe(code, program, i + 1);
        }
    }

    private static void Observe(CodeWriter code, CpuProgramPlan program, int afterCall)
    {
        for (int i = 0; i < program.Observations.Count; i++)
        {
            if (program.Observations[i].AfterCall == afterCall) code.Line($"f.Observe({CSharp.Int(i)}, {Place(program.Observations[i].Output)});");
        }
    }

    /// <summary>A value's place in its arena.</summary>
    private static string Place(KernelArgument argument)
    {
        Placement p = argument.Placement;
        string tensor = p.IsLent ? "f.Input" : "f.Activation";
        string view = p.Stride == argument.Type.Elements && p.Start == 0
            ? $"{tensor}({CSharp.Int(p.Offset)}, {CSharp.Int(p.Stride)})"
            : $"{tensor}({CSharp.Int(p.Offset)}, {CSharp.Int(p.Start)}, {CSharp.Int(p.Stride)})";
        return p.Arena switch
        {
            Arena.Activations => view,
            Arena.Fixed => $"f.Fixed + {CSharp.Int(p.Offset + p.Start)}",
            Arena.Parameters => $"f.Parameters + {CSharp.Int(p.Offset + p.Start)}",
            _ => $"f.Gradients + {CSharp.Int(p.Offset + p.Start)}",
        };
    }

    private static void Scratch(CodeWriter code, CpuProgramPlan program, string method)
    {
        string[] needs = [.. program.Calls.Select(call => KernelEmitter.Scratch(call.Kernel)).Where(need => need is not null).Select(need => need!).Distinct()];
        code.Gap();
        code.Line($"/// <summary>Working memory of <see cref=\"{method}\"/>: what the neediest of its building blocks takes.</summary>");
        using (code.Open($"private static WorkingMemory {method}Scratch(int batch, int threads)"))
        {
            code.Line("WorkingMemory memory = default;");
            foreach (string need in needs) code.Line($"memory = WorkingMemory.Max(memory, {need});");
            code.Line("return memory;");
        }
    }
}
