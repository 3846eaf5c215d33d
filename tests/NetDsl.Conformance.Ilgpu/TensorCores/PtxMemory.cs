using System.Buffers.Binary;

namespace NetDsl.Conformance.Ilgpu.TensorCores;

/// <summary>The memory of a simulated launch. Every access outside an array throws.</summary>
internal sealed class PtxMemory
{
    private const int AddressBits = 32;

    private readonly List<float[]> _arrays = [];

    /// <summary>The kernel's parameters.</summary>
    public List<byte> Parameters { get; } = [];

    /// <summary>Appends a view to the parameters: its address and its length.</summary>
    public void AddView(float[] array)
    {
        _arrays.Add(array);
        Append(BitConverter.GetBytes((long)_arrays.Count << AddressBits));
        Append(BitConverter.GetBytes((long)array.Length));
    }

    /// <summary>Appends a number to the parameters.</summary>
    public void AddNumber(int number) => Append(BitConverter.GetBytes(number));

    public ulong Parameter(int offset, int bytes)
    {
        ReadOnlySpan<byte> all = Parameters.ToArray();
        return bytes == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(all[offset..]) : BinaryPrimitives.ReadUInt32LittleEndian(all[offset..]);
    }

    /// <summary>The 32 bits at an address of global memory.</summary>
    public ref float Global(ulong address) => ref _arrays[(int)(address >> AddressBits) - 1][Word(address & uint.MaxValue)];

    /// <summary>Index of the 4 bytes at an address.</summary>
    public static int Word(ulong address) =>
        address % 4 == 0 ? checked((int)(address / 4)) : throw new InvalidOperationException($"The address {address} is no multiple of 4.");

    private void Append(byte[] bytes)
    {
        while (Parameters.Count % bytes.Length != 0) Parameters.Add(0);
        Parameters.AddRange(bytes);
    }
}
