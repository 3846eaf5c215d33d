using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Lowering.Gpu;

/// <summary>
/// The structure of one kernel for the GPU: everything that is a literal in its code, and nothing that differs between two
/// uses (places in memory, the batch). Equal kernels are emitted once. Arguments come in the order result(s) first, then the
/// op's own operands, then the epilogue's.
/// </summary>
/// <param name="Strides">For each argument the elements from one sample to the next; 0 for one that all samples share.</param>
internal abstract record GpuKernel(EquatableArray<int> Strides)
{
    /// <summary>Every argument begins at a multiple of 16 bytes, so that whole pieces of 16 can be read.</summary>
    public bool Aligned { get; init; } = true;

    /// <summary>
    /// The first kernel of every program: gathers the rows of all columns that the program reads, converts them, and applies the
    /// elementwise work that reads nothing but a column. Its places are literals, since it is one program's own.
    /// </summary>
    public sealed record Load(EquatableArray<LoadedColumn> Columns) : GpuKernel(default(EquatableArray<int>));

    /// <summary>y = x W, or x W^T.</summary>
    public sealed record MatMul(EquatableArray<int> Strides, int Rows, int K, int N, bool TransposeW, MatMulStyle Style, Tile Tile, int Parts, Epilogue? Epilogue) : GpuKernel(Strides);

    /// <summary>
    /// dw = sum over all rows of x^T dy and, with <paramref name="Bias"/>, db = sum over all rows of dy as a second result. With
    /// more than one part, each part of the rows leaves its sums in working memory, for <see cref="Combine"/>.
    /// </summary>
    public sealed record WeightGradient(EquatableArray<int> Strides, int Rows, int M, int N, Tile Tile, GradientGroup Group, int Parts, bool Bias) : GpuKernel(Strides);

    /// <summary>A convolution or the gradient by its input.</summary>
    public sealed record Convolution(EquatableArray<int> Strides, ConvolutionKind Kind, Window Window, int Height, int Width, int Channels, int Filters, Tile Tile, Epilogue? Epilogue) : GpuKernel(Strides);

    /// <summary>The gradient of a convolution by its filters, in parts as <see cref="WeightGradient"/>.</summary>
    public sealed record FilterGradient(EquatableArray<int> Strides, Window Window, int Height, int Width, int Channels, int Filters, Tile Tile, GradientGroup Group, int Parts, bool Bias) : GpuKernel(Strides);

    /// <summary>Adds up, in order, what the parts of a gradient left: <paramref name="Weights"/> elements, then <paramref name="Biases"/>.</summary>
    /// <param name="Shares">Items of a group that share the parts of a sum; 1: an item has a sum, and nothing is shared.</param>
    public sealed record Combine(int Parts, int Weights, int Biases, int Shares) : GpuKernel(default(EquatableArray<int>));

    /// <summary>A convolution of each channel by itself or one of its gradients, that by the filters in parts as <see cref="WeightGradient"/>.</summary>
    /// <param name="Lanes">Neighbouring channels of an item.</param>
    public sealed record Depthwise(EquatableArray<int> Strides, ConvolutionKind Kind, Window Window, int Height, int Width, int Channels, int Lanes, int Parts, Epilogue? Epilogue) : GpuKernel(Strides);

    /// <summary>A pooling or its gradient.</summary>
    /// <param name="Lanes">Neighbouring channels of an item.</param>
    public sealed record Pooling(EquatableArray<int> Strides, PoolingKind Kind, Window Window, int Height, int Width, int Channels, int Lanes, Epilogue? Epilogue) : GpuKernel(Strides);

    /// <summary>Softmax and its losses over rows of classes. With more than one part a group shares a row.</summary>
    public sealed record Softmax(EquatableArray<int> Strides, SoftmaxKind Kind, int Rows, int Classes, ScalarExpression? Scale, LabelRule Rule, int Parts) : GpuKernel(Strides);

    /// <summary>1 for each of <paramref name="Count"/> labels a sample, 0 where it is <paramref name="Label"/>.</summary>
    public sealed record LabelDiffers(EquatableArray<int> Strides, int Count, int Label) : GpuKernel(Strides);

    /// <summary>y[sample, o, i] = expression for o &lt; Outer, i &lt; Inner.</summary>
    /// <param name="Lanes">Neighbouring elements of an item.</param>
    public sealed record Elementwise(EquatableArray<int> Strides, int Outer, int Inner, bool Batched, ScalarExpression Expression, EquatableArray<OperandAccess> Operands, int Lanes) : GpuKernel(Strides);

