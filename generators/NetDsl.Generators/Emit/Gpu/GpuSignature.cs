using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>How one kernel is launched: its name, the names of its arguments, taken from its first use, and what it is given besides.</summary>
/// <param name="Name">Name of the method; its arguments are the struct <c>Name_Arguments</c>.</param>
/// <param name="Arguments">Results first, then operands.</param>
/// <param name="Extras">What the kernel is given besides places in memory.</param>
/// <param name="Layer">The layer of the first use, for messages.</param>
/// <param name="Summary">What it computes.</param>
internal sealed record GpuSignature(string Name, IReadOnlyList<GpuArgument> Arguments, IReadOnlyList<GpuExtra> Extras, string Layer, string Summary)
{
    /// <summary>The static field of its descriptor.</summary>
    public string Field => "s_" + CSharp.Camel(Name).TrimStart('@');

    /// <summary>Name of an argument.</summary>
    public string this[int index] => Arguments[index].Name;

    public static GpuSignature Of(GpuLaunch launch, string program, Func<string, string> unique)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "batch", "random", "partials", "transposed" };
        string[] names = ArgumentNames.Of(launch.Arguments, taken);
        var arguments = launch.Arguments.Select((argument, i) => new GpuArgument(names[i], argument.Type.DType == DType.I32)).ToList();
        string layer = launch.Origin.Layer == "" ? launch.Origin.Kind : launch.Origin.Layer;
        return new GpuSignature(unique(NameOf(launch, program)), arguments, GpuExtra.Of(launch.Kernel), layer, Formula(launch, names));
    }

    private static string Formula(GpuLaunch launch, string[] names) => launch.Kernel switch
    {
        GpuKernel.Load => "The rows of this batch, gathered from the columns and converted",
        GpuKernel.Copy => $"{names[0]} = {names[1]}",
        GpuKernel.Zero => $"{names[0]} = 0",
        GpuKernel.Transposed => $"{names[0]}, rows and columns exchanged",
        GpuKernel.Combine k => $"{string.Join(", ", names)} = sums of {CSharp.Int(k.Parts)} parts, in order",
        GpuKernel.WeightGradient { Bias: true } or GpuKernel.FilterGradient { Bias: true } => $"{Formulas.Of(launch.Node!, [names[0], .. names.Skip(2)])}; {names[1]} = sum over all rows of {names[3]}",
        GpuKernel.MatMul { Style: MatMulStyle.TensorCores } => Formulas.Of(launch.Node!, names) + ", the factors in TF32 on tensor cores",
        _ => Formulas.Of(launch.Node!, names),
    };

    private static string NameOf(GpuLaunch launch, string program)
    {
        string kind = CSharp.Pascal(launch.Origin.Kind);
        return launch.Kernel switch
        {
            GpuKernel.Load => "Load_" + program,
            GpuKernel.MatMul k => $"{kind}{(launch.Origin.Phase == Phase.Backward ? "InputGradient" : "Forward")}_{Rows(k.Rows)}{k.K}_{k.N}",
            GpuKernel.WeightGradient k => $"{kind}WeightGradient_{Rows(k.Rows)}{k.M}_{k.N}",
            GpuKernel.Convolution k => $"{kind}{k.Kind}_{k.Height}x{k.Width}x{k.Channels}_{k.Window.KernelHeight}x{k.Window.KernelWidth}_{k.Filters}",
            GpuKernel.FilterGradient k => $"{kind}FilterGradient_{k.Height}x{k.Width}x{k.Channels}_{k.Window.KernelHeight}x{k.Window.KernelWidth}_{k.Filters}",
            GpuKernel.Combine k => $"Combine_{k.Parts}x{k.Weights + k.Biases}",
            GpuKernel.Depthwise k => $"{kind}{k.Kind}_{k.Height}x{k.Width}x{k.Channels}_{k.Window.KernelHeight}x{k.Window.KernelWidth}",
            GpuKernel.Pooling k => $"{kind}{(k.Kind is PoolingKind.MaxForward or PoolingKind.AverageForward ? "Forward" : "Backward")}_{k.Height}x{k.Width}x{k.Channels}",
            GpuKernel.Softmax k => $"Softmax{k.Kind}_{Rows(k.Rows)}{k.Classes}".Replace("SoftmaxForward", "Softmax").Replace("SoftmaxCross", "Cross"),
            GpuKernel.Elementwise k => $"{kind}{launch.Origin.Phase}_{Rows(k.Outer)}{k.Inner}",
            GpuKernel.Reduce k => $"{kind}{k.Kind}_{Rows(k.Outer)}{k.Reduced}",
            GpuKernel.Attention k => $"{kind}{k.Direction}{(k.Shape.Masked ? "Masked" : "")}_{k.Shape.Queries}x{k.Shape.Keys}_{k.Shape.Heads}x{k.Shape.Width}",
            GpuKernel.LabelDiffers k => $"{kind}Counts_{k.Count}",
            GpuKernel.Recurrence k => $"{kind}{(k.Backward ? "Gradient" : "Forward")}{(k.Reverse ? "Reverse" : "")}{(k.Masked ? "Masked" : "")}_{k.Steps}x{k.Units}",
            GpuKernel.Transposed k => $"{kind}Transposed_{k.Rows}x{k.Columns}",
            GpuKernel.SetRow k => $"{kind}SetRow_{k.Columns}",
            GpuKernel.Gather k => $"{kind}Gather_{Rows(k.Rows)}{k.Columns}",
            GpuKernel.GatherGradient k => $"{kind}GatherGradient_{k.TableRows}x{k.Columns}",
            GpuKernel.Copy k => $"{kind}Copy_{Rows(k.Outer)}{k.Length}",
            GpuKernel.Zero k => $"{kind}Zero_{k.Elements}",
            _ => throw new IRException($"{launch.Kernel.GetType().Name}: no row in the names of kernels."),
        };
    }

    private static string Rows(int rows) => rows == 1 ? "" : CSharp.Int(rows) + "x";
}

