using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>One piece of memory and the time it is in use, in indices of nodes.</summary>
/// <param name="arena">Where it lies.</param>
/// <param name="size">Floats.</param>
/// <param name="first">The node that first writes it; -1 for what is there from the start.</param>
internal sealed class MemoryBuffer(Arena arena, int size, int first)
{
    private readonly List<Value> _members = [];

    public Arena Arena { get; } = arena;

    public int Size { get; } = size;

    public int First { get; } = first;

    /// <summary>The last node that reads it.</summary>
    public int Last { get; private set; } = first;

    public int Offset { get; set; } = -1;

    /// <summary>The values in it.</summary>
    public IReadOnlyList<Value> Members => _members;

    public void Add(Value value, int lastUse)
    {
        _members.Add(value);
        Last = Math.Max(Last, lastUse);
    }

    /// <summary>
    /// Greedy by size (Pisarchyk and Lee 2020): the largest buffer first, each at the lowest offset that is free of every
    /// buffer placed before it and alive at the same time. Returns the size of the arena.
    /// </summary>
    /// <param name="buffers">What is to be placed.</param>
    /// <param name="ofOneSize">
    /// Whether memory is shared among buffers of one size only: a thread's share of the samples then lies where its share of what was there before lay, and
    /// its writes need not wait for cache lines of another core.
    /// </param>
    public static int Pack(IEnumerable<MemoryBuffer> buffers, bool ofOneSize)
    {
        var placed = new List<MemoryBuffer>();
        int total = 0;
        foreach (MemoryBuffer buffer in buffers.OrderByDescending(b => b.Size).ThenBy(b => b.First))
        {
            int offset = 0;
            foreach (MemoryBuffer other in placed.Where(o => (ofOneSize && o.Size != buffer.Size) || (o.First <= buffer.Last && buffer.First <= o.Last)).OrderBy(o => o.Offset))
            {
                if (offset + buffer.Size <= other.Offset) break;
                offset = Math.Max(offset, checked(other.Offset + other.Size));
            }

            buffer.Offset = offset;
            total = Math.Max(total, checked(offset + buffer.Size));
            placed.Add(buffer);
        }

        return total;
    }
}
