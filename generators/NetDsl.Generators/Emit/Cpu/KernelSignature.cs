using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Cpu;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>How one kernel is called: its name and the names of its parameters, taken from its first use.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Parameters">Results first, then operands.</param>
/// <param name="Summary">What it computes.</param>
/// <param name="Steps">Names of the steps over rows, where the kernel is that.</param>
internal sealed record KernelSignature(string Name, IReadOnlyList<KernelParameter> Parameters, string Summary, RowStepNames? Steps)
{
    /// <summary>The parameter list of the method.</summary>
    public string Declaration => string.Join("", Parameters.Select(p => $", {p.Type} {p.Name}"));

    public static KernelSignature Of(CpuCall call, Func<string, string> unique)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "f", "batch", "parts", "part", "worker", "i", "start", "end", "sample", "row", "column", "count", "output", "accumulator", "inverseBatch", "random", "o", "total", "term", "result", "slope", "samples", "index", "all", "lanes", "lanesTotal", "rest", "r", "lane" };
        string[] names = ArgumentNames.Of(call.Arguments, taken);
        var parameters = call.Arguments.Select((argument, i) => new KernelParameter(argument.Type.Batched ? "BatchView" : "Floats", names[i])).ToList();
        RowStepNames? steps = call.Node?.Op is Op.RowSteps op ? RowStepNames.Of(op, names) : null;
        return new KernelSignature(unique(NameOf(call)), parameters, Formula(call, names), steps);
    }

    private static string Formula(CpuCall call, string[] names) => call.Kernel switch
    {
        CpuKernel.MatMulWeightGradient { Bias: true } => $"{Formulas.Of(call.Node!, [names[0], .. names.Skip(2)])}; {names[1]} = sum over all rows of {names[3]}",
        CpuKernel.Copy => $"{names[0]} = {names[1]}",
        CpuKernel.Fill k => $"{names[0]} = {CSharp.Float(k.Value)}",
        _ => Formulas.Of(call.Node!, names),
    };

    private static string NameOf(CpuCall call)
    {
        string kind = CSharp.Pascal(call.Origin.Kind);
        return call.Kernel switch
        {
            CpuKernel.MatMul k => $"{kind}{(call.Origin.Phase == Phase.Backward ? "InputGradient" : "Forward")}_{Rows(k.Rows)}{k.K}_{k.N}",
            CpuKernel.MatMulSum k => $"{kind}{(call.Origin.Phase == Phase.Backward ? "InputGradient" : "Forward")}_{CSharp.Int(k.Terms)}x{Rows(k.Rows)}{k.K}_{k.N}",
            CpuKernel.MatMulWeightGradient k => $"{kind}Weight{(k.Bias ? "AndBias" : "")}Gradient_{Rows(k.Rows)}{k.M}_{k.N}",
            CpuKernel.Convolution k => $"{kind}{k.Kind}_{k.Height}x{k.Width}x{k.Channels}_{k.Window.KernelHeight}x{k.Window.KernelWidth}_{k.Filters}",
            CpuKernel.PooledConvolution k => $"{kind}{(k.Maximum ? "MaxPool" : "AveragePool")}_{k.Height}x{k.Width}x{k.Channels}_{k.Window.KernelHeight}x{k.Window.KernelWidth}_{k.Filters}_{k.Pool.KernelHeight}x{k.Pool.KernelWidth}",
            CpuKernel.PooledFilterGradient k => $"{kind}FilterGradientMaxPool_{k.Height}x{k.Width}x1_{k.Window.KernelHeight}x{k.Window.KernelWidth}_{k.Filters}_{k.Pool.KernelHeight}x{k.Pool.KernelWidth}",
            CpuKernel.Depthwise k => $"{kind}{k.Kind}_{k.Height}x{k.Width}x{k.Channels}_{k.Window.KernelHeight}x{k.Window.KernelWidth}",
            CpuKernel.Pooling k => $"{kind}{(k.Kind is PoolingKind.MaxForward or PoolingKind.AverageForward ? "Forward" : "Backward")}_{k.Height}x{k.Width}x{k.Channels}",
            CpuKernel.Softmax k => $"Softmax{k.Kind}_{Rows(k.Rows)}{k.Classes}".Replace("SoftmaxForward", "Softmax").Replace("SoftmaxCross", "Cross"),
            CpuKernel.Elementwise k => $"{kind}{call.Origin.Phase}_{Rows(k.Outer)}{k.Inner}",
            CpuKernel.ColumnSum k => $"{kind}Sum_{Rows(k.Outer)}{k.Columns}",
            CpuKernel.RowReduction k => $"{kind}{k.Kind}_{Rows(k.Outer)}{k.Inner}",
            CpuKernel.RowSteps k => $"{kind}{call.Origin.Phase}_{Rows(k.Outer)}{k.Inner}",
            CpuKernel.GeneralReduction k => $"{kind}{k.Kind}_{Rows(k.Outer)}{k.Reduced}",
            CpuKernel.Attention k => $"{kind}{(k.Backward ? "Gradient" : "Forward")}{(k.Shape.Masked ? "Masked" : "")}_{k.Shape.Queries}x{k.Shape.Keys}_{k.Shape.Heads}x{k.Shape.Width}",
            CpuKernel.LabelDiffers k => $"{kind}Counts_{k.Count}",
            CpuKernel.Recurrence k => $"{kind}{(k.Backward ? "Gradient" : "Forward")}{(k.Reverse ? "Reverse" : "")}{(k.Masked ? "Masked" : "")}_{k.Steps}x{k.Units}",
            CpuKernel.SetRow k => $"{kind}SetRow_{k.Columns}",
            CpuKernel.Gather k => $"{kind}Gather_{Rows(k.Rows)}{k.Columns}",
            CpuKernel.GatherGradient k => $"{kind}GatherGradient_{k.TableRows}x{k.Columns}",
            CpuKernel.Copy k => $"{kind}Copy_{Rows(k.Outer)}{k.Length}",
            CpuKernel.Fill k => $"{kind}Fill_{k.Elements}",
            _ => throw new IRException($"{call.Kernel.GetType().Name}: no row in the names of kernels."),
        };
    }

    private static string Rows(int rows) => rows == 1 ? "" : CSharp.Int(rows) + "x";
}

/// <summary>One parameter of a kernel.</summary>
internal sealed record KernelParameter(string Type, string Name);
