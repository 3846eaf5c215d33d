using System.Security.Cryptography;

namespace NetDsl;

/// <summary>The four files of MNIST, and of the sets that were made to take its place.</summary>
internal sealed class MnistFiles
{
    /// <summary>The environment variable that names a folder of data sets.</summary>
    public const string FolderVariable = "NETDSL_DATA";

    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    private readonly string _title;
    private readonly Dictionary<string, string> _checksums;

    /// <param name="title">What messages call the set: <c>MNIST</c>.</param>
    /// <param name="checksums">SHA-256 of training images and labels, test images and labels; unpacked, since who packs them again gets other bytes.</param>
    public MnistFiles(string title, params ReadOnlySpan<string> checksums)
    {
        _title = title;
        _checksums = new(StringComparer.Ordinal)
        {
            [TrainImages] = checksums[0],
            [TrainLabels] = checksums[1],
            [TestImages] = checksums[2],
            [TestLabels] = checksums[3],
        };
    }

    /// <summary>Names of the files, without <c>.gz</c>.</summary>
    public IEnumerable<string> Names => _checksums.Keys;

    /// <summary>The first of the folders that has the training images.</summary>
    public static string? Find(IEnumerable<string> places) => places.FirstOrDefault(place => Find(place, TrainImages) is not null);

    /// <summary>The folders of a set that are tried where none is given: what the variable names, beside the application, with the samples.</summary>
    /// <param name="name">The set's folder: <c>mnist</c>.</param>
    /// <param name="orItself">The variable may name this folder instead of the one above it.</param>
    public static IEnumerable<string> Places(string name, bool orItself)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
        {
            if (orItself) yield return named;
            yield return Path.Combine(named, name);
        }

        yield return Path.Combine(AppContext.BaseDirectory, "data", name);
        IEnumerable<string> above = Above(Directory.GetCurrentDirectory()).Concat(Above(AppContext.BaseDirectory));
        foreach (string folder in above.Distinct(StringComparer.Ordinal)) yield return Path.Combine(folder, "samples", "data", name);
    }

    /// <summary>Both sets from a folder.</summary>
    public (DataSet Train, DataSet Test) Load(string folder)
    {
        // Unpacking takes nearly all of the time, and the two sets do not wait for each other.
        Task<DataSet> test = Task.Run(() => Set(folder, TestImages, TestLabels));
        DataSet train = Set(folder, TrainImages, TrainLabels);
        return (train, test.GetAwaiter().GetResult());
    }

    /// <summary>Throws where a file is not the one that was published.</summary>
    public void Check(string path, string name, byte[] unpacked)
    {
        string checksum = Convert.ToHexStringLower(SHA256.HashData(unpacked));
        if (checksum != _checksums[name])
            throw new InvalidDataException($"The file '{path}' is damaged: the SHA-256 of its content is {checksum}, and that of {_title}'s is {_checksums[name]}.");
    }

    /// <summary>What to say where there is no such folder.</summary>
    public FileNotFoundException Missing(IEnumerable<string> places, string remedy) =>
        new($"The {_title} files ({TrainImages}.gz and three more) are in none of: {string.Join(", ", places.Select(place => $"'{Path.GetFullPath(place)}'"))}. {remedy}");

    /// <summary>A folder and each above it.</summary>
    private static IEnumerable<string> Above(string folder)
    {
        for (DirectoryInfo? directory = new(Path.TrimEndingDirectorySeparator(folder)); directory is not null; directory = directory.Parent)
            yield return directory.FullName;
    }

    private static string? Find(string folder, string file) =>
        new[] { Path.Combine(folder, file + ".gz"), Path.Combine(folder, file) }.FirstOrDefault(File.Exists);

    private DataSet Set(string folder, string images, string labels) =>
        new(Read(folder, images, "image", 28, 28, 1), Read(folder, labels, "label"));

    private Column Read(string folder, string file, string name, params int[] shape)
    {
        string path = Find(folder, file) ?? throw new FileNotFoundException($"The file '{Path.GetFullPath(Path.Combine(folder, file + ".gz"))}' is missing beside the other {_title} files.");
        // Parsed first: what is wrong says more than that something is.
        byte[] unpacked = IdxFile.Unpack(path, File.ReadAllBytes(path));
        Column column = IdxFile.Parse(path, unpacked, name, shape);
        Check(path, file, unpacked);
        return column;
    }
}
