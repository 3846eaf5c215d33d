using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Cpu;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// Writes steps over rows: a loop over the rows that calls a method for each step. What is one number a row is a vector with that number in
/// every lane, so that it is computed with the bits of a row's elements.
/// </summary>
internal static class RowStepsEmitter
{
    /// <summary>Sums side by side, so that an addition need not wait for the one before it.</summary>
    private const int Chains = 4;

    /// <summary>Rows of a multiple of this many elements are reduced by <see cref="Chains"/> at every width of a vector.</summary>
    private const int ChainedExtent = Chains * 16;

    public static void Write(CodeWriter code, CpuKernel.RowSteps kernel, KernelSignature signature)
    {
        string arguments = string.Join(", ", signature.Parameters.Select(p => p.Name));
        using (code.Open($"internal static void {signature.Name}(in CpuFrame f{signature.Declaration})"))
        {
            code.Line($"int parts = Elementwise.Parts(f.Batch * {CSharp.Int((long)kernel.Outer * kernel.Inner * kernel.Steps.Length)}L);");
            code.Line($"f.Team.Run(new {signature.Name}_Kernel({arguments}, f.Batch, parts), parts);");
        }

        code.Gap();
        code.Line($"private readonly struct {signature.Name}_Kernel({string.Join(", ", signature.Parameters.Select(p => $"{p.Type} {p.Name}"))}, int batch, int parts) : IKernel");
        using (code.Open())
        {
            using (code.Open("public void Run(int part, int worker)"))
            {
                code.Line($"long all = batch * {CSharp.Int(kernel.Outer)}L;");
                code.Line("long start = all * part / parts, end = all * (part + 1) / parts;");
                using (code.Open("for (long index = start; index < end; index++)")) Row(code, kernel, signature);
            }

            for (int i = 0; i < kernel.Steps.Length; i++) Step(code, kernel, signature, i);
        }
    }

    /// <summary>The places of one row, and the calls of its steps.</summary>
    private static void Row(CodeWriter code, CpuKernel.RowSteps kernel, KernelSignature signature)
    {
        RowStepNames names = signature.Steps!;
        code.Line(kernel.Outer == 1 ? "int sample = (int)index;" : $"int sample = (int)(index / {CSharp.Int(kernel.Outer)});");
        if (kernel.Outer > 1) code.Line($"int o = (int)(index % {CSharp.Int(kernel.Outer)});");
        for (int i = 0; i < kernel.Operands.Length; i++)
            code.Line($"Floats {LoopEmitter.Place(names.Operands[i])} = {LoopEmitter.Address(names.Operands[i], kernel.Operands[i], "o", kernel.Outer)};");
        for (int i = 0; i < kernel.Steps.Length; i++)
        {
            if (!kernel.Steps[i].IsResult) continue;
            int width = kernel.Steps[i].IsWide ? kernel.Inner : 1;
            string offset = kernel.Outer == 1 ? "" : width == 1 ? " + o" : $" + (o * {CSharp.Int(width)})";
            code.Line($"Floats {LoopEmitter.Place(names.Steps[i])} = {names.Steps[i]}[sample]{offset};");
        }

        for (int i = 0; i < kernel.Operands.Length; i++)
        {
            if (kernel.Operands[i].InnerStride == 0) code.Line($"Vector<float> {LoopEmitter.Broadcast(names.Operands[i])} = new({LoopEmitter.Place(names.Operands[i])}[0]);");
        }

        for (int i = 0; i < kernel.Steps.Length; i++)
        {
            RowStep step = kernel.Steps[i];
            string name = names.Steps[i], call = $"{Method(name)}({string.Join(", ", Operands(kernel, names, step).Select(o => o.Runs ? o.Place : o.Name))}";
            if (step.IsWide)
            {
                code.Line($"{call}, {LoopEmitter.Place(name)});");
                continue;
            }

            code.Line($"Vector<float> {LoopEmitter.Broadcast(name)} = {call});");
            if (step.IsResult) code.Line($"{LoopEmitter.Place(name)}[0] = {LoopEmitter.Broadcast(name)}[0];");
        }
    }

    /// <summary>The method of a step, and its formula where it is applied along the row.</summary>
    private static void Step(CodeWriter code, CpuKernel.RowSteps kernel, KernelSignature signature, int index)
    {
        RowStep step = kernel.Steps[index];
        RowStepNames names = signature.Steps!;
        string name = names.Steps[index], method = Method(name), formula = method + "Formula";
        List<LoopOperand> operands = Operands(kernel, names, step);
        var (expression, own) = Own(names, step);
        code.Gap();
        code.Line($"/// <summary>{CSharp.Xml(Formulas.Of(step, name, names.All))}.</summary>");
        if (!step.IsWide && step.Reduction is null)
        {
            LoopEmitter.Formula(code, expression, [.. operands.Select(o => o.Name)], method);
            return;
        }

        string parameters = string.Join(", ", operands.Select(o => o.Runs ? $"Floats {o.Place}" : $"Vector<float> {o.Name}"));
        if (step.IsWide)
        {
            using (code.Open($"private static void {method}({parameters}, Floats output)")) Map(code, kernel.Inner, operands, formula);
        }
        else
        {
            using (code.Open($"private static Vector<float> {method}({parameters})")) Reduce(code, kernel.Inner, operands, formula, step.Reduction == Reduction.Sum);
        }

        code.Gap();
        LoopEmitter.Formula(code, expression, own, formula);
    }

