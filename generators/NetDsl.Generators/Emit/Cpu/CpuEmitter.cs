using System.Globalization;
using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Writes the file of a network's programs for the CPU: the table of programs, each program as straight-line calls, then every
/// kernel once.
/// </summary>
internal static class CpuEmitter
{
    public static string Write(NetworkSpec spec, IReadOnlyList<CpuProgramPlan> programs)
    {
        var signatures = Signatures(programs);
        string type = CSharp.Identifier(spec.Type.Name) + "Cpu";
        var code = new CodeWriter();
        FileHeader.Write(code, $"The programs of {spec.Type.Name} for the CPU: straight-line code over arenas whose offsets are literals, then every distinct kernel once.");
        code.Line("#pragma warning disable");
        code.Line();
        TypeWrapper.Write(code, spec.Type, "", () =>
            code.Line($"static partial void CpuProgramsCore(ref global::NetDsl.Cpu.CpuPrograms programs) => programs = global::NetDsl.Generated.{type}.Programs;"));
        code.Line();
        using (code.Open("namespace NetDsl.Generated"))
        {
            // Inside the namespace, so that no type of the user's comes before these.
            code.Line("using global::System;");
            code.Line("using global::System.Numerics;");
            code.Line("using global::System.Runtime.CompilerServices;");
            code.Line("using global::NetDsl.Cpu;");
            code.Line("using global::NetDsl.Engines;");
            code.Line();
            code.Line($"[global::System.CodeDom.Compiler.GeneratedCode({CSharp.String(FileHeader.Tool)}, {CSharp.String(FileHeader.Version)})]");
            using (code.Open($"file static class {type}"))
            {
                ProgramTableEmitter.Write(code, "Cpu", programs, program => WriteCpuProperties(code, program));
                foreach (CpuProgramPlan program in programs) ProgramEmitter.Write(code, program, signatures);
                foreach (var pair in signatures) KernelEmitter.Write(code, pair.Key, pair.Value);
            }
        }

        return code.ToString();
    }

    /// <summary>What a program has on the CPU alone.</summary>
    private static void WriteCpuProperties(CodeWriter code, CpuProgramPlan program)
    {
        code.Line($"Scratch = {ProgramTableEmitter.MethodName(program)}Scratch,");
        code.Line($"Flops = {program.Program.Graph.Nodes.Sum(OpCosts.Flops).ToString(CultureInfo.InvariantCulture)},");
        WriteSections(code, program);
        if (program.IsPerSample) code.Line("IsPerSample = true,");
        if (program.Plan.BorrowsInput) code.Line("BorrowsInput = true,");
    }

    private static void WriteSections(CodeWriter code, CpuProgramPlan program)
    {
        if (program.Sections.Count == 0) return;
        using (code.Open("Sections = new ProgramSection[]", "},"))
        {
            foreach (CpuSection section in program.Sections)
            {
                CpuCall first = program.Calls[section.First];
                string numbers = string.Join(", ", new[] { section.Flops, section.SampleBytes, section.FixedBytes }.Select(n => n.ToString(CultureInfo.InvariantCulture)));
                code.Line($"new ProgramSection({CSharp.String(ProgramText.Heading(first.Origin, first.Node))}, {numbers}),");
            }
        }
    }

    /// <summary>Every distinct kernel and its name, in order of first use.</summary>
    private static Dictionary<CpuKernel, KernelSignature> Signatures(IReadOnlyList<CpuProgramPlan> programs)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        string Unique(string name)
        {
            names.TryGetValue(name, out int count);
            names[name] = count + 1;
            return count == 0 ? name : name + "_v" + CSharp.Int(count + 1);
        }

        var signatures = new Dictionary<CpuKernel, KernelSignature>();
        foreach (CpuCall call in programs.SelectMany(program => program.Calls))
        {
            if (!signatures.ContainsKey(call.Kernel)) signatures.Add(call.Kernel, KernelSignature.Of(call, Unique));
        }

        return signatures;
    }
}
