using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>
/// The structure of one kernel: everything that is a literal in its code, and nothing that differs between two uses
/// (places in memory, the batch). Equal kernels are emitted once. Operands come in the order result(s) first, then the
/// op's own, then the epilogue's.
/// </summary>
internal abstract record CpuKernel
{
    /// <summary>Whether it computes each sample from that sample alone.</summary>
    public bool IsPerSample => this switch
    {
        MatMulWeightGradient or PooledFilterGradient or ColumnSum or GatherGradient or Convolution { Kind: ConvolutionKind.FilterGradient }
            or Depthwise { Kind: ConvolutionKind.FilterGradient } => false,
        GeneralReduction reduction => !reduction.OverBatch,
        Elementwise elementwise => !ScalarExpressions.Any(elementwise.Expression, e => e is ScalarExpression.RandomNumber),
        _ => true,
    };

    /// <summary>y = x W (or x W^T): the building block's <c>MatMul.Forward</c>. Its epilogue may give the slope, too.</summary>
    public sealed record MatMul(int Rows, int K, int N, bool TransposeW, Epilogue? Epilogue) : CpuKernel
    {
        /// <summary>The first operand of the epilogue that has the result's shape, which the product fetches ahead.</summary>
        public int? Ahead
        {
            get
            {
                int operand = Epilogue is null ? -1 : Epilogue.Operands.ToList().FindIndex(o => o.Batched && o.ColumnStride == 1 && (o.RowStride == N || Rows == 1));
                return operand < 0 ? null : operand;
            }
        }
    }

    /// <summary>y = the sum of x W^T over <paramref name="Terms"/> of both: the building block's <c>MatMul.ForwardSum</c>.</summary>
    public sealed record MatMulSum(int Terms, int Rows, int K, int N, Epilogue? Epilogue) : CpuKernel;

    /// <summary>dw = sum over all rows of x^T dy and, with <paramref name="Bias"/>, db = sum over all rows of dy as a second result.</summary>
    public sealed record MatMulWeightGradient(int Rows, int M, int N, bool Bias) : CpuKernel;

    /// <summary>A convolution or one of its gradients.</summary>
    public sealed record Convolution(ConvolutionKind Kind, Window Window, int Height, int Width, int Channels, int Filters, Epilogue? Epilogue) : CpuKernel;

    /// <summary>A convolution and the pooling of its result; the epilogue comes between.</summary>
    public sealed record PooledConvolution(Window Window, Window Pool, bool Maximum, int Height, int Width, int Channels, int Filters, Epilogue? Epilogue) : CpuKernel
    {
        public Convolution First => new(ConvolutionKind.Forward, Window, Height, Width, Channels, Filters, null);

        public Pooling Second => new(
            Maximum ? PoolingKind.MaxForward : PoolingKind.AverageForward, Pool, Window.OutputHeight(Height), Window.OutputWidth(Width), Filters, null);
    }

    /// <summary>The gradient by the filter of a convolution of one channel, whose result goes through a max-pooling.</summary>
    public sealed record PooledFilterGradient(Window Window, Window Pool, int Height, int Width, int Filters) : CpuKernel
    {
        public Convolution First => new(ConvolutionKind.FilterGradient, Window, Height, Width, 1, Filters, null);

        public Pooling Second => new(PoolingKind.MaxBackward, Pool, Window.OutputHeight(Height), Window.OutputWidth(Width), Filters, null);
    }

    /// <summary>A convolution of each channel by itself, or one of its gradients.</summary>
    public sealed record Depthwise(ConvolutionKind Kind, Window Window, int Height, int Width, int Channels, Epilogue? Epilogue) : CpuKernel;

    /// <summary>A pooling or its gradient.</summary>
    public sealed record Pooling(PoolingKind Kind, Window Window, int Height, int Width, int Channels, Epilogue? Epilogue) : CpuKernel;

    /// <summary>Softmax and its losses over rows of classes.</summary>
    public sealed record Softmax(SoftmaxKind Kind, int Rows, int Classes, ScalarExpression? Scale, LabelRule Rule) : CpuKernel;

    /// <summary>1 for each of <paramref name="Count"/> labels a sample, 0 where it is <paramref name="Label"/>.</summary>
    public sealed record LabelDiffers(int Count, int Label) : CpuKernel;

    /// <summary>y[sample, o, i] = expression for o &lt; Outer, i &lt; Inner.</summary>
    public sealed record Elementwise(int Outer, int Inner, bool Batched, bool Flat, ScalarExpression Expression, EquatableArray<OperandAccess> Operands) : CpuKernel;

    /// <summary>y[c] = sum over the samples and o &lt; Outer of the term.</summary>
    public sealed record ColumnSum(int Outer, int Columns, ScalarExpression Term, EquatableArray<OperandAccess> Operands) : CpuKernel;

    /// <summary>y[sample, o] = sum or maximum over i &lt; Inner of the term.</summary>
    public sealed record RowReduction(Reduction Kind, int Outer, int Inner, bool Batched, ScalarExpression Term, EquatableArray<OperandAccess> Operands) : CpuKernel;

    /// <summary>Steps over each row of <paramref name="Inner"/> elements, see <see cref="Op.RowSteps"/>.</summary>
    public sealed record RowSteps(int Outer, int Inner, EquatableArray<RowStep> Steps, EquatableArray<OperandAccess> Operands) : CpuKernel;

    /// <summary>
    /// Any reduction: y[o] = sum or maximum over r of the term, where accesses number the elements o * Reduced + r.
    /// </summary>
    public sealed record GeneralReduction(Reduction Kind, int Outer, int Reduced, bool Batched, bool OverBatch, ScalarExpression Term, EquatableArray<OperandAccess> Operands) : CpuKernel;

    /// <summary>An attention, or its gradients.</summary>
    public sealed record Attention(AttentionShape Shape, bool Backward) : CpuKernel;

    /// <summary>The steps of a recurrent layer, or their gradients.</summary>
    public sealed record Recurrence(Cell Cell, int Steps, int Units, bool Reverse, bool Masked, bool Backward) : CpuKernel;

    /// <summary>Rows of a table by their index: <paramref name="Rows"/> indices a sample, rows of <paramref name="Columns"/> elements.</summary>
    public sealed record Gather(int Rows, int Columns) : CpuKernel;

    /// <summary>A row of a table of each sample.</summary>
    public sealed record SetRow(int Columns) : CpuKernel;

    /// <summary>Adds up what goes to each of the <paramref name="TableRows"/> rows of a table.</summary>
    public sealed record GatherGradient(int Rows, int TableRows, int Columns) : CpuKernel;

    /// <summary>Outer times, Length neighbouring elements from one place of each sample to another.</summary>
    public sealed record Copy(int Outer, int FromRow, int ToRow, int Length, bool Batched) : CpuKernel;

    /// <summary>Elements of each sample set to one value.</summary>
    public sealed record Fill(int Elements, double Value) : CpuKernel;
}
