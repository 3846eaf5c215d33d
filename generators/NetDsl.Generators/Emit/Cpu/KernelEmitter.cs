using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Cpu;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Writes kernels: one row per kind. A kernel is a method; where it needs code of its own, a struct follows it.</summary>
internal static class KernelEmitter
{
    public static void Write(CodeWriter code, CpuKernel kernel, KernelSignature signature)
    {
        code.Gap();
        code.Line($"/// <summary>{CSharp.Xml(signature.Summary)}.</summary>");
        switch (kernel)
        {
            case CpuKernel.MatMul k:
                Block(code, signature, Results(k), 2, k.Epilogue, (a, e) => $"MatMul.Forward(f, {a[Results(k)]}, {a[Results(k) + 1]}, {a[0]}, {k.Rows}, {k.K}, {k.N}, {CSharp.Bool(k.TransposeW)}, {e}{Ahead(signature, k)})");
                break;
            case CpuKernel.MatMulSum k:
                Block(code, signature, 1, 2 * k.Terms, k.Epilogue, (a, e) => $"MatMul.ForwardSum(f, [{Pairs(a, k, 0)}], [{Pairs(a, k, 1)}], {a[0]}, {k.Rows}, {k.K}, {k.N}, {e})");
                break;
            case CpuKernel.MatMulWeightGradient { Bias: true } k:
                Block(code, signature, 2, 2, null, (a, _) => $"MatMul.WeightAndBiasGradient(f, {a[2]}, {a[3]}, {a[0]}, {a[1]}, {k.Rows}, {k.M}, {k.N})");
                break;
            case CpuKernel.MatMulWeightGradient k:
                Block(code, signature, 1, 2, null, (a, e) => $"MatMul.WeightGradient(f, {a[1]}, {a[2]}, {a[0]}, {k.Rows}, {k.M}, {k.N}, {e})");
                break;
            case CpuKernel.Convolution k:
                Block(code, signature, 1, 2, k.Epilogue, (a, e) => $"Conv2D.{k.Kind}(f, {a[1]}, {a[2]}, {a[0]}, {Geometry.Of(k)}, {e})");
                break;
            case CpuKernel.PooledConvolution k:
                Block(code, signature, 1, 2, k.Epilogue, (a, e) => $"Conv2D.Forward{Pool(k)}(f, {a[1]}, {a[2]}, {a[0]}, {Geometry.Of(k.First)}, {Geometry.Of(k.Second)}, {e})");
                break;
            case CpuKernel.PooledFilterGradient k:
                Block(code, signature, 1, 3, null, (a, _) => $"Conv2D.FilterGradientMaxPool(f, {a[1]}, {a[2]}, {a[3]}, {a[0]}, {Geometry.Of(k.First)}, {Geometry.Of(k.Second)})");
                break;
            case CpuKernel.Depthwise { Kind: ConvolutionKind.FilterGradient } k:
                Block(code, signature, 1, 2, null, (a, _) => $"DepthwiseConv2D.FilterGradient(f, {a[1]}, {a[2]}, {a[0]}, {Geometry.Of(k)})");
                break;
            case CpuKernel.Depthwise k:
                Block(code, signature, 1, 2, k.Epilogue, (a, e) => $"DepthwiseConv2D.{k.Kind}(f, {a[1]}, {a[2]}, {a[0]}, {Geometry.Of(k)}, {e})");
                break;
            case CpuKernel.Pooling { Kind: PoolingKind.MaxBackward } k:
                Block(code, signature, 1, 2, k.Epilogue, (a, e) => $"Pool2D.MaxBackward(f, {a[1]}, {a[2]}, {a[0]}, {Geometry.Of(k)}, {e})");
                break;
            case CpuKernel.Pooling k:
                Block(code, signature, 1, 1, k.Epilogue, (a, e) => $"Pool2D.{k.Kind}(f, {a[1]}, {a[0]}, {Geometry.Of(k)}, {e})");
                break;
            case CpuKernel.Softmax k:
                Softmax(code, k, signature);
                break;
            case CpuKernel.Elementwise k:
                ElementwiseEmitter.Write(code, k, signature);
                break;
            case CpuKernel.ColumnSum k:
                ReductionEmitter.ColumnSum(code, k, signature);
                break;
            case CpuKernel.RowReduction k:
                ReductionEmitter.Row(code, k, signature);
                break;
            case CpuKernel.RowSteps k:
                RowStepsEmitter.Write(code, k, signature);
                break;
            case CpuKernel.GeneralReduction k:
                ReductionEmitter.General(code, k, signature);
                break;
            case CpuKernel.Attention { Backward: false } k:
                Block(code, signature, 2, k.Shape.Masked ? 4 : 3, null, (a, _) => $"Attention.Forward(f, {a[2]}, {a[3]}, {a[4]}, {a[0]}, {a[1]}, {Geometry.Of(k)}{(k.Shape.Masked ? $", {a[5]}" : "")})");
                break;
            case CpuKernel.Attention k:
                Block(code, signature, 3, k.Shape.Masked ? 7 : 6, null, (a, _) => $"Attention.Backward(f, {string.Join(", ", a.Skip(3).Take(6))}, {a[0]}, {a[1]}, {a[2]}, {Geometry.Of(k)}{(k.Shape.Masked ? $", {a[9]}" : "")})");
                break;
            case CpuKernel.LabelDiffers k:
                Block(code, signature, 1, 1, null, (a, _) => $"Labels.Differ(f, {a[1]}, {a[0]}, {k.Count}, {CSharp.Int(k.Label)})");
                break;
            case CpuKernel.Recurrence k:
                string[] names = [.. signature.Parameters.Select(p => p.Name)];
                string mask = k.Masked ? $", {names[names.Length - 1]}" : "";
                Method(code, signature, $"Recurrent.{k.Cell}{(k.Backward ? "Backward" : "Forward")}(f, {string.Join(", ", k.Masked ? names.Take(names.Length - 1) : names)}, {k.Steps}, {k.Units}, {CSharp.Bool(k.Reverse)}{mask})");
                break;
            case CpuKernel.SetRow k:
                Block(code, signature, 1, 3, null, (a, _) => $"Copy.Row(f, {a[2]}, {a[0]}, {a[3]}, {k.Columns})");
                break;
            case CpuKernel.Gather k:
                Block(code, signature, 1, 2, null, (a, _) => $"Gather.Rows(f, {a[1]}, {a[2]}, {a[0]}, {k.Rows}, {k.Columns})");
                break;
            case CpuKernel.GatherGradient k:
                Block(code, signature, 1, 2, null, (a, _) => $"Gather.Gradient(f, {a[1]}, {a[2]}, {a[0]}, {k.Rows}, {k.TableRows}, {k.Columns})");
                break;
            case CpuKernel.Copy k:
                Method(code, signature, k.Batched
                    ? $"Copy.Block(f, {Name(signature, 1)}, 0, {Name(signature, 0)}, 0, {k.Outer}, {k.FromRow}, {k.ToRow}, {k.Length})"
                    : $"Copy.Elements({Name(signature, 1)}, {Name(signature, 0)}, {k.Outer}, {k.FromRow}, {k.ToRow}, {k.Length})");
                break;
            case CpuKernel.Fill k:
                Method(code, signature, $"Copy.Fill(f, {Name(signature, 0)}, {k.Elements}, {CSharp.Float(k.Value)})");
                break;
            default:
                throw new IRException($"{kernel.GetType().Name}: no row in the kernels of the CPU.");
        }
    }

