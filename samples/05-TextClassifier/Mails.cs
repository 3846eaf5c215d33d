using System.IO.Compression;
using System.Text;

/// <summary>The mails that come with the samples.</summary>
internal static class Mails
{
    /// <summary>Texts and labels (1 for spam), in an order that the seed gives.</summary>
    public static (string[] Texts, byte[] Labels) Read(int seed)
    {
        using GZipStream gzip = new(File.OpenRead(Find()), CompressionMode.Decompress);
        using StreamReader reader = new(gzip, Encoding.UTF8);
        List<(string Text, byte Label)> mails = [];
        while (reader.ReadLine() is { } line)
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0) throw new InvalidDataException($"Mail {mails.Count + 1} has no tab between its label and its text.");
            mails.Add((line[(tab + 1)..], line[..tab] == "spam" ? (byte)1 : (byte)0));
        }

        (string Text, byte Label)[] shuffled = [.. mails];
        new Random(seed).Shuffle(shuffled);
        return ([.. shuffled.Select(mail => mail.Text)], [.. shuffled.Select(mail => mail.Label)]);
    }

    /// <summary>The file, looked for in <c>samples/data</c> of the current folder, of the application's, and of each above them.</summary>
    private static string Find()
    {
        string[] starts = [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];
        foreach (string start in starts)
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "samples", "data", "mails", "mails.tsv.gz");
                if (File.Exists(path)) return path;
            }
        }

        throw new FileNotFoundException($"There is no samples/data/mails/mails.tsv.gz above {string.Join(" or ", starts)}.");
    }
}
