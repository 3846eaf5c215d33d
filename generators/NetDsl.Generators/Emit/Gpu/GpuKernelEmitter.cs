using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Gpu;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes kernels: one row per kind. A kernel is its arguments as a struct, a method and the descriptor that launches it.</summary>
internal static class GpuKernelEmitter
{
    /// <summary>Items of a group of a kernel that shares nothing.</summary>
    public const int ItemsPerGroup = 64;

    public static void Write(CodeWriter code, GpuKernel kernel, GpuSignature signature)
    {
        bool load = kernel is GpuKernel.Load;
        string arguments = Arguments(kernel, signature);
        code.Gap();
        code.Line($"/// <summary>{CSharp.Xml(signature.Summary)}.</summary>");
        using (code.Open($"internal static void {signature.Name}({arguments} a)")) Body(code, kernel, signature);
        if (kernel is GpuKernel.MatMul { Style: MatMulStyle.TensorCores } product)
        {
            code.Gap();
            code.Line($"/// <summary>{CSharp.Xml(signature.Summary)}, on devices without tensor cores.</summary>");
            code.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
            using (code.Open($"internal static void {MatMulEmitter.PlainName(signature)}({arguments} a)")) MatMulEmitter.WritePlain(code, product, signature);
        }

        if (load) return;
        code.Gap();
        using (code.Open($"internal struct {arguments}"))
        {
            foreach (GpuArgument argument in signature.Arguments) code.Line($"public ArrayView<{(argument.Labels ? "int" : "float")}> {argument.Name};");
            foreach (GpuExtra extra in signature.Extras) code.Line($"public {extra.Type} {extra.Name};");
        }
    }

    /// <summary>The descriptor by which programs launch a kernel.</summary>
    public static void Descriptor(CodeWriter code, GpuKernel kernel, GpuSignature signature) =>
        code.Line($"private static readonly GpuKernel<{Arguments(kernel, signature)}> {signature.Field} = new({CSharp.String(signature.Name)}, {CSharp.String(signature.Layer)}, {CSharp.Int(GroupSize(kernel))}, {signature.Name}{Plain(kernel, signature)});");

    private static string Plain(GpuKernel kernel, GpuSignature signature) =>
        kernel is GpuKernel.MatMul { Style: MatMulStyle.TensorCores } ? ", " + MatMulEmitter.PlainName(signature) : "";

    /// <summary>Whether a launch counts groups; else items.</summary>
    public static bool IsCooperative(GpuKernel kernel) => kernel switch
    {
        GpuKernel.MatMul k => k.Style != MatMulStyle.PerItem,
        GpuKernel.Softmax k => k.Parts > 1,
        GpuKernel.Reduce k => k.Parts > 1,
        GpuKernel.Combine k => k.Shares > 1,
        GpuKernel.WeightGradient or GpuKernel.FilterGradient or GpuKernel.Attention or GpuKernel.Recurrence or GpuKernel.GatherGradient => true,
        _ => false,
    };

    /// <summary>Items, or groups, of a launch, as an expression of <c>f.Batch</c>.</summary>
    public static string Extent(GpuKernel kernel) => kernel switch
    {
        GpuKernel.MatMul k => MatMulEmitter.Extent(k),
        GpuKernel.WeightGradient k => GradientEmitter.Extent(k),
        GpuKernel.FilterGradient k => GradientEmitter.Extent(k),
        GpuKernel.Combine k => CombineEmitter.Extent(k),
        GpuKernel.Convolution k => ConvolutionEmitter.Extent(k),
        GpuKernel.Depthwise k => DepthwiseEmitter.Extent(k),
        GpuKernel.Pooling k => PoolingEmitter.Extent(k),
        GpuKernel.Softmax k => SoftmaxEmitter.Extent(k),
        GpuKernel.Elementwise k => ElementwiseEmitter.Extent(k),
        GpuKernel.Reduce k => ReduceEmitter.Extent(k),
        GpuKernel.Attention k => AttentionEmitter.Extent(k),
        GpuKernel.LabelDiffers k => LabelEmitter.Extent(k),
        GpuKernel.Recurrence => "f.Batch",
        GpuKernel.Transposed k => CSharp.Int((long)k.Rows * k.Columns),
        GpuKernel.SetRow k => GatherEmitter.Extent(k),
        GpuKernel.Gather k => GatherEmitter.Extent(k),
        GpuKernel.GatherGradient k => GatherEmitter.Extent(k),
        GpuKernel.Copy k => ElementwiseEmitter.Extent(k),
        GpuKernel.Zero k => ElementwiseEmitter.Extent(k),
        _ => throw Missing(kernel),
    };

