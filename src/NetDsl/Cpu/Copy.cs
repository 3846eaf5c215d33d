using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>Moves blocks of tensors: what concatenation, slicing and padding are made of.</summary>
public static unsafe class Copy
{
    /// <summary>
    /// For each sample and i in 0 to <paramref name="outer"/> - 1, copies <paramref name="length"/> elements from
    /// <c>from[fromStart + i * fromRow]</c> to <c>to[toStart + i * toRow]</c>. The two do not overlap.
    /// </summary>
    /// <param name="f">The run.</param>
    /// <param name="from">The tensor read.</param>
    /// <param name="fromStart">First element read of each sample.</param>
    /// <param name="to">The tensor written.</param>
    /// <param name="toStart">First element written of each sample.</param>
    /// <param name="outer">Blocks a sample.</param>
    /// <param name="fromRow">Elements from one block read to the next.</param>
    /// <param name="toRow">Elements from one block written to the next.</param>
    /// <param name="length">Elements of a block.</param>
    public static void Block(
        in CpuFrame f, BatchView from, int fromStart, BatchView to, int toStart, int outer, int fromRow, int toRow, int length)
    {
        long blocks = (long)f.Batch * outer;
        int parts = (int)Math.Min(blocks, Elementwise.Parts(blocks * length));
        f.Team.Run(new BlockKernel(from, fromStart, to, toStart, outer, fromRow, toRow, length, blocks, parts), parts);
    }

    /// <summary>
    /// For each i in 0 to <paramref name="outer"/> - 1, copies <paramref name="length"/> elements from
    /// <c>from[i * fromRow]</c> to <c>to[i * toRow]</c>: tensors without batch axis. The two do not overlap.
    /// </summary>
    public static void Elements(Floats from, Floats to, int outer, int fromRow, int toRow, int length)
    {
        for (int i = 0; i < outer; i++)
            (from + ((nint)i * fromRow)).AsSpan(length).CopyTo((to + ((nint)i * toRow)).AsSpan(length));
    }

    /// <summary>table[index] = row, for each sample.</summary>
    /// <param name="f">The run.</param>
    /// <param name="row">A row a sample.</param>
    /// <param name="table">Rows of <paramref name="columns"/> elements a sample.</param>
    /// <param name="index">The number of a row a sample.</param>
    /// <param name="columns">Elements of a row.</param>
    public static void Row(in CpuFrame f, BatchView row, BatchView table, BatchView index, int columns)
    {
        for (int sample = 0; sample < f.Batch; sample++)
            row[sample].AsSpan(columns).CopyTo((table[sample] + ((nint)index[sample].AsInts()[0] * columns)).AsSpan(columns));
    }

    /// <summary>Sets the first <paramref name="elements"/> elements of each sample to <paramref name="value"/>.</summary>
    /// <param name="f">The run.</param>
    /// <param name="to">The tensor written.</param>
    /// <param name="elements">Elements a sample.</param>
    /// <param name="value">What they become.</param>
    public static void Fill(in CpuFrame f, BatchView to, int elements, float value)
    {
        int parts = Math.Min(f.Batch, Elementwise.Parts((long)f.Batch * elements));
        f.Team.Run(new FillKernel(to, elements, value, f.Batch, parts), parts);
    }

    private readonly struct BlockKernel(
        BatchView from, int fromStart, BatchView to, int toStart, int outer, int fromRow, int toRow, int length, long blocks, int parts)
        : IKernel
    {
        public void Run(int part, int worker)
        {
            long end = blocks * (part + 1) / parts;
            for (long block = blocks * part / parts; block < end; block++)
            {
                (long sample, long i) = Math.DivRem(block, outer);
                float* source = from[(int)sample].Pointer + fromStart + ((nint)i * fromRow);
                float* target = to[(int)sample].Pointer + toStart + ((nint)i * toRow);
                if (length <= 8)
                    for (int k = 0; k < length; k++) target[k] = source[k];
                else
                    Unsafe.CopyBlockUnaligned(target, source, (uint)length * sizeof(float));
            }
        }
    }

    private readonly struct FillKernel(BatchView to, int elements, float value, int batch, int parts) : IKernel
    {
        public void Run(int part, int worker)
        {
            int end = (int)((long)batch * (part + 1) / parts);
            for (int sample = (int)((long)batch * part / parts); sample < end; sample++)
                to[sample].AsSpan(elements).Fill(value);
        }
    }
}
