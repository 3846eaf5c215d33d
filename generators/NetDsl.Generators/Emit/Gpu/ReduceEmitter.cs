using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes reductions: an item adds up one result or, where the sum is long, a group adds up a few neighbouring ones, or its block of them.</summary>
internal static class ReduceEmitter
{
    /// <summary>Items, or groups, of a launch.</summary>
    public static string Extent(GpuKernel.Reduce k)
    {
        int outputs = k.Outer / k.Lanes;
        return k.Batched && !k.OverBatch ? Times("f.Batch", outputs) : Int(outputs * k.Blocks);
    }

    public static void Write(CodeWriter code, GpuKernel.Reduce k, GpuSignature s)
    {
        InverseBatch(code, k.Term);
        bool perSample = k.Batched && !k.OverBatch;
        int outputs = k.Outer / k.Lanes;
        string index = k.Blocks > 1 ? $"Grid.IdxX / {Int(k.Blocks)}" : k.Parts > 1 ? "Grid.IdxX" : "item";
        if (k.Parts > 1) code.Line($"ArrayView<float> sums = SharedMemory.Allocate<float>({Int(k.Parts * k.Lanes)});");
        else Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        if (perSample) code.Line($"int sample = {Quotient(index, outputs)};");
        code.Line($"int output = {Times(perSample ? Remainder(index, outputs) : index, k.Lanes)};");
        if (k.Blocks > 1) code.Line($"int block = Grid.IdxX % {Int(k.Blocks)};");
        string results = k.Blocks > 1 ? "a.partials" : "a." + s[0];
        string first = Sum(k.Blocks > 1 ? Times("block", k.Outer) : perSample ? Times("sample", k.Strides[0]) : "0", "output");
        if (k.Parts > 1) Shared(code, k, s, results, first);
        else Alone(code, k, s, $"{results}[{first}]");
    }

    private static void Alone(CodeWriter code, GpuKernel.Reduce k, GpuSignature s, string result)
    {
        code.Line($"float sum0 = {Start(k)};");
        using (k.OverBatch ? code.Open("for (int sample = 0; sample < a.batch; sample++)") : code.Open())
        using (code.Open($"for (int r = 0; r < {Int(k.Reduced)}; r++)"))
            Step(code, k, s);
        code.Line($"{result} = sum0;");
    }

    private static void Shared(CodeWriter code, GpuKernel.Reduce k, GpuSignature s, string results, string first)
    {
        using (code.Open($"for (int part = Group.IdxX; part < {Int(k.Parts)}; part += Group.DimX)"))
        {
            code.Line("float " + string.Join(", ", Enumerable.Range(0, k.Lanes).Select(i => $"sum{i} = {Start(k)}")) + ";");
            string start = k.Blocks > 1 ? $"{Times("block", k.Parts)} + part" : "part";
            using (code.Open($"for (int term = {start}; term < {(k.OverBatch ? Times("a.batch", k.Reduced) : Int(k.Reduced))}; term += {Int(k.Parts * k.Blocks)})"))
            {
                if (k.OverBatch) code.Line($"int sample = {Quotient("term", k.Reduced)};");
                code.Line($"int r = {(k.OverBatch ? Remainder("term", k.Reduced) : "term")};");
                Step(code, k, s);
            }

            for (int i = 0; i < k.Lanes; i++) code.Line($"sums[part * {Int(k.Lanes)}{(i == 0 ? "" : $" + {i}")}] = sum{i};");
        }

        code.Gap();
        code.Line("Group.Barrier();");
        code.Line("// The parts are added in order, whoever adds them.");
        using (code.Open($"for (int lane = Group.IdxX; lane < {Int(k.Lanes)}; lane += Group.DimX)"))
        {
            code.Line($"float sum = {Start(k)};");
            code.Line($"for (int part = 0; part < {Int(k.Parts)}; part++) {Add(k, "sum", $"sums[part * {Int(k.Lanes)} + lane]")}");
            code.Line($"{results}[{first} + lane] = sum;");
        }
    }

    /// <summary>Adds the terms of index <c>r</c> of a sample to each lane's sum.</summary>
    private static void Step(CodeWriter code, GpuKernel.Reduce k, GpuSignature s)
    {
        for (int lane = 0; lane < k.Lanes; lane++)
        {
            string at = lane == 0 ? "at" : $"at{lane}";
            code.Line($"int {at} = {Sum(Times(lane == 0 ? "output" : $"(output + {lane})", k.Reduced), "r")};");
            string term = GpuExpression.Print(k.Term, n =>
                $"a.{s[n + 1]}[{Sum(k.Operands[n].Batched ? Times("sample", k.Strides[n + 1]) : "0", Digits(k.Operands[n], at, (long)k.Outer * k.Reduced))}]");
            code.Line(Add(k, $"sum{lane}", term));
        }
    }

    private static string Start(GpuKernel.Reduce k) => k.Kind == Reduction.Sum ? "0f" : "float.NegativeInfinity";

    private static string Add(GpuKernel.Reduce k, string sum, string term) => k.Kind == Reduction.Sum ? $"{sum} += {term};" : $"{sum} = GpuMath.Max({sum}, {term});";
}
