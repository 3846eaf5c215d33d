using ILGPU;

namespace NetDsl.Gpu;

/// <summary>A piece of a device's memory: all of an array, or the tensors of a network within another.</summary>
/// <param name="array">The memory.</param>
/// <param name="offset">The piece's first float.</param>
/// <param name="length">Its floats; a guard lies behind them.</param>
internal sealed class DevicePiece(DeviceArray<float> array, long offset, long length)
{
    /// <summary>All of an array.</summary>
    public DevicePiece(DeviceArray<float> array)
        : this(array, 0, array.Length - GpuEngine.Guard)
    {
    }

    /// <summary>The memory.</summary>
    public DeviceArray<float> Array => array;

    /// <summary>The piece's first float.</summary>
    public long Offset => offset;

    /// <summary>The piece, with the guard behind it.</summary>
    public ArrayView<float> View => array.Part(offset, length + GpuEngine.Guard);

    /// <summary>A part of it, or of the guard.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within.</exception>
    public ArrayView<float> At(long start, long count) => start >= 0 && count >= 0 && start <= length + GpuEngine.Guard - count
        ? array.Part(offset + start, count)
        : throw new ArgumentOutOfRangeException(nameof(start), start, $"The {count} elements from {start} on are not all within a piece of {length}.");

    /// <summary>A piece of this one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within.</exception>
    public DevicePiece Part(long start, long count)
    {
        if (start < 0 || count < 0 || start > length - count) throw new ArgumentOutOfRangeException(nameof(start), start, $"The {count} elements from {start} on are not all within a piece of {length}.");
        return new DevicePiece(array, offset + start, count);
    }
}
