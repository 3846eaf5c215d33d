using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Cpu;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>What a kernel computes, in a line of mathematics: the comment above its code and its calls.</summary>
internal static class Formulas
{
    /// <param name="call">The call.</param>
    /// <param name="names">Names of its arguments.</param>
    public static string Of(CpuCall call, string[] names)
    {
        int results = call.Node?.Outputs.Count ?? 1;
        string y = names[0];
        string Operand(int i) => names[results + i];
        string Over(ScalarExpression expression) => ExpressionPrinter.Print(expression, Operand);

        return call.Kernel switch
        {
            CpuKernel.MatMul k => Stored(y, $"{Operand(0)} {Operand(1)}{(k.TransposeW ? "ᵀ" : "")}", k.Epilogue, i => Operand(i + 1)),
            CpuKernel.MatMulWeightGradient => $"{y} = {Operand(0)}ᵀ {Operand(1)}, summed over all rows",
            CpuKernel.Convolution { Kind: ConvolutionKind.Forward } k => Stored(y, $"conv({Operand(0)}, {Operand(1)})", k.Epilogue, i => Operand(i + 1)),
            CpuKernel.Convolution { Kind: ConvolutionKind.InputGradient } k => Stored(y, $"convᵀ({Operand(0)}, {Operand(1)})", k.Epilogue, i => Operand(i + 1)),
            CpuKernel.Convolution => $"{y} = sum over samples and places of the window of {Operand(0)} times {Operand(1)}",
            CpuKernel.Pooling { Kind: PoolingKind.MaxForward } k => Stored(y, $"max over windows of {Operand(0)}", k.Epilogue, Operand),
            CpuKernel.Pooling { Kind: PoolingKind.AverageForward } k => Stored(y, $"mean over windows of {Operand(0)}", k.Epilogue, Operand),
            CpuKernel.Pooling { Kind: PoolingKind.MaxBackward } k => Stored(y, $"[{Operand(0)} is its window's maximum] {Operand(1)}", k.Epilogue, i => Operand(i + 1)),
            CpuKernel.Pooling k => Stored(y, $"{Operand(0)} spread over its window", k.Epilogue, Operand),
            CpuKernel.Softmax { Kind: SoftmaxKind.Forward } => $"{y} = softmax({Operand(0)})",
            CpuKernel.Softmax { Kind: SoftmaxKind.Backward } => $"{y} = {Operand(0)} ({Operand(1)} - sum({Operand(1)} {Operand(0)}))",
            CpuKernel.Softmax { Kind: SoftmaxKind.CrossEntropy } => $"{y} = log(sum(exp({Operand(0)}))) - {Operand(0)}[{Operand(1)}]",
            CpuKernel.Softmax { Kind: SoftmaxKind.CrossEntropyGradient } => $"{y} = (softmax({Operand(0)}) - onehot({Operand(1)})) {Operand(2)}",
            CpuKernel.Softmax k => $"{y} = log(sum(exp({Operand(0)}))) - {Operand(0)}[{Operand(1)}]; {names[1]} = (softmax({Operand(0)}) - onehot({Operand(1)})) * {Over(k.Scale!)}",
            CpuKernel.Elementwise k => $"{y} = {Over(k.Expression)}",
            CpuKernel.ColumnSum k => $"{y} = sum over {(k.Outer > 1 ? "samples and rows" : "samples")} of {Over(k.Term)}",
            CpuKernel.RowReduction k => $"{y} = {(k.Kind == Reduction.Sum ? "sum" : "max")} over {CSharp.Int(k.Inner)} of {Over(k.Term)}",
            CpuKernel.GeneralReduction k => $"{y} = {(k.Kind == Reduction.Sum ? "sum" : "max")} over {CSharp.Int(k.Reduced)}{(k.OverBatch ? " and the samples" : "")} of {Over(k.Term)}",
            CpuKernel.Copy => $"{y} = {names[1]}",
            CpuKernel.Fill k => $"{y} = {CSharp.Float(k.Value)}",
            _ => throw new IRException($"{call.Kernel.GetType().Name}: no row in the formulas."),
        };
    }

    /// <summary>The op's result after its epilogue.</summary>
    private static string Stored(string y, string result, Epilogue? epilogue, Func<int, string> operand)
    {
        if (epilogue is null) return $"{y} = {result}";
        bool atom = epilogue.Expression is ScalarExpression.Operand;
        string whole = atom || result.EndsWith(")", StringComparison.Ordinal) && !result.Contains(' ') ? result : $"({result})";
        return $"{y} = {ExpressionPrinter.Print(epilogue.Expression, i => i == 0 ? whole : operand(i))}";
    }
}
