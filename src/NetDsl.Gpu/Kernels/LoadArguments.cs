using ILGPU;

namespace NetDsl.Gpu;

/// <summary>Where a column of samples lies among the bytes of a run's data; an argument of kernels.</summary>
public struct GpuColumn
{
    /// <summary><see cref="Kind"/> of bytes.</summary>
    public const int Bytes = 0;

    /// <summary><see cref="Kind"/> of 32-bit floats.</summary>
    public const int Floats = 1;

    /// <summary><see cref="Kind"/> of 32-bit integers.</summary>
    public const int Ints = 2;

    /// <summary>The first byte of the first row; a multiple of 16.</summary>
    public long Offset;

    /// <summary><see cref="Bytes"/>, <see cref="Floats"/> or <see cref="Ints"/>.</summary>
    public int Kind;

    /// <summary>Makes the size 16 bytes on every device.</summary>
    public int Padding;
}

/// <summary>
/// Arguments of the kernel that begins a program: it gathers the samples of the run, converts them and puts them where the
/// program reads them. Sample <c>s</c> of the run is row <c>Rows[s]</c> of each column.
/// </summary>
public struct LoadArguments
{
    /// <summary>All columns.</summary>
    public ArrayView<byte> Data;

    /// <summary>The program's inputs, targets and gradients by the outputs, in this order.</summary>
    public ArrayView<GpuColumn> Columns;

    /// <summary>The row of each sample.</summary>
    public ArrayView<int> Rows;

    /// <summary>The whole activation arena of the run.</summary>
    public ArrayView<float> Activations;

    /// <summary>The whole parameter arena.</summary>
    public ArrayView<float> Parameters;

    /// <summary>Samples of the run.</summary>
    public int Batch;

    /// <summary>Samples that the activation arena is planned for.</summary>
    public int Capacity;
}
