namespace NetDsl;

/// <summary>A file of weights cannot be read into a network: it is damaged, of another format, or of another network.</summary>
public sealed class WeightFileException : IOException
{
    internal WeightFileException(string path, string what, Exception? inner = null)
        : base($"'{path}' {what}", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
