using NetDsl.Generators.Model;

namespace NetDsl.Generators.IR;

/// <summary>
/// A primitive operation and its attributes. Records, so that equal work compares equal (kernel sharing, common
/// subexpressions). Each op has one row in: <see cref="OpTypes"/> (result types), the gradient table of Autodiff,
/// the lowering of each target, and the reference interpreter of the tests, which is its meaning.
/// </summary>
/// <remarks>
/// Shapes are per sample; a batched operand or result has the leading batch axis besides. "Rows" are all axes but
/// the last, the batch axis included.
/// </remarks>
internal abstract record Op
{
    /// <summary>Name in the printed IR.</summary>
    public string Name => GetType().Name;

    /// <summary>A column of the data set: features or targets. No inputs.</summary>
    public sealed record Input(string Column, InputRole Role, TensorType Type) : Op;

    /// <summary>A tensor of the parameter arena, by its index in <see cref="Graph.Parameters"/>. No inputs.</summary>
    public sealed record Parameter(int Index, TensorType Type) : Op;

    /// <summary>
    /// output[i] = <paramref name="Expression"/>(operands at i). Operands are broadcast as in NumPy: aligned at the last
    /// axis, extents equal or 1 or absent; an operand without batch axis is the same for every sample.
    /// </summary>
    public sealed record Map(ScalarExpression Expression, TensorType Type) : Op;

    /// <summary>
    /// Sum or maximum over <paramref name="Axes"/> (axes of the sample, ascending) and, with <paramref name="OverBatch"/>,
    /// over the samples. Reduced axes keep extent 1 with <paramref name="KeepAxes"/>, else they go.
    /// With operands 0..n-1 the element that is reduced is <paramref name="Prologue"/> over them (broadcast to <paramref name="Type"/>,
    /// the type that is reduced).
    /// </summary>
    public sealed record Reduce(
        Reduction Kind,
        EquatableArray<int> Axes,
        bool OverBatch,
        bool KeepAxes,
        ScalarExpression Prologue,
        TensorType Type,
        DType Accumulator = DType.F32) : Op;

    /// <summary>
    /// Several of <see cref="Map"/> and of <see cref="Reduce"/> over the last axis (kept, with extent 1), one after the other for each row of
    /// <paramref name="Type"/>. Operands broadcast to it; results are those of the steps that are wanted, in order. The lowering of a target that can do so makes it.
    /// </summary>
    /// <param name="Type">The rows.</param>
    /// <param name="Steps">What is done, in order.</param>
    /// <param name="Labels">The label of what each step gives.</param>
    public sealed record RowSteps(TensorType Type, EquatableArray<RowStep> Steps, EquatableArray<string> Labels) : Op;

    /// <summary>
    /// Operands a and b, each a matrix of rows x last axis.
    /// b without batch axis: out[r, n] = sum_k a[r, k] b[k, n]  (b[n, k] with <paramref name="TransposeB"/>).
    /// Both batched, <paramref name="TransposeA"/>: out[m, n] = sum over all rows r of all samples a[r, m] b[r, n], without batch axis.
    /// </summary>
    public sealed record MatMul(bool TransposeA, bool TransposeB, DType Accumulator = DType.F32) : Op;

    /// <summary>
    /// Operands a and b of <see cref="MatMul"/>, b without batch axis: the product after the node's epilogue, an activation; and as the second result
    /// <paramref name="Slope"/>, the activation's derivative, over the same operands as the epilogue. The lowering of a target that can do so makes it of
    /// the ops of both directions.
    /// </summary>
    public sealed record MatMulWithSlope(bool TransposeB, ScalarExpression Slope) : Op;

    /// <summary>Operands x1, w1, x2, w2, ...: the sum of the products xi wiᵀ, all of one shape.</summary>
    public sealed record MatMulSum : Op;

    /// <summary>Operands x (H, W, C) and w (kh, kw, C, F): the cross-correlation of <see cref="Window"/>, result (H', W', F).</summary>
    public sealed record Conv2D(Window Window, DType Accumulator = DType.F32) : Op;

    /// <summary>
    /// Operands x and w of <see cref="Conv2D"/>: the convolution, the node's epilogue on its elements, then the maximum, or else the
    /// mean, of each window of <paramref name="Pool"/>. The lowering of a target that can do so makes it of the two ops.
    /// </summary>
    public sealed record PooledConv2D(Window Window, Window Pool, bool Maximum) : Op;

    /// <summary>Operands dy (H', W', F) and w: the gradient of <see cref="Conv2D"/> by x, of shape <paramref name="InputShape"/> (H, W, C).</summary>
    public sealed record Conv2DInputGradient(Window Window, EquatableArray<int> InputShape, DType Accumulator = DType.F32) : Op;

