using NetDsl.Networks;

namespace NetDsl.Engines;

/// <summary>How the numbers of a column are stored.</summary>
public enum StoredType
{
    /// <summary>Bytes, read as the floats 0 to 255.</summary>
    Bytes,

    /// <summary>32-bit floats.</summary>
    Floats,

    /// <summary>32-bit integers: labels, checked to be in range.</summary>
    Ints,
}

/// <summary>A column of a data set as a network reads it: found, checked, all samples one after the other.</summary>
public abstract class StoredColumn
{
    private protected StoredColumn(ColumnInfo info) => Info = info;

    /// <summary>The network's input or target.</summary>
    public ColumnInfo Info { get; }

    /// <summary>How the numbers are stored.</summary>
    public abstract StoredType Type { get; }

    /// <summary>The memory of all samples.</summary>
    public abstract ReadOnlySpan<byte> Memory { get; }
}

/// <summary>A data set in a device's own memory, for runs of the engine that put it there.</summary>
public abstract class ResidentData : IDisposable
{
    /// <summary>Releases the memory. No run may be reading it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    /// <param name="disposing">Always <see langword="true"/>: what is not managed has a finalizer of its own.</param>
    protected abstract void Dispose(bool disposing);
}
