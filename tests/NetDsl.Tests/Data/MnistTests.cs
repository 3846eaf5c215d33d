using System.IO.Compression;
using NetDsl.Tests.Files;
using Xunit;

namespace NetDsl.Tests.Data;

public class MnistTests
{
    private static readonly string s_bundled = FindBundled();

    [Fact]
    public void The_bundled_files_are_MNIST()
    {
        (DataSet train, DataSet test) = Mnist.Load(s_bundled);
        Assert.Equal("60000 samples (image: Byte 28x28x1, label: Byte scalar)", train.ToString());
        Assert.Equal(10_000, test.Count);
        // The first labels are well known.
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], train["label"].Values<byte>()[..10].ToArray());
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], test["label"].Values<byte>()[..10].ToArray());
        Assert.Equal(33.318, train["image"].Values<byte>().ToArray().Average(pixel => pixel), 1e-3);
    }

    [Fact]
    public void They_are_found_from_the_current_directory_upwards() => Assert.Equal(60_000, Mnist.Load().Train.Count);

    [Fact]
    public void Unpacked_files_are_read_too_and_repacked_ones()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.GetFiles(s_bundled, "*.gz"))
        {
            byte[] content = Unpack(file);
            string name = Path.GetFileNameWithoutExtension(file);
            if (name.StartsWith("t10k", StringComparison.Ordinal)) folder.Write(name + ".gz", IdxFileTests.Pack(content));
            else folder.Write(name, content);
        }

        (DataSet train, DataSet test) = Mnist.Load(folder.Path);
        Assert.Equal((60_000, 10_000), (train.Count, test.Count));
    }

    [Fact]
    public void A_missing_folder_says_where_it_looked()
    {
        using TemporaryFolder folder = new();
        string message = Assert.Throws<FileNotFoundException>(() => Mnist.Load(folder.Path)).Message;
        Assert.Contains($"'{folder.Path}'", message, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte.gz", message, StringComparison.Ordinal);
        Assert.Contains("NETDSL_DATA", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_and_a_damaged_file_are_named()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.GetFiles(s_bundled, "*.gz")) System.IO.File.Copy(file, folder.File(Path.GetFileName(file)));
        string labels = folder.File("t10k-labels-idx1-ubyte.gz");
        System.IO.File.Delete(labels);
        Assert.Contains($"'{labels}' is missing", Assert.Throws<FileNotFoundException>(() => Mnist.Load(folder.Path)).Message, StringComparison.Ordinal);

        byte[] content = Unpack(Path.Combine(s_bundled, "t10k-labels-idx1-ubyte.gz"));
        folder.Write("t10k-labels-idx1-ubyte.gz", IdxFileTests.Pack(content[..^1]));
        Assert.Contains($"The file '{labels}' is damaged: its dimensions 10000 need 10000 bytes, and 9999 follow", Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path)).Message, StringComparison.Ordinal);

        content[500] ^= 1;
        folder.Write("t10k-labels-idx1-ubyte.gz", IdxFileTests.Pack(content));
        Assert.Contains($"The file '{labels}' is damaged: the SHA-256 of its content is ", Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static byte[] Unpack(string file)
    {
        using GZipStream gzip = new(System.IO.File.OpenRead(file), CompressionMode.Decompress);
        using MemoryStream content = new();
        gzip.CopyTo(content);
        return content.ToArray();
    }

    private static string FindBundled()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string folder = Path.Combine(directory.FullName, "samples", "data", "mnist");
            if (Directory.Exists(folder)) return folder;
        }

        throw new DirectoryNotFoundException("samples/data/mnist is not above the tests.");
    }
}