    /// <summary>Floats of working memory, as an expression of <c>batch</c> and <c>threads</c>; <see langword="null"/> for none.</summary>
    public static string? Scratch(CpuKernel kernel) => kernel switch
    {
        CpuKernel.MatMul k => $"MatMul.ForwardScratch(batch, {k.Rows}, {k.K}, {k.N}, threads)",
        CpuKernel.MatMulSum k => $"MatMul.ForwardSumScratch(batch, {k.Terms}, {k.Rows}, {k.K}, {k.N}, threads)",
        CpuKernel.MatMulWeightGradient k => $"MatMul.WeightGradientScratch(batch, {k.Rows}, {k.M}, {k.N})",
        CpuKernel.Convolution { Kind: ConvolutionKind.FilterGradient } k => $"Conv2D.FilterGradientScratch(batch, {Geometry.Of(k)})",
        CpuKernel.Convolution k => $"Conv2D.{k.Kind}Scratch(batch, {Geometry.Of(k)}, threads)",
        CpuKernel.PooledConvolution k => $"Conv2D.Forward{Pool(k)}Scratch(batch, {Geometry.Of(k.First)}, {Geometry.Of(k.Second)}, threads)",
        CpuKernel.PooledFilterGradient k => $"Conv2D.FilterGradientMaxPoolScratch(batch, {Geometry.Of(k.First)}, {Geometry.Of(k.Second)})",
        CpuKernel.Depthwise { Kind: not ConvolutionKind.FilterGradient } k => $"DepthwiseConv2D.Scratch({Geometry.Of(k)})",
        CpuKernel.Pooling k => $"Pool2D.{k.Kind}Scratch({Geometry.Of(k)})",
        CpuKernel.Attention k => $"Attention.{(k.Backward ? "Backward" : "Forward")}Scratch({Geometry.Of(k)})",
        CpuKernel.Recurrence k => $"Recurrent.Scratch({k.Cell.Gates()}, {k.Units})",
        CpuKernel.ColumnSum k => $"Reduction.SumScratch(batch * {k.Outer}, {k.Columns})",
        _ => null,
    };

