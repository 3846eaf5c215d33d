
namespace NetDsl.Benchmarks.Peers;

/// <summary>Weights of a network in the layouts of PyTorch and ONNX: outputs before inputs, channels before places.</summary>
internal sealed class PeerWeights(INetwork network)
{
    /// <summary>A tensor as NetDsl has it.</summary>
    public float[] Of(string path) => network.Runtime.Parameter(Index(path)).ToArray();

    /// <summary>Its extents.</summary>
    public int[] ShapeOf(string path) => network.Runtime.Info.Parameters[Index(path)].Shape;

    /// <summary>(inputs, outputs) to (outputs, inputs).</summary>
    public float[] Transposed(string path)
    {
        int[] shape = ShapeOf(path);
        return Move(Of(path), [shape[0], shape[1]], [1, 0]);
    }

    /// <summary>(height, width, channels in, channels out) to (out, in, height, width).</summary>
    public float[] Filters(string path) => Move(Of(path), ShapeOf(path), [3, 2, 0, 1]);

    /// <summary>
    /// (inputs, outputs) to (outputs, inputs), where the inputs are a flattened image: (height, width, channels) to
    /// (channels, height, width).
    /// </summary>
    public float[] TransposedFromImage(string path, int height, int width, int channels) =>
        Move(Of(path), [height, width, channels, ShapeOf(path)[1]], [3, 2, 0, 1]);

    private int Index(string path) =>
        Array.FindIndex(network.Runtime.Info.Parameters, parameter => parameter.Path == path) is var index and >= 0
            ? index
            : throw new ArgumentException($"{network.Runtime.Info.Name} has no parameter '{path}'.", nameof(path));

    /// <summary>The values with their axes in another order.</summary>
    private static float[] Move(float[] values, int[] shape, int[] order)
    {
        int[] strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= shape[axis--]) strides[axis] = stride;
        float[] moved = new float[values.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            int rest = i, source = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                int extent = shape[order[axis]];
                source += rest % extent * strides[order[axis]];
                rest /= extent;
            }

            moved[i] = values[source];
        }

        return moved;
    }
}