    /// <summary>Operands x and dy: the gradient of <see cref="Conv2D"/> by w (kh, kw, C, F), summed over the samples.</summary>
    public sealed record Conv2DFilterGradient(Window Window, DType Accumulator = DType.F32) : Op;

    /// <summary>
    /// Operands x and y of <see cref="Conv2D"/> and dy of the maximum of each window of <paramref name="Pool"/> over y: the gradient of the
    /// convolution by w, of what the pooling gives y as its gradient. The lowering of a target that can do so makes it of the two ops.
    /// </summary>
    public sealed record PooledConv2DFilterGradient(Window Window, Window Pool) : Op;

    /// <summary>Operands x (H, W, C) and w (kh, kw, C): each channel is convolved with a filter of its own.</summary>
    public sealed record DepthwiseConv2D(Window Window) : Op;

    /// <summary>Operands dy (H', W', C) and w: the gradient of <see cref="DepthwiseConv2D"/> by x, of shape <paramref name="InputShape"/> (H, W, C).</summary>
    public sealed record DepthwiseConv2DInputGradient(Window Window, EquatableArray<int> InputShape) : Op;

    /// <summary>Operands x and dy: the gradient of <see cref="DepthwiseConv2D"/> by w (kh, kw, C), summed over the samples.</summary>
    public sealed record DepthwiseConv2DFilterGradient(Window Window) : Op;

    /// <summary>Operand x (H, W, C): the maximum of each window; padding never wins.</summary>
    public sealed record MaxPool2D(Window Window) : Op;

    /// <summary>Operands x and dy: dy goes to the first maximum of its window in row-major order (PyTorch's choice of ties).</summary>
    public sealed record MaxPool2DGradient(Window Window) : Op;

    /// <summary>Operand x (H, W, C): the mean over the elements of each window that are not padding (Keras's choice).</summary>
    public sealed record AveragePool2D(Window Window) : Op;

    /// <summary>Operand dy: the gradient of <see cref="AveragePool2D"/> by x, of shape <paramref name="InputShape"/>.</summary>
    public sealed record AveragePool2DGradient(Window Window, EquatableArray<int> InputShape) : Op;

    /// <summary>Operand x: softmax over the last axis, with the row's maximum subtracted.</summary>
    public sealed record Softmax : Op;

    /// <summary>Operands y (the softmax) and dy: dx = y (dy - sum over the last axis of dy y).</summary>
    public sealed record SoftmaxGradient : Op;

    /// <summary>
    /// Operands logits (..., classes) and labels (I32, ...): log sum exp(logits) - logits[label], of the labels' shape; <paramref name="Rule"/> says
    /// what other rules make of it.
    /// </summary>
    public sealed record SoftmaxCrossEntropy(LabelRule Rule) : Op;

    /// <summary>
    /// Operands logits, labels and the loss's gradient g (of the labels' shape): (softmax(logits) - onehot(label)) g; by other rules
    /// (softmax(logits) - (1 - s) onehot(label) - s / classes) weight[label] g, and 0 where the label is ignored.
    /// </summary>
    public sealed record SoftmaxCrossEntropyGradient(LabelRule Rule) : Op;

    /// <summary>
    /// Loss and its gradient in one pass over the logits: results (loss, dlogits), where the gradient that flows into each
    /// loss element is <paramref name="Scale"/> (an expression without operands).
    /// </summary>
    public sealed record SoftmaxCrossEntropyWithGradient(ScalarExpression Scale, LabelRule Rule) : Op;

    /// <summary>Operand labels (I32): 0 where they are <paramref name="Label"/>, 1 elsewhere.</summary>
    public sealed record LabelDiffers(int Label) : Op;

    /// <summary>
    /// Operands q (Tq, heads x d), k (Tk, key heads x d) and v (Tk, key heads x e): for each head h and query i, softmax over the keys j of
    /// scale q[i, h] k[j, g], times v[j, g], where heads share the key heads in order, g = h / (heads / key heads). With <paramref name="Causal"/>
    /// query i sees the keys up to i + Tk - Tq, and with <paramref name="Masked"/> none at which the last operand (Tk) is 0. Results y (Tq, heads x e), 0 for a query
    /// that sees no key, and the logarithm of each softmax's sum (heads, Tq), 0 where there is none.
    /// </summary>
    public sealed record Attention(int Heads, int KeyHeads, double Scale, bool Causal, bool Masked = false, DType Accumulator = DType.F32) : Op;

    /// <summary>Operands q, k, v, y and the logarithms of <see cref="Attention"/>, dy, and the mask where there is one: the gradients by q, k and v.</summary>
    public sealed record AttentionGradient(int Heads, int KeyHeads, double Scale, bool Causal, bool Masked = false, DType Accumulator = DType.F32) : Op;

