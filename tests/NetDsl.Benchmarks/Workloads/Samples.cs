namespace NetDsl.Benchmarks.Workloads;

/// <summary>The images and labels that every contestant works on: the first of MNIST's training set, in their order.</summary>
internal sealed class Samples
{
    /// <summary>Enough for the largest batch many times over, little enough to hand to another process.</summary>
    public const int Count = 16384;

    private Samples(DataSet data, byte[] images, byte[] labels) => (Data, Images, Labels) = (data, images, labels);

    public DataSet Data { get; }

    public byte[] Images { get; }

    public byte[] Labels { get; }

    public static Samples Load()
    {
        DataSet data = Mnist.Load().Train.Take(Count);
        return new Samples(data, Bytes(data, 0), Bytes(data, 1));
    }

    public ReadOnlySpan<byte> ImagesOf(int first, int count) => Images.AsSpan(first * (Images.Length / Count), count * (Images.Length / Count));

    private static byte[] Bytes(DataSet data, int column) => data.Columns[column].Values<byte>().ToArray();
}
