using System.Runtime.InteropServices;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>What every contestant of a network works on: samples in their order, each with its answer.</summary>
internal sealed class Samples
{
    /// <summary>Enough for the largest batch several times over, little enough to hand to another process.</summary>
    public const int Count = 16384;

    private static readonly Lazy<Samples> s_digits = new(static () => new("digits", Mnist.Load().Train.Take(Count)));
    private static readonly Lazy<Samples> s_words = new(static () => Tokens("words", Batches.Words(length: 100, size: 1, Count)));
    private static readonly Lazy<Samples> s_characters = new(static () => Tokens("characters", Batches.Characters(size: 1, Count)));

    private Samples(string name, DataSet data) => (Name, Data) = (name, data);

    /// <summary>The first images of MNIST's training set, in bytes.</summary>
    public static Samples Digits => s_digits.Value;

    /// <summary>Texts of 100 tokens of 1,000, each with 0 or 1.</summary>
    public static Samples Words => s_words.Value;

    /// <summary>Windows of 64 tokens of 80, each token with the one after it.</summary>
    public static Samples Characters => s_characters.Value;

    /// <summary>Names its files for another process.</summary>
    public string Name { get; }

    /// <summary>A column of inputs and one of answers.</summary>
    public DataSet Data { get; }

    /// <summary>Bytes of a sample, as the data set holds it.</summary>
    public int InputBytes => BytesOf(0).Length / Count;

    /// <summary>Bytes of its answer.</summary>
    public int TargetBytes => BytesOf(1).Length / Count;

    /// <summary>Inputs of neighbouring samples.</summary>
    public ReadOnlySpan<T> InputsOf<T>(int first, int count)
        where T : unmanaged
    {
        Column column = Data.Columns[0];
        return column.Values<T>().Slice(first * column.Elements, count * column.Elements);
    }

    /// <summary>Writes inputs and answers as they lie in memory.</summary>
    public void Write(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, Name + ".inputs"), BytesOf(0));
        File.WriteAllBytes(Path.Combine(folder, Name + ".targets"), BytesOf(1));
    }

    private static Samples Tokens(string name, Batches batches) => new(name, DataSet.Create(
        new Column("tokens", batches.Tokens, batches.InputElements),
        batches.Labels.Length > 0
            ? new Column("next", batches.Labels, batches.LabelElements)
            : new Column("answer", batches.Targets, 1)));

    private ReadOnlySpan<byte> BytesOf(int index)
    {
        Column column = Data.Columns[index];
        if (column.ElementType == typeof(byte)) return column.Values<byte>();
        return column.ElementType == typeof(int) ? MemoryMarshal.AsBytes(column.Values<int>()) : MemoryMarshal.AsBytes(column.Values<float>());
    }
}
