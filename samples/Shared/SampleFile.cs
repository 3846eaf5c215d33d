namespace NetDsl.Samples;

/// <summary>The files that come with the samples.</summary>
public static class SampleFile
{
    /// <summary>A file, looked for in <c>samples/data</c> of the current folder, of the application's, and of each above them.</summary>
    /// <param name="folder">The folder in <c>samples/data</c>.</param>
    /// <param name="name">The file's name.</param>
    /// <exception cref="FileNotFoundException">There is no such file; the message says where it was looked for.</exception>
    public static string Find(string folder, string name)
    {
        string[] starts = [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];
        foreach (string start in starts)
        {
            for (DirectoryInfo? above = new(start); above is not null; above = above.Parent)
            {
                string path = Path.Combine(above.FullName, "samples", "data", folder, name);
                if (File.Exists(path)) return path;
            }
        }

        throw new FileNotFoundException($"There is no samples/data/{folder}/{name} in or above {string.Join(" or ", starts)}.");
    }
}
