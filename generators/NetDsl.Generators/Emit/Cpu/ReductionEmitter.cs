using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Writes reductions.</summary>
internal static class ReductionEmitter
{
    /// <summary>Sums over the samples and leading axes: the building block cuts the rows and adds the parts in order.</summary>
    public static void ColumnSum(CodeWriter code, CpuKernel.ColumnSum kernel, KernelSignature signature)
    {
        string[] operands = [.. signature.Parameters.Skip(1).Select(p => p.Name)];
        bool batch = VectorExpression.ReadsBatch(kernel.Term);
        string arguments = string.Join(", ", batch ? [.. operands, "f.InverseBatch"] : operands);
        KernelEmitter.Method(
            code,
            signature,
            $"Reduction.Sum(f, {signature.Parameters[0].Name}, f.Batch * {CSharp.Int(kernel.Outer)}, {CSharp.Int(kernel.Columns)}, new {signature.Name}_Term({arguments}))");

        code.Gap();
        string[] fields = [.. signature.Parameters.Skip(1).Select(p => $"{p.Type} {p.Name}"), .. batch ? new[] { "float inverseBatch" } : []];
        code.Line($"private readonly struct {signature.Name}_Term({string.Join(", ", fields)}) : IRowTerm");
        using (code.Open())
        {
            using (code.Open("public void Accumulate(Floats accumulator, int row, int columns)"))
            {
                code.Line(kernel.Outer == 1 ? "int sample = row;" : $"int sample = row / {CSharp.Int(kernel.Outer)}, o = row % {CSharp.Int(kernel.Outer)};");
                List<LoopOperand> loop = Places(code, kernel.Operands, signature, 1, kernel.Outer);
                LoopEmitter.Loop(
                    code,
                    kernel.Term,
                    loop,
                    CSharp.Int(kernel.Columns),
                    kernel.Columns,
                    "0",
                    v => $"accumulator.Store(i, accumulator.Load(i) + {v});",
                    v => $"accumulator.Store(i, accumulator.Load(i) + {v});");
            }

            code.Gap();
            LoopEmitter.Formula(code, kernel.Term, operands);
        }
    }

    /// <summary>Reduces neighbouring elements to one: whole vectors first, then the vector's lanes, then the rest in order.</summary>
    public static void Row(CodeWriter code, CpuKernel.RowReduction kernel, KernelSignature signature)
    {
        bool sum = kernel.Kind == Reduction.Sum;
        string inner = CSharp.Int(kernel.Inner);
        WriteStruct(code, signature, kernel.Term, kernel.Batched, kernel.Outer, (long)kernel.Outer * kernel.Inner, () =>
        {
            List<LoopOperand> loop = Places(code, kernel.Operands, signature, 1, kernel.Outer);
            code.Line(sum ? "Vector<float> lanesTotal = Vector<float>.Zero;" : "Vector<float> lanesTotal = new(float.NegativeInfinity);");
            code.Line("float total = " + (sum ? "0f;" : "float.NegativeInfinity;"));
            LoopEmitter.Loop(
                code,
                kernel.Term,
                loop,
                inner,
                0,
                "0",
                v => sum ? $"lanesTotal += {v};" : $"lanesTotal = Vector.Max(lanesTotal, {v});",
                v => $"Vector<float> rest = {v};\nfor (int lane = 0; lane < lanes; lane++) total = {(sum ? "total + rest[lane]" : "MathF.Max(total, rest[lane])")};");
            code.Line(sum
                ? "total += Vector.Sum(lanesTotal);"
                : "total = MathF.Max(total, VectorMath.Greatest(lanesTotal));");
            code.Line($"{Output(signature, kernel.Outer)} = total;");
        });
    }

