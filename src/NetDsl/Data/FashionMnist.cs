namespace NetDsl;

/// <summary>
/// Fashion-MNIST (Xiao, Rasul and Vollgraf 2017): 60,000 pictures of clothes to train on and 10,000 to test, each 28 x 28 bytes, in the format of MNIST and harder than it.
/// </summary>
public static class FashionMnist
{
    private const string Folder = "fashion-mnist";

    // Debian's package dataset-fashion-mnist.
    private const string Installed = "/usr/share/datasets/fashion-mnist";

    private static readonly Uri s_source = new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");

    private static readonly MnistFiles s_files = new(
        "Fashion-MNIST",
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    /// <summary>Names of the ten labels.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>Loads both sets, each with the columns <c>image</c> (bytes, 28x28x1) and <c>label</c> (bytes, 0 to 9).</summary>
    /// <param name="folder">
    /// The folder of the four IDX files, gzipped (<c>.gz</c>) or not. For <see langword="null"/> these are tried in order:
    /// <c>fashion-mnist</c> in the folder that NETDSL_DATA names, <c>data/fashion-mnist</c> beside the application,
    /// <c>samples/data/fashion-mnist</c> in the current directory, in that of the application, and in each above them, and
    /// where the Debian package <c>dataset-fashion-mnist</c> puts them.
    /// </param>
    /// <param name="download">
    /// Where no folder has them: fetches the four files (30 MB), compares their checksums, and keeps them in <c>fashion-mnist</c> of the folder that NETDSL_DATA names, or else of
    /// <c>netdsl</c> in the user's folder of application data.
    /// </param>
    /// <exception cref="FileNotFoundException">The files are not there; the message says where they were looked for.</exception>
    /// <exception cref="IOException">They could not be fetched; the message says why.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it and says what is wrong.</exception>
    public static (DataSet Train, DataSet Test) Load(string? folder = null, bool download = true)
    {
        string kept = Kept();
        string[] places = folder is null ? [.. MnistFiles.Places(Folder, orItself: false), Installed, kept] : [folder];
        if (MnistFiles.Find(places) is { } found) return s_files.Load(found);
        if (folder is not null || !download)
            throw s_files.Missing(places, $"Give their folder to FashionMnist.Load, install the Debian package dataset-fashion-mnist, or name the folder above theirs in the environment variable {MnistFiles.FolderVariable}.");
        MnistDownload.Run(s_files, s_source, kept);
        return s_files.Load(kept);
    }

    private static string Kept() => Environment.GetEnvironmentVariable(MnistFiles.FolderVariable) is { Length: > 0 } named
        ? Path.Combine(named, Folder)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "netdsl", Folder);
}
