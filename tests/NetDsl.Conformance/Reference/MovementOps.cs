using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Ops that move elements and compute nothing. Axes are those of the sample.</summary>
internal static class MovementOps
{
    /// <summary>The same elements in row-major order under another shape.</summary>
    public static Tensor Reshape(Tensor x, int[] shape) => new(x.Batched, x.Samples, shape, x.Data);

    public static Tensor Concat(int axis, Tensor[] parts)
    {
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        Tensor result = parts[0].Like(shape);
        int start = 0;
        foreach (Tensor part in parts)
        {
            Copy(part, 0, result, start, axis, part.Shape[axis]);
            start += part.Shape[axis];
        }

        return result;
    }

    public static Tensor Slice(Op.Slice op, Tensor x)
    {
        int[] shape = [.. x.Shape];
        shape[op.Axis] = op.Length;
        Tensor result = x.Like(shape);
        Copy(x, op.Start, result, 0, op.Axis, op.Length);
        return result;
    }

    public static Tensor Pad(Op.Pad op, Tensor x)
    {
        int[] shape = [.. x.Shape];
        shape[op.Axis] += op.Before + op.After;
        Tensor result = x.Like(shape);
        Copy(x, 0, result, op.Before, op.Axis, x.Shape[op.Axis]);
        return result;
    }

    /// <summary>Copies <paramref name="length"/> places of an axis, from one tensor to another that agrees on the other axes.</summary>
    private static void Copy(Tensor from, int fromStart, Tensor to, int toStart, int axis, int length)
    {
        int[] region = [.. from.Shape];
        region[axis] = length;
        for (int sample = 0; sample < from.Samples; sample++)
        {
            foreach (int[] index in Tensor.Indices(region))
            {
                int source = sample, target = sample;
                for (int i = 0; i < index.Length; i++)
                {
                    source = (source * from.Shape[i]) + index[i] + (i == axis ? fromStart : 0);
                    target = (target * to.Shape[i]) + index[i] + (i == axis ? toStart : 0);
                }

                to.Data[target] = from.Data[source];
            }
        }
    }

    /// <summary>Axis i of the result is axis permutation[i] of x.</summary>
    public static Tensor Transpose(int[] permutation, Tensor x)
    {
        Tensor y = x.Like([.. permutation.Select(axis => x.Shape[axis])]);
        for (int sample = 0; sample < x.Samples; sample++)
        {
            int element = 0;
            int[] source = new int[x.Shape.Length];
            foreach (int[] index in Tensor.Indices(y.Shape))
            {
                for (int axis = 0; axis < permutation.Length; axis++) source[permutation[axis]] = index[axis];
                y.Data[(sample * y.Elements) + element++] = x.Broadcast(sample, source);
            }
        }

        return y;
    }
}
