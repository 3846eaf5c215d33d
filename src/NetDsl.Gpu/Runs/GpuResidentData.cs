using ILGPU;
using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>A data set in a device's memory: every column in its own type, and the table that says where each lies.</summary>
internal sealed class GpuResidentData(DeviceArray<byte> memory, long tableBytes, int count) : ResidentData
{
    private const int Alignment = 16;

    /// <summary>Rows.</summary>
    public int Count => count;

    /// <summary>All columns.</summary>
    public ArrayView<byte> Data => memory.View;

    /// <summary>Inputs, then targets.</summary>
    public ArrayView<GpuColumn> Columns => memory.Part(0, tableBytes).Cast<GpuColumn>();

    /// <summary>Puts the columns of a network's data set on the device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="transfers">The stream of the copies; they have ended on return.</param>
    /// <param name="columns">Inputs, then targets.</param>
    /// <param name="share">The most that it may take of what is free.</param>
    /// <returns>The data, or <see langword="null"/> where they take more.</returns>
    public static unsafe GpuResidentData? TryCreate(GpuDevice device, GpuTransfers transfers, IReadOnlyList<StoredColumn> columns, double share)
    {
        GpuColumn[] table = new GpuColumn[columns.Count];
        long tableBytes = (long)table.Length * sizeof(GpuColumn);
        long end = Align(tableBytes);
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = new GpuColumn { Kind = Kind(columns[i].Type), Offset = end };
            end = Align(end + columns[i].Memory.Length);
        }

        if (end > share * device.FreeBytes) return null;
        DeviceArray<byte> memory;
        try
        {
            memory = device.Allocate<byte>(end, transfers.Stream, "a data set");
        }
        catch (GpuMemoryException)
        {
            // Free memory is an estimate on some devices; without room the samples travel step by step.
            return null;
        }

        try
        {
            fixed (GpuColumn* source = table) transfers.Upload(source, memory.Buffer, 0, tableBytes);
            // What is copied from must stay in its place until it was read.
            transfers.Synchronize("copying a data set");
            for (int i = 0; i < table.Length; i++)
            {
                fixed (byte* source = columns[i].Memory)
                {
                    transfers.Upload(source, memory.Buffer, table[i].Offset, columns[i].Memory.Length);
                    transfers.Synchronize("copying a data set");
                }
            }
        }
        catch
        {
            memory.Dispose();
            throw;
        }

        return new GpuResidentData(memory, tableBytes, columns[0].Memory.Length / (columns[0].Info.Elements * Size(columns[0].Type)));
    }

    protected override void Dispose(bool disposing) => memory.Dispose();

    private static long Align(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static int Size(StoredType type) => type == StoredType.Bytes ? sizeof(byte) : sizeof(float);

    private static int Kind(StoredType type) => type switch
    {
        StoredType.Bytes => GpuColumn.Bytes,
        StoredType.Floats => GpuColumn.Floats,
        StoredType.Ints => GpuColumn.Ints,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of stored numbers."),
    };
}
