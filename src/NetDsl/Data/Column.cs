using System.Globalization;
using NetDsl.Networks;

namespace NetDsl;

/// <summary>
/// A named column of a data set: a tensor of the same shape for every sample, one sample after the other, in bytes, floats or
/// 32-bit integers. Bytes stay bytes until a network reads them. The array is used where it lies, not copied.
/// </summary>
public sealed class Column
{
    private readonly Array _data;

    // Elements of the array before those of the first sample.
    private readonly int _start;

    /// <summary>A column of bytes: pixels, or labels below 256.</summary>
    /// <param name="name">The name, by which networks find it.</param>
    /// <param name="data">One sample after the other, each in row-major order.</param>
    /// <param name="shape">Shape per sample; absent for one number.</param>
    /// <exception cref="ArgumentException">The name is empty, the array is empty, or it is not a whole number of samples.</exception>
    public Column(string name, byte[] data, params int[] shape)
        : this(name, (Array)data, shape)
    {
    }

    /// <summary>A column of 32-bit floats.</summary>
    /// <inheritdoc cref="Column(string, byte[], int[])"/>
    public Column(string name, float[] data, params int[] shape)
        : this(name, (Array)data, shape)
    {
    }

    /// <summary>A column of 32-bit integers: labels.</summary>
    /// <inheritdoc cref="Column(string, byte[], int[])"/>
    public Column(string name, int[] data, params int[] shape)
        : this(name, (Array)data, shape)
    {
    }

    /// <summary>A column of the bytes behind a header.</summary>
    internal Column(string name, byte[] data, int header, int[] shape)
        : this(name, (Array)data, shape, header)
    {
    }

    private Column(string name, Array data, int[] shape, int start = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(extent => extent < 1))
            throw new ArgumentException($"The shape of the column '{name}' is {Extents.Show(shape)}; every extent must be at least 1.", nameof(shape));
        Name = name;
        Shape = [.. shape];
        Elements = Extents.Product(shape);
        int length = data.Length - start;
        if (length == 0) throw new ArgumentException($"The column '{name}' is empty: it has no samples.", nameof(data));
        (Count, int rest) = Math.DivRem(length, Elements);
        if (rest != 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The column '{name}' has {length} numbers, which is not a whole number of samples of {Elements} ({Extents.Show(shape)})."), nameof(data));
        (_data, _start) = (data, start);
    }

    private Column(Column whole, int first, int count)
    {
        (Name, Shape, Elements, _data) = (whole.Name, whole.Shape, whole.Elements, whole._data);
        (_start, Count) = (whole._start + (first * Elements), count);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Shape per sample; empty for one number.</summary>
    public int[] Shape { get; }

    /// <summary>Numbers per sample.</summary>
    public int Elements { get; }

    /// <summary>Samples.</summary>
    public int Count { get; }

    /// <summary>The numbers' type: <see cref="byte"/>, <see cref="float"/> or <see cref="int"/>.</summary>
    public Type ElementType => _data.GetType().GetElementType()!;

    /// <summary>The numbers of all samples.</summary>
    /// <typeparam name="T"><see cref="ElementType"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged =>
        _data is T[] data && typeof(T) == ElementType
            ? data.AsSpan(_start, Count * Elements)
            : throw new InvalidOperationException($"The column '{Name}' is of {ElementType.Name}, not of {typeof(T).Name}.");

    /// <summary>The numbers of one sample.</summary>
    /// <param name="index">The sample, 0 to <see cref="Count"/> - 1.</param>
    /// <typeparam name="T"><see cref="ElementType"/>.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public ReadOnlySpan<T> Sample<T>(int index)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Values<T>().Slice(index * Elements, Elements);
    }

    /// <summary>Name, type and shape: <c>image: Byte 28x28x1</c>.</summary>
    public override string ToString() => $"{Name}: {ElementType.Name} {Extents.Show(Shape)}";

    internal bool Is<T>() => _data is T[] && typeof(T) == ElementType;

    /// <summary>Neighbouring samples, where they lie.</summary>
    internal Column Slice(int first, int count) => new(this, first, count);

    /// <summary>A copy of the samples at these rows, in this order.</summary>
    internal Column Gather(ReadOnlySpan<int> rows) => _data switch
    {
        byte[] => new Column(Name, Gather<byte>(rows), Shape),
        float[] => new Column(Name, Gather<float>(rows), Shape),
        _ => new Column(Name, Gather<int>(rows), Shape),
    };

    private T[] Gather<T>(ReadOnlySpan<int> rows)
        where T : unmanaged
    {
        T[] gathered = new T[rows.Length * Elements];
        for (int i = 0; i < rows.Length; i++) Sample<T>(rows[i]).CopyTo(gathered.AsSpan(i * Elements));
        return gathered;
    }
}