    /// <summary>
    /// A recurrent layer of <paramref name="Units"/> units: operands p (T, gates x units), what the inputs add to each gate, and u (units, gates x units), for a
    /// GRU b (gates x units) besides. Step t starts from the state after the step before it, zero at first, and goes from the last
    /// step to the first with <paramref name="Reverse"/>. Results: y (T, units), the state after each step, and, but for the simple cell, what the gradient wants
    /// (T, kept x units). With a = y[t - 1] u (+ b):
    /// simple y = tanh(p + a);
    /// LSTM (gates i, f, g, o; kept i, f, g, o, c) c = sigmoid(f) c[t - 1] + sigmoid(i) tanh(g), y = sigmoid(o) tanh(c);
    /// GRU (gates z, r, n; kept z, r, n and a's part m of n) z, r = sigmoid(p + a), n = tanh(p + r m), y = z y[t - 1] + (1 - z) n.
    /// With <paramref name="Masked"/> a step at which the last operand (T) is 0 leaves y and c as they were, and keeps 0 of the rest.
    /// </summary>
    public sealed record Recurrence(Cell Cell, int Units, bool Reverse, bool Masked = false, DType Accumulator = DType.F32) : Op;

    /// <summary>
    /// Operands u, y and what <see cref="Recurrence"/> kept (but for the simple cell), dy, and the mask where there is one: the gradient by p and, for a GRU, that by a, which for
    /// the other cells is the same.
    /// </summary>
    public sealed record RecurrenceGradient(Cell Cell, int Units, bool Reverse, bool Masked = false, DType Accumulator = DType.F32) : Op;

    /// <summary>The same elements in row-major order under another shape. Never copies.</summary>
    public sealed record Reshape(EquatableArray<int> Shape) : Op;

    /// <summary>Axis i of the result is axis <paramref name="Permutation"/>[i] of the operand (both of the sample).</summary>
    public sealed record Transpose(EquatableArray<int> Permutation) : Op;

    /// <summary>Operands table (rows, D), without batch axis, and indices (I32, ...): row indices[...] of the table, of shape (..., D).</summary>
    public sealed record Gather : Op;

    /// <summary>Operands indices and dy of <see cref="Gather"/>: the gradient by a table of <paramref name="Rows"/> rows, summed over samples and indices.</summary>
    public sealed record GatherGradient(int Rows) : Op;

    /// <summary>
    /// Operands table (T, D), row (1, D) and index (I32, 1), all batched: the table with another row index. The same memory as the operand, of which only that
    /// row is written.
    /// </summary>
    public sealed record SetRow : Op;

    /// <summary>Operands joined along <paramref name="Axis"/> (of the sample).</summary>
    public sealed record Concat(int Axis) : Op;

    /// <summary>Elements <paramref name="Start"/> .. <paramref name="Start"/> + <paramref name="Length"/> - 1 of <paramref name="Axis"/>.</summary>
    public sealed record Slice(int Axis, int Start, int Length) : Op;

    /// <summary>Zeros before and after along <paramref name="Axis"/>: the gradient of <see cref="Slice"/>.</summary>
    public sealed record Pad(int Axis, int Before, int After) : Op;
}

/// <summary>What a column of the data set is to the network.</summary>
internal enum InputRole
{
    /// <summary>Read by layers.</summary>
    Feature,

    /// <summary>Read by a loss.</summary>
    Target,

    /// <summary>The gradient by an output that the user passes to <c>Backward</c>.</summary>
    OutputGradient,

    /// <summary>What a program keeps from one run to the next, zero at first: nobody sets it.</summary>
    Cache,
}

/// <summary>Kinds of reduction.</summary>
internal enum Reduction
{
    Sum,
    Max,
}

/// <summary>
/// The geometry of a convolution or pooling. Output element (i, j) reads input rows
/// i * StrideHeight + u * DilationHeight - PadTop for u in 0 .. KernelHeight - 1, and columns likewise.
/// </summary>
internal sealed record Window(
    int KernelHeight,
    int KernelWidth,
    int StrideHeight,
    int StrideWidth,
    int DilationHeight,
    int DilationWidth,
    int PadTop,
    int PadBottom,
    int PadLeft,
    int PadRight)
{
    /// <summary>Whether no element is in two windows.</summary>
    public bool IsApart => StrideHeight > (KernelHeight - 1) * DilationHeight && StrideWidth > (KernelWidth - 1) * DilationWidth;

    public int OutputHeight(int height) => Output(height, KernelHeight, StrideHeight, DilationHeight, PadTop + PadBottom);

    public int OutputWidth(int width) => Output(width, KernelWidth, StrideWidth, DilationWidth, PadLeft + PadRight);

    /// <summary>floor((n + pad - dilation (k - 1) - 1) / stride) + 1; less than 1 where the window does not fit.</summary>
    private static int Output(int extent, int kernel, int stride, int dilation, int pad)
    {
        int room = extent + pad - (dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
