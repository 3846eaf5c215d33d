using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Cpu;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Writes elementwise kernels: a struct whose parts the team shares out.</summary>
internal static class ElementwiseEmitter
{
    public static void Write(CodeWriter code, CpuKernel.Elementwise kernel, KernelSignature signature)
    {
        string[] names = [.. signature.Parameters.Select(p => p.Name)];
        IReadOnlyList<ScalarExpression.RandomNumber> streams = VectorExpression.RandomNumbers(kernel.Expression);
        bool batch = VectorExpression.ReadsBatch(kernel.Expression);
        string[] extra = [.. batch ? new[] { "f.InverseBatch" } : [], .. streams.Count > 0 ? new[] { "f.Random" } : []];
        string[] extraFields = [.. batch ? new[] { "float inverseBatch" } : [], .. streams.Count > 0 ? new[] { "RandomKey random" } : []];
        string samples = kernel.Batched ? "f.Batch" : "1";

        using (code.Open($"internal static void {signature.Name}(in CpuFrame f{signature.Declaration})"))
        {
            code.Line($"int parts = Elementwise.Parts({samples} * {CSharp.Int((long)kernel.Outer * kernel.Inner)}L);");
            code.Line($"f.Team.Run(new {signature.Name}_Kernel({string.Join(", ", [.. names, .. extra, samples, "parts"])}), parts);");
        }

        code.Gap();
        string fields = string.Join(", ", [.. signature.Parameters.Select(p => $"{p.Type} {p.Name}"), .. extraFields, "int batch", "int parts"]);
        code.Line($"private readonly struct {signature.Name}_Kernel({fields}) : IKernel");
        using (code.Open())
        {
            using (code.Open("public void Run(int part, int worker)"))
            {
                if (kernel.Flat) Flat(code, kernel, signature);
                else Rows(code, kernel, signature);
            }

            code.Gap();
            LoopEmitter.Formula(code, kernel.Expression, [.. names.Skip(1)]);
        }
    }

    /// <summary>Every operand is dense: one loop over all samples' elements.</summary>
    private static void Flat(CodeWriter code, CpuKernel.Elementwise kernel, KernelSignature signature)
    {
        var operands = new List<LoopOperand>();
        string Place(KernelParameter p) => p.Type == "BatchView" ? p.Name + ".Data" : p.Name;
        code.Line($"(nint start, nint end) = Elementwise.Range(batch * {CSharp.Int((long)kernel.Outer * kernel.Inner)}L, parts, part);");
        code.Line($"Floats output = {Place(signature.Parameters[0])};");
        for (int i = 0; i < kernel.Operands.Length; i++)
        {
            string place = LoopEmitter.Place(signature.Parameters[i + 1].Name);
            code.Line($"Floats {place} = {Place(signature.Parameters[i + 1])};");
            operands.Add(new LoopOperand(LoopEmitter.Broadcast(signature.Parameters[i + 1].Name), place, kernel.Operands[i].InnerStride == 1));
        }

        LoopEmitter.Loop(code, kernel.Expression, operands, "end", 0, "start", v => $"output.Store(i, {v});", v => $"output.StorePartial(i, {v}, lanes);");
    }

    /// <summary>A loop over the samples and outer axes, and in it one over the inner axis.</summary>
    private static void Rows(CodeWriter code, CpuKernel.Elementwise kernel, KernelSignature signature)
    {
        string inner = CSharp.Int(kernel.Inner);
        code.Line($"long total = batch * {CSharp.Int(kernel.Outer)}L;");
        code.Line("long start = total * part / parts, end = total * (part + 1) / parts;");
        using (code.Open("for (long index = start; index < end; index++)"))
        {
            code.Line(kernel.Outer == 1 ? "int sample = (int)index;" : $"int sample = (int)(index / {CSharp.Int(kernel.Outer)});");
            if (kernel.Outer > 1) code.Line($"int o = (int)(index % {CSharp.Int(kernel.Outer)});");
            KernelParameter y = signature.Parameters[0];
            string row = kernel.Outer == 1 ? "" : $" + (o * {inner})";
            code.Line($"Floats output = {(y.Type == "BatchView" ? y.Name + "[sample]" : y.Name)}{row};");
            var operands = new List<LoopOperand>();
            for (int i = 0; i < kernel.Operands.Length; i++)
            {
                KernelParameter p = signature.Parameters[i + 1];
                string place = LoopEmitter.Place(p.Name);
                code.Line($"Floats {place} = {LoopEmitter.Address(p.Name, kernel.Operands[i], "o", kernel.Outer)};");
                operands.Add(new LoopOperand(LoopEmitter.Broadcast(signature.Parameters[i + 1].Name), place, kernel.Operands[i].InnerStride == 1));
            }

            string element = kernel.Outer == 1 ? "(int)i" : $"(o * {inner}) + (int)i";
            LoopEmitter.Loop(
                code,
                kernel.Expression,
                operands,
                inner,
                kernel.Inner,
                "0",
                v => $"output.Store(i, {v});",
                v => $"output.StorePartial(i, {v}, lanes);",
                number => $"Philox.{number.GetType().Name}(random, 0x{number.Stream:x8}u, sample, {element})");
        }
    }
}