    /// <summary>A method that is one expression.</summary>
    public static void Method(CodeWriter code, KernelSignature signature, string body)
    {
        code.Line($"internal static void {signature.Name}(in CpuFrame f{signature.Declaration}) =>");
        using (code.Indent()) code.Line(body + ";");
    }

    /// <summary>A call of a building block, with the epilogue's struct where there is one.</summary>
    private static void Block(CodeWriter code, KernelSignature signature, int results, int operands, Epilogue? epilogue, Func<string[], string, string> call)
    {
        string[] names = [.. signature.Parameters.Select(p => p.Name)];
        string[] further = [.. names.Skip(results + operands)];
        KernelParameter? slope = epilogue?.Slope is null ? null : signature.Parameters[1];
        if (slope is not null) further = [slope.Name, .. further];
        string argument = "default(NoEpilogue)";
        if (epilogue is not null)
        {
            bool batch = VectorExpression.ReadsBatch(epilogue.Expression);
            argument = $"new {signature.Name}_Epilogue({string.Join(", ", batch ? [.. further, "f.InverseBatch"] : further)})";
        }

        Method(code, signature, call(names, argument));
        if (epilogue is not null) EpilogueEmitter.Write(code, signature.Name + "_Epilogue", epilogue, [.. signature.Parameters.Skip(results + operands)], slope);
    }

    private static void Softmax(CodeWriter code, CpuKernel.Softmax kernel, KernelSignature signature)
    {
        string[] a = [.. signature.Parameters.Select(p => p.Name)];
        bool loss = kernel.Kind is not (SoftmaxKind.Forward or SoftmaxKind.Backward);
        string rule = loss && !kernel.Rule.IsPlain ? $", {signature.Name}_Rule" : "", by = rule.Length > 0 ? "ByRule" : "";
        Method(code, signature, kernel.Kind switch
        {
            SoftmaxKind.Forward => $"Softmax.Forward(f, {a[1]}, {a[0]}, {kernel.Rows}, {kernel.Classes})",
            SoftmaxKind.Backward => $"Softmax.Backward(f, {a[1]}, {a[2]}, {a[0]}, {kernel.Rows}, {kernel.Classes})",
            SoftmaxKind.CrossEntropy => $"Softmax.CrossEntropy{by}(f, {a[1]}, {a[2]}, {a[0]}, {kernel.Rows}, {kernel.Classes}{rule})",
            SoftmaxKind.CrossEntropyGradient => $"Softmax.CrossEntropyGradient{by}(f, {a[1]}, {a[2]}, {a[3]}, {a[0]}, {kernel.Rows}, {kernel.Classes}{rule})",
            _ => $"Softmax.CrossEntropyWithGradient{by}(f, {a[2]}, {a[3]}, {a[0]}, {a[1]}, {kernel.Rows}, {kernel.Classes}, {Scale(kernel.Scale!)}{rule})",
        });
        if (rule.Length == 0) return;
        code.Gap();
        string weights = kernel.Rule.Weights.Length == 0 ? "null" : $"[{string.Join(", ", kernel.Rule.Weights.Select(CSharp.Float))}]";
        string ignored = kernel.Rule.Ignored is { } label ? CSharp.Int(label) : "null";
        code.Line($"private static readonly LabelRule {signature.Name}_Rule = new({CSharp.Float(kernel.Rule.Smoothing)}, {ignored}, {weights});");
    }

    /// <summary>An expression without operands as a float.</summary>
    private static string Scale(ScalarExpression scale) => scale switch
    {
        ScalarExpression.Constant constant => CSharp.Float(constant.Value),
        ScalarExpression.InverseBatch => "f.InverseBatch",
        ScalarExpression.Binary { Function: BinaryFunction.Multiply } product => $"{Scale(product.Left)} * {Scale(product.Right)}",
        _ => throw new IRException("The scale of a loss is a product of constants."),
    };

    private static string Ahead(KernelSignature signature, CpuKernel.MatMul kernel) => kernel.Ahead is { } operand ? $", ahead: {Name(signature, Results(kernel) + 2 + operand)}" : "";

    private static int Results(CpuKernel.MatMul kernel) => kernel.Epilogue?.Slope is null ? 1 : 2;

    /// <summary>The left or the right operands of the products.</summary>
    private static string Pairs(string[] names, CpuKernel.MatMulSum kernel, int side) => string.Join(", ", Enumerable.Range(0, kernel.Terms).Select(i => names[1 + (2 * i) + side]));

    private static string Pool(CpuKernel.PooledConvolution kernel) => kernel.Maximum ? "MaxPool" : "AveragePool";

    private static string Name(KernelSignature signature, int parameter) => signature.Parameters[parameter].Name;
}
