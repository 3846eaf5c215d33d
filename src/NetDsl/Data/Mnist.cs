namespace NetDsl;

/// <summary>
/// MNIST (LeCun, Cortes and Burges): 60,000 handwritten digits to train on and 10,000 to test, each 28 x 28 bytes, 0 for
/// paper to 255 for ink.
/// </summary>
public static class Mnist
{
    /// <summary>The environment variable that names a folder of data sets, or that of MNIST itself.</summary>
    public const string FolderVariable = MnistFiles.FolderVariable;

    private static readonly MnistFiles s_files = new(
        "MNIST",
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    /// <summary>Loads both sets, each with the columns <c>image</c> (bytes, 28x28x1) and <c>label</c> (bytes, 0 to 9).</summary>
    /// <param name="folder">
    /// The folder of the four IDX files, gzipped (<c>.gz</c>) or not. For <see langword="null"/> these are tried in order:
    /// the folder that NETDSL_DATA names and <c>mnist</c> in it, <c>data/mnist</c> beside the application, and
    /// <c>samples/data/mnist</c> in the current directory, in that of the application, and in each above them.
    /// </param>
    /// <exception cref="FileNotFoundException">The files are not there; the message says where they were looked for.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it and says what is wrong.</exception>
    public static (DataSet Train, DataSet Test) Load(string? folder = null)
    {
        string[] places = folder is null ? [.. MnistFiles.Places("mnist", orItself: true)] : [folder];
        string found = MnistFiles.Find(places)
            ?? throw s_files.Missing(places, $"Give their folder to Mnist.Load, or name it in the environment variable {FolderVariable}.");
        return s_files.Load(found);
    }
}
