using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Lowering;

/// <summary>Turns broadcasting into loops: which trailing axes run as one inner loop, and how each operand is reached.</summary>
/// <param name="Outer">Product of the axes outside the inner loop.</param>
/// <param name="Inner">Length of the inner loop.</param>
/// <param name="Operands">How each operand is reached.</param>
internal sealed record AccessPatterns(int Outer, int Inner, EquatableArray<OperandAccess> Operands)
{
    /// <summary>The longest inner loop along which every operand is dense or constant.</summary>
    /// <param name="work">The type that is computed.</param>
    /// <param name="operands">The operands, which broadcast to it.</param>
    /// <param name="leastOuter">Axes from the left that must stay outside the inner loop.</param>
    public static AccessPatterns Of(TensorType work, IReadOnlyList<TensorType> operands, int leastOuter = 0) =>
        Of(work, operands, [.. operands.Select(operand => Strides(operand, work))], leastOuter);

    /// <summary>The loops that write a tensor of type <paramref name="result"/> whose axis i is axis permutation[i] of the operand.</summary>
    public static AccessPatterns Transposed(TensorType result, TensorType operand, EquatableArray<int> permutation)
    {
        int[] strides = Strides(operand, operand);
        return Of(result, [operand], [[.. permutation.Select(axis => strides[axis])]], 0);
    }

    private static AccessPatterns Of(TensorType work, IReadOnlyList<TensorType> operands, int[][] strides, int leastOuter)
    {
        int axis = work.Rank;
        while (axis > leastOuter && strides.All(s => IsUniform(s, work.Shape, axis - 1))) axis--;
        int inner = 1;
        for (int i = axis; i < work.Rank; i++) inner *= work.Shape[i];
        return new AccessPatterns(
            work.Elements / inner,
            inner,
            operands.Select((operand, k) => new OperandAccess(operand.Batched, Digits(strides[k], work.Shape, axis), InnerStride(strides[k], work.Shape, axis))).ToEquatableArray());
    }

    /// <summary>
    /// Accesses by one index over all axes of <paramref name="work"/>, the axes that stay first and the reduced ones last:
    /// every axis is a digit.
    /// </summary>
    public static EquatableArray<OperandAccess> ReducedLast(TensorType work, IReadOnlyList<TensorType> operands, EquatableArray<int> reducedAxes)
    {
        int[] order = [.. Enumerable.Range(0, work.Rank).Where(axis => !reducedAxes.Contains(axis)), .. reducedAxes];
        return operands.Select(operand =>
        {
            int[] strides = Strides(operand, work);
            var digits = new List<Digit>();
            int divisor = 1;
            for (int i = order.Length - 1; i >= 0; i--)
            {
                int axis = order[i];
                if (strides[axis] != 0) digits.Add(new Digit(divisor, work.Shape[axis], strides[axis]));
                divisor *= work.Shape[axis];
            }

            return new OperandAccess(operand.Batched, digits.ToEquatableArray(), 0);
        }).ToEquatableArray();
    }

    /// <summary>Elements of the operand from one index of each axis to the next; 0 where it is broadcast.</summary>
    private static int[] Strides(TensorType operand, TensorType work)
    {
        int[] strides = new int[work.Rank];
        int stride = 1;
        for (int i = operand.Rank - 1; i >= 0; i--)
        {
            strides[work.Rank - operand.Rank + i] = operand.Shape[i] == 1 ? 0 : stride;
            stride *= operand.Shape[i];
        }

        return strides;
    }

    /// <summary>Whether the operand is dense, or constant, from <paramref name="first"/> to the last axis.</summary>
    private static bool IsUniform(int[] strides, EquatableArray<int> shape, int first)
    {
        bool dense = true, constant = true;
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= first; axis--)
        {
            if (shape[axis] == 1) continue;
            dense &= strides[axis] == stride;
            constant &= strides[axis] == 0;
            stride *= shape[axis];
        }

        return dense || constant;
    }

    private static int InnerStride(int[] strides, EquatableArray<int> shape, int first)
    {
        for (int axis = shape.Length - 1; axis >= first; axis--)
        {
            if (shape[axis] != 1) return strides[axis] == 0 ? 0 : 1;
        }

        return 0;
    }

    private static EquatableArray<Digit> Digits(int[] strides, EquatableArray<int> shape, int end)
    {
        var digits = new List<Digit>();
        int divisor = 1;
        for (int axis = end - 1; axis >= 0; axis--)
        {
            if (shape[axis] == 1) continue;

            // Neighbouring axes that are dense to each other are one digit.
            if (digits.Count > 0 && digits[digits.Count - 1] is var last && last.Divisor * last.Extent == divisor && strides[axis] == last.Stride * last.Extent)
                digits[digits.Count - 1] = last with { Extent = last.Extent * shape[axis] };
            else if (strides[axis] != 0)
                digits.Add(new Digit(divisor, shape[axis], strides[axis]));
            divisor *= shape[axis];
        }

        return digits.ToEquatableArray();
    }
}
