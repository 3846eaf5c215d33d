using System.IO.Compression;
using System.Text;

/// <summary>The text that comes with the samples.</summary>
internal static class Book
{
    /// <summary>Moby Dick, looked for in <c>samples/data</c> of the current folder, of the application's, and of each above them.</summary>
    public static string Read()
    {
        string[] starts = [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];
        foreach (string start in starts)
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "samples", "data", "moby-dick", "moby-dick.txt.gz");
                if (!File.Exists(path)) continue;
                using GZipStream gzip = new(File.OpenRead(path), CompressionMode.Decompress);
                using StreamReader reader = new(gzip, Encoding.UTF8);
                return reader.ReadToEnd();
            }
        }

        throw new FileNotFoundException($"There is no samples/data/moby-dick/moby-dick.txt.gz above {string.Join(" or ", starts)}.");
    }
}