/// <summary>A place in memory that a kernel is given.</summary>
/// <param name="Name">Field of the struct of arguments.</param>
/// <param name="Labels">Integers; else floats.</param>
internal sealed record GpuArgument(string Name, bool Labels);

/// <summary>What a kernel is given besides places of tensors: a field of the struct of arguments.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">What a launch passes.</param>
internal sealed record GpuExtra(string Type, string Name, string Value)
{
    private static readonly GpuExtra Batch = new("int", "batch", "f.Batch");

    public static IReadOnlyList<GpuExtra> Of(GpuKernel kernel) => kernel switch
    {
        GpuKernel.Combine k => [Partials(k.Parts, k.Weights + k.Biases)],
        GpuKernel.WeightGradient { Parts: > 1 } k => [Partials(k.Parts, (k.M * k.N) + (k.Bias ? k.N : 0)), Batch],
        GpuKernel.FilterGradient { Parts: > 1 } k => [Partials(k.Parts, Weights(k) + (k.Bias ? k.Filters : 0)), Batch],
        GpuKernel.Depthwise { Parts: > 1 } k => [Partials(k.Parts, k.Window.KernelHeight * k.Window.KernelWidth * k.Channels), Batch],
        GpuKernel.Reduce { Blocks: > 1 } k => [Partials(k.Blocks, k.Outer), Batch],
        GpuKernel.GatherGradient { Parts: > 1 } k => [Partials(k.Parts, k.TableRows * k.Columns), Batch],
        GpuKernel.Transposed k => [Transposed(k.Rows, k.Columns)],
        GpuKernel.Recurrence { Backward: true } k => [Transposed(k.Units, k.Cell.Gates() * k.Units), Batch],
        GpuKernel.Elementwise k when GpuExpression.DrawsRandom(k.Expression) => [Batch, new GpuExtra("GpuRandom", "random", "f.Random")],
        _ => [Batch],
    };

    private static GpuExtra Partials(int parts, int elements) => WorkingMemory("partials", (long)parts * elements);

    private static GpuExtra Transposed(int rows, int columns) => WorkingMemory("transposed", (long)rows * columns);

    private static GpuExtra WorkingMemory(string name, long floats) => new("ArrayView<float>", name, $"f.Scratch(0, {CSharp.Int(floats)})");

    private static int Weights(GpuKernel.FilterGradient k) => k.Window.KernelHeight * k.Window.KernelWidth * k.Channels * k.Filters;
}
