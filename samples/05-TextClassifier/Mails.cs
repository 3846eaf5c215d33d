using System.IO.Compression;
using System.Text;
using NetDsl.Samples;

/// <summary>The mails that come with the samples.</summary>
internal static class Mails
{
    /// <summary>Texts and labels (1 for spam), in an order that the seed gives.</summary>
    public static (string[] Texts, byte[] Labels) Read(int seed)
    {
        using GZipStream gzip = new(File.OpenRead(SampleFile.Find("mails", "mails.tsv.gz")), CompressionMode.Decompress);
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
}