    /// <summary>Any axes: one element at a time.</summary>
    public static void General(CodeWriter code, CpuKernel.GeneralReduction kernel, KernelSignature signature)
    {
        bool sum = kernel.Kind == Reduction.Sum;
        int extent = kernel.Outer * kernel.Reduced;
        WriteStruct(code, signature, kernel.Term, kernel.Batched && !kernel.OverBatch, kernel.Outer, extent, () =>
        {
            code.Line("float total = " + (sum ? "0f;" : "float.NegativeInfinity;"));
            CodeWriter.Block? samples = null;
            if (kernel.OverBatch) samples = code.Open("for (sample = 0; sample < samples; sample++)");
            using (code.Open($"for (int r = 0; r < {CSharp.Int(kernel.Reduced)}; r++)"))
            {
                string index = kernel.Outer == 1 ? "r" : $"((o * {CSharp.Int(kernel.Reduced)}) + r)";
                string[] terms = [.. kernel.Operands.Select((access, i) => $"new Vector<float>(({LoopEmitter.Address(signature.Parameters[i + 1].Name, access, index, extent)})[0])")];
                code.Line($"float term = Formula({string.Join(", ", terms)})[0];");
                code.Line(sum ? "total += term;" : "total = MathF.Max(total, term);");
            }

            samples?.Dispose();
            code.Line($"{Output(signature, kernel.Outer)} = total;");
        }, kernel.OverBatch);
    }

    private static void WriteStruct(
        CodeWriter code,
        KernelSignature signature,
        ScalarExpression term,
        bool batched,
        int outer,
        long work,
        Action body,
        bool overBatch = false)
    {
        bool readsBatch = VectorExpression.ReadsBatch(term);
        string samples = batched ? "f.Batch" : "1";
        string[] extra = [.. readsBatch ? new[] { "f.InverseBatch" } : [], .. overBatch ? new[] { "f.Batch" } : [], samples, "parts"];
        string[] extraFields = [.. readsBatch ? new[] { "float inverseBatch" } : [], .. overBatch ? new[] { "int samples" } : [], "int batch", "int parts"];
        using (code.Open($"internal static void {signature.Name}(in CpuFrame f{signature.Declaration})"))
        {
            code.Line($"int parts = Elementwise.Parts({samples} * {CSharp.Int(work)}L);");
            code.Line($"f.Team.Run(new {signature.Name}_Kernel({string.Join(", ", [.. signature.Parameters.Select(p => p.Name), .. extra])}), parts);");
        }

        code.Gap();
        code.Line($"private readonly struct {signature.Name}_Kernel({string.Join(", ", [.. signature.Parameters.Select(p => $"{p.Type} {p.Name}"), .. extraFields])}) : IKernel");
        using (code.Open())
        {
            using (code.Open("public void Run(int part, int worker)"))
            {
                code.Line($"long all = batch * {CSharp.Int(outer)}L;");
                code.Line("long start = all * part / parts, end = all * (part + 1) / parts;");
                using (code.Open("for (long index = start; index < end; index++)"))
                {
                    code.Line(outer == 1 ? "int sample = (int)index;" : $"int sample = (int)(index / {CSharp.Int(outer)});");
                    if (outer > 1) code.Line($"int o = (int)(index % {CSharp.Int(outer)});");
                    body();
                }
            }

            code.Gap();
            LoopEmitter.Formula(code, term, [.. signature.Parameters.Skip(1).Select(p => p.Name)]);
        }
    }

    private static List<LoopOperand> Places(CodeWriter code, EquatableArray<OperandAccess> operands, KernelSignature signature, int first, int outer)
    {
        var loop = new List<LoopOperand>();
        for (int i = 0; i < operands.Length; i++)
        {
            string name = signature.Parameters[first + i].Name;
            string place = LoopEmitter.Place(name);
            code.Line($"Floats {place} = {LoopEmitter.Address(name, operands[i], "o", outer)};");
            loop.Add(new LoopOperand(LoopEmitter.Broadcast(name), place, operands[i].InnerStride == 1));
        }

        return loop;
    }

    private static string Output(KernelSignature signature, int outer)
    {
        KernelParameter y = signature.Parameters[0];
        string place = y.Type == "BatchView" ? $"{y.Name}[{(outer == 1 ? "(int)index" : $"(int)(index / {CSharp.Int(outer)})")}]" : y.Name;
        return $"{place}[{(outer == 1 ? "0" : "o")}]";
    }
}
