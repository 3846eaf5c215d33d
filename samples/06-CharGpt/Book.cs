using System.IO.Compression;
using System.Text;
using NetDsl.Samples;

/// <summary>The text that comes with the samples.</summary>
internal static class Book
{
    /// <summary>Moby Dick.</summary>
    public static string Read()
    {
        using GZipStream gzip = new(File.OpenRead(SampleFile.Find("moby-dick", "moby-dick.txt.gz")), CompressionMode.Decompress);
        using StreamReader reader = new(gzip, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