    /// <summary>
    /// y[o] = sum or maximum over r (and the samples) of the term, where accesses number the elements o * Reduced + r. With more
    /// than one part a group shares the elements that are reduced; with more than one block, groups share them, and each leaves its
    /// sum in working memory, for <see cref="Combine"/>.
    /// </summary>
    /// <param name="Lanes">Neighbouring outputs of an item.</param>
    public sealed record Reduce(EquatableArray<int> Strides, Reduction Kind, int Outer, int Reduced, bool Batched, bool OverBatch, ScalarExpression Term, EquatableArray<OperandAccess> Operands, int Lanes, int Parts, int Blocks) : GpuKernel(Strides);

    /// <summary>An attention, or its gradients by the queries or by keys and values; a group has a row of queries, or of keys.</summary>
    public sealed record Attention(EquatableArray<int> Strides, AttentionDirection Direction, AttentionShape Shape) : GpuKernel(Strides);

    /// <summary>The steps of a recurrent layer, or their gradients, which find the recurrent weights <see cref="Transposed"/>; a group has a sample.</summary>
    public sealed record Recurrence(EquatableArray<int> Strides, Cell Cell, int Steps, int Units, bool Reverse, bool Masked, bool Backward) : GpuKernel(Strides);

    /// <summary>A row of a table of each sample, of <paramref name="Columns"/> elements.</summary>
    public sealed record SetRow(EquatableArray<int> Strides, int Columns) : GpuKernel(Strides);

    /// <summary>Rows of a table by their index: <paramref name="Rows"/> indices a sample, rows of <paramref name="Columns"/> elements.</summary>
    /// <param name="Lanes">Neighbouring elements of an item.</param>
    public sealed record Gather(EquatableArray<int> Strides, int Rows, int Columns, int Lanes) : GpuKernel(Strides);

    /// <summary>
    /// Adds up, in the order of the samples, what goes to each of the <paramref name="TableRows"/> rows of a table; a group has a
    /// row of the table. With more than one part, groups share the indices, as <see cref="WeightGradient"/>.
    /// </summary>
    public sealed record GatherGradient(EquatableArray<int> Strides, int Rows, int TableRows, int Columns, int Parts) : GpuKernel(Strides);

    /// <summary>A matrix, its rows and columns exchanged, in working memory, for the kernel after it.</summary>
    public sealed record Transposed(EquatableArray<int> Strides, int Rows, int Columns) : GpuKernel(Strides);

    /// <summary>Outer times, Length neighbouring elements from one place of each sample to another.</summary>
    public sealed record Copy(EquatableArray<int> Strides, int Outer, int FromRow, int ToRow, int Length, bool Batched) : GpuKernel(Strides);

    /// <summary>Elements of each sample set to zero.</summary>
    public sealed record Zero(EquatableArray<int> Strides, int Elements, bool Batched) : GpuKernel(Strides);
}

/// <summary>What one item computes: so many rows by so many columns of the result, in registers.</summary>
internal sealed record Tile(int Rows, int Columns)
{
    public int Elements => Rows * Columns;
}

/// <summary>A group that computes a gradient of weights.</summary>
/// <param name="Tiles">Neighbouring tiles that it has.</param>
/// <param name="Shares">Items that share the rows of a tile; their sums are added in order.</param>
internal sealed record GradientGroup(int Tiles, int Shares)
{
    public int Items => Tiles * Shares;
}

/// <summary>How a matrix product is shared out.</summary>
internal enum MatMulStyle
{
    /// <summary>One item a tile, nothing shared.</summary>
    PerItem,

    /// <summary>One group a tile; its items take parts of the inner dimension, whose sums are added in order.</summary>
    SplitK,

    /// <summary>One group a block of tiles; operands pass through shared memory.</summary>
    SharedTiles,

    /// <summary>
    /// One group a block of 64 x 64 results on NVIDIA's tensor cores, operands rounded to TF32 on their way through shared
    /// memory; on other devices the group's items have a tile each and nothing is rounded.
    /// </summary>
    TensorCores,
}

/// <summary>A column that a program reads.</summary>
/// <param name="Column">Index of the column: inputs, then targets, then gradients of outputs.</param>
/// <param name="Elements">Elements a sample.</param>
/// <param name="Labels">Integers; else numbers.</param>
/// <param name="Offset">Where the result goes, per sample of capacity.</param>
/// <param name="Start">First element of the result within each sample.</param>
/// <param name="Stride">Elements of the result from one sample to the next.</param>
/// <param name="Expression">Applied to each number (operand 0), with the further operands; <see langword="null"/>: stored as it is.</param>
/// <param name="Parameters">The further operands: places in the parameter arena.</param>
internal sealed record LoadedColumn(
    int Column,
    int Elements,
    bool Labels,
    int Offset,
    int Start,
    int Stride,
    ScalarExpression? Expression,
    EquatableArray<LoadedParameter> Parameters);

/// <summary>A parameter that the elementwise work on a column reads.</summary>
internal sealed record LoadedParameter(int Offset, int Elements, OperandAccess Access, int Inner);