    private static string Arguments(GpuKernel kernel, GpuSignature signature) =>
        kernel is GpuKernel.Load ? "LoadArguments" : signature.Name + "_Arguments";

    private static int GroupSize(GpuKernel kernel) => kernel switch
    {
        GpuKernel.MatMul k => MatMulEmitter.GroupSize(k),
        GpuKernel.WeightGradient k => k.Group.Items,
        GpuKernel.FilterGradient k => k.Group.Items,
        GpuKernel.Combine k => CombineEmitter.GroupSize(k),
        GpuKernel.Softmax { Parts: > 1 } k => k.Parts,
        GpuKernel.Reduce { Parts: > 1 } k => k.Parts,
        GpuKernel.Recurrence k => RecurrenceEmitter.GroupSize(k),
        GpuKernel.GatherGradient => GatherEmitter.GroupSize,
        _ => ItemsPerGroup,
    };

    private static void Body(CodeWriter code, GpuKernel kernel, GpuSignature s)
    {
        switch (kernel)
        {
            case GpuKernel.Load k:
                LoadEmitter.Write(code, k);
                break;
            case GpuKernel.MatMul k:
                MatMulEmitter.Write(code, k, s);
                break;
            case GpuKernel.WeightGradient k:
                GradientEmitter.Write(code, k, s);
                break;
            case GpuKernel.FilterGradient k:
                GradientEmitter.Write(code, k, s);
                break;
            case GpuKernel.Combine k:
                CombineEmitter.Write(code, k, s);
                break;
            case GpuKernel.Convolution k:
                ConvolutionEmitter.Write(code, k, s);
                break;
            case GpuKernel.Depthwise k:
                DepthwiseEmitter.Write(code, k, s);
                break;
            case GpuKernel.Pooling k:
                PoolingEmitter.Write(code, k, s);
                break;
            case GpuKernel.Softmax k:
                SoftmaxEmitter.Write(code, k, s);
                break;
            case GpuKernel.Elementwise k:
                ElementwiseEmitter.Write(code, k, s);
                break;
            case GpuKernel.Reduce k:
                ReduceEmitter.Write(code, k, s);
                break;
            case GpuKernel.Attention k:
                AttentionEmitter.Write(code, k, s);
                break;
            case GpuKernel.LabelDiffers k:
                LabelEmitter.Write(code, k, s);
                break;
            case GpuKernel.Recurrence k:
                RecurrenceEmitter.Write(code, k, s);
                break;
            case GpuKernel.Transposed k:
                ElementwiseEmitter.Write(code, k, s);
                break;
            case GpuKernel.SetRow k:
                GatherEmitter.Write(code, k, s);
                break;
            case GpuKernel.Gather k:
                GatherEmitter.Write(code, k, s);
                break;
            case GpuKernel.GatherGradient k:
                GatherEmitter.Write(code, k, s);
                break;
            case GpuKernel.Copy k:
                ElementwiseEmitter.Write(code, k, s);
                break;
            case GpuKernel.Zero k:
                ElementwiseEmitter.Write(code, k, s);
                break;
            default:
                throw Missing(kernel);
        }
    }

    private static IRException Missing(GpuKernel kernel) => new($"{kernel.GetType().Name}: no row in the kernels of the GPU.");
}