    private static void Map(CodeWriter code, int inner, List<LoopOperand> operands, string formula)
    {
        if (inner % 16 == 0)
        {
            code.Line($"for (nint i = 0; i < {CSharp.Int(inner)}; i += Vector<float>.Count)");
            using (code.Indent()) code.Line($"output.Store(i, {Apply(formula, operands, "i")});");
            return;
        }

        code.Line("nint i = 0;");
        code.Line($"for (; i <= {CSharp.Int(inner)} - Vector<float>.Count; i += Vector<float>.Count)");
        using (code.Indent()) code.Line($"output.Store(i, {Apply(formula, operands, "i")});");
        code.Line($"int rest = {CSharp.Int(inner)} - (int)i;");
        code.Line($"if (rest > 0) output.StorePartial(i, {Apply(formula, operands, "i", partial: true)}, rest);");
    }

    private static void Reduce(CodeWriter code, int inner, List<LoopOperand> operands, string formula, bool sum)
    {
        string zero = sum ? "Vector<float>.Zero" : "new(float.NegativeInfinity)";
        string Add(string to, string value) => sum ? $"{to} += {value};" : $"{to} = Vector.Max({to}, {value});";
        bool chained = inner % ChainedExtent == 0;
        code.Line($"Vector<float> {string.Join(", ", Enumerable.Range(0, chained ? Chains : 1).Select(chain => $"lanes{chain} = {zero}"))};");
        if (chained)
        {
            using (code.Open($"for (nint i = 0; i < {CSharp.Int(inner)}; i += {Chains} * Vector<float>.Count)"))
            {
                for (int chain = 0; chain < Chains; chain++)
                    code.Line(Add($"lanes{chain}", Apply(formula, operands, chain == 0 ? "i" : $"i + {(chain == 1 ? "" : $"({chain} * ")}Vector<float>.Count{(chain == 1 ? "" : ")")}")));
            }

            code.Line(Add("lanes0", "lanes1") + " " + Add("lanes2", "lanes3") + " " + Add("lanes0", "lanes2"));
            Total(code, sum);
        }
        else
        {
            code.Line("nint i = 0;");
            code.Line($"for (; i <= {CSharp.Int(inner)} - Vector<float>.Count; i += Vector<float>.Count)");
            using (code.Indent()) code.Line(Add("lanes0", Apply(formula, operands, "i")));
            Total(code, sum);
            code.Line($"int rest = {CSharp.Int(inner)} - (int)i;");
            using (code.Open("if (rest > 0)"))
            {
                code.Line($"Vector<float> last = {Apply(formula, operands, "i", partial: true)};");
                code.Line($"for (int lane = 0; lane < rest; lane++) {(sum ? "total += last[lane];" : "total = MathF.Max(total, last[lane]);")}");
            }
        }

        code.Line("return new(total);");
    }

    private static void Total(CodeWriter code, bool sum) => code.Line($"float total = {(sum ? "Vector.Sum" : "VectorMath.Greatest")}(lanes0);");

    private static string Apply(string formula, List<LoopOperand> operands, string at, bool partial = false) =>
        $"{formula}({string.Join(", ", operands.Select(o => !o.Runs ? o.Name : partial ? $"{o.Place}.LoadPartial({at}, rest)" : $"{o.Place}.Load({at})"))})";

    /// <summary>What a step reads, in the order of its expression's operands.</summary>
    private static List<LoopOperand> Operands(CpuKernel.RowSteps kernel, RowStepNames names, RowStep step) =>
        [.. Read(step).Select(i => new LoopOperand(LoopEmitter.Broadcast(names.All[i]), LoopEmitter.Place(names.All[i]), i < kernel.Operands.Length ? kernel.Operands[i].InnerStride == 1 : kernel.Steps[i - kernel.Operands.Length].IsWide))];

    /// <summary>The expression over just what it reads, and the names of that.</summary>
    private static (ScalarExpression Expression, IReadOnlyList<string> Names) Own(RowStepNames names, RowStep step)
    {
        List<int> read = Read(step);
        return (ScalarExpressions.Substitute(step.Expression, i => ScalarExpression.Of(read.IndexOf(i))), [.. read.Select(i => names.All[i])]);
    }

    private static List<int> Read(RowStep step) => [.. Enumerable.Range(0, ScalarExpressions.OperandCount(step.Expression)).Where(i => ScalarExpressions.Reads(step.Expression, i))];

    private static string Method(string name) => CSharp.Pascal(name.TrimStart('@'));
}
