using System.Security.Cryptography;

namespace NetDsl;

/// <summary>
/// MNIST (LeCun, Cortes and Burges): 60,000 handwritten digits to train on and 10,000 to test, each 28 x 28 bytes, 0 for
/// paper to 255 for ink.
/// </summary>
public static class Mnist
{
    /// <summary>The environment variable that names a folder of data sets, or that of MNIST itself.</summary>
    public const string FolderVariable = "NETDSL_DATA";

    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    /// <summary>SHA-256 of the files, unpacked: who packs them again gets other bytes.</summary>
    private static readonly Dictionary<string, string> s_checksums = new(StringComparer.Ordinal)
    {
        [TrainImages] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        [TrainLabels] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        [TestImages] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        [TestLabels] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    };

    /// <summary>Loads both sets, each with the columns <c>image</c> (bytes, 28x28x1) and <c>label</c> (bytes, 0 to 9).</summary>
    /// <param name="folder">
    /// The folder of the four IDX files, gzipped (<c>.gz</c>) or not. For <see langword="null"/> these are tried in order: the
    /// folder that NETDSL_DATA names and <c>mnist</c> in it, <c>data/mnist</c> beside the application, and
    /// <c>samples/data/mnist</c> in the current directory, in that of the application, and in each above them.
    /// </param>
    /// <exception cref="FileNotFoundException">The files are not there; the message says where they were looked for.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it and says what is wrong.</exception>
    public static (DataSet Train, DataSet Test) Load(string? folder = null)
    {
        string[] places = folder is null ? [.. Places()] : [folder];
        string found = places.FirstOrDefault(place => Find(place, TrainImages) is not null)
            ?? throw new FileNotFoundException($"The MNIST files ({TrainImages}.gz and three more) are in none of: {string.Join(", ", places.Select(place => $"'{Path.GetFullPath(place)}'"))}. Give their folder to Mnist.Load, or name it in the environment variable {FolderVariable}.");

        // Unpacking takes nearly all of the time, and the two sets do not wait for each other.
        Task<DataSet> test = Task.Run(() => Set(found, TestImages, TestLabels));
        DataSet train = Set(found, TrainImages, TrainLabels);
        return (train, test.GetAwaiter().GetResult());
    }

    private static IEnumerable<string> Places()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
        {
            yield return named;
            yield return Path.Combine(named, "mnist");
        }

        yield return Path.Combine(AppContext.BaseDirectory, "data", "mnist");
        IEnumerable<string> above = Above(Directory.GetCurrentDirectory()).Concat(Above(AppContext.BaseDirectory));
        foreach (string folder in above.Distinct(StringComparer.Ordinal)) yield return Path.Combine(folder, "samples", "data", "mnist");
    }

    /// <summary>A folder and each above it.</summary>
    private static IEnumerable<string> Above(string folder)
    {
        for (DirectoryInfo? directory = new(Path.TrimEndingDirectorySeparator(folder)); directory is not null; directory = directory.Parent)
            yield return directory.FullName;
    }

    private static string? Find(string folder, string file) =>
        new[] { Path.Combine(folder, file + ".gz"), Path.Combine(folder, file) }.FirstOrDefault(File.Exists);

    private static DataSet Set(string folder, string images, string labels) =>
        new(Read(folder, images, "image", 28, 28, 1), Read(folder, labels, "label"));

    private static Column Read(string folder, string file, string name, params int[] shape)
    {
        string path = Find(folder, file) ?? throw new FileNotFoundException($"The file '{Path.GetFullPath(Path.Combine(folder, file + ".gz"))}' is missing beside the other MNIST files.");
        // Parsed first: what is wrong says more than that something is.
        byte[] unpacked = IdxFile.Unpack(path, File.ReadAllBytes(path));
        Column column = IdxFile.Parse(path, unpacked, name, shape);
        string checksum = Convert.ToHexStringLower(SHA256.HashData(unpacked));
        if (checksum != s_checksums[file])
            throw new InvalidDataException($"The file '{path}' is damaged: the SHA-256 of its content is {checksum}, and that of MNIST's is {s_checksums[file]}.");
        return column;
    }
}
