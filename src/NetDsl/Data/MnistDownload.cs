namespace NetDsl;

/// <summary>Fetches the files of a set that is not on this machine.</summary>
internal static class MnistDownload
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Fetches all files, compares their checksums, and only then gives them their names: a folder is never half full.</summary>
    /// <param name="files">The set.</param>
    /// <param name="source">The address of the folder, with a slash at its end.</param>
    /// <param name="folder">Where to keep them; it is made.</param>
    /// <exception cref="IOException">A file could not be fetched or kept.</exception>
    /// <exception cref="InvalidDataException">A file is not the one that was published.</exception>
    public static void Run(MnistFiles files, Uri source, string folder)
    {
        Directory.CreateDirectory(folder);
        List<(string Fetched, string Path)> fetched = [];
        try
        {
            using HttpClient client = new() { Timeout = s_patience };
            foreach (string name in files.Names)
            {
                Uri address = new(source, name + ".gz");
                string path = Path.Combine(folder, name + ".gz"), part = $"{path}.{Guid.NewGuid():N}.part";
                fetched.Add((part, path));
                Fetch(client, address, part);
                files.Check(address.ToString(), name, IdxFile.Unpack(address.ToString(), File.ReadAllBytes(part)));
            }

            // The training images, by which the folder is recognised, come first in the list and get their name last.
            foreach ((string part, string path) in Enumerable.Reverse(fetched)) File.Move(part, path, overwrite: true);
        }
        finally
        {
            foreach ((string part, _) in fetched) File.Delete(part);
        }
    }

    private static void Fetch(HttpClient client, Uri address, string path)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            using HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            using Stream content = response.Content.ReadAsStream();
            using FileStream file = File.Create(path);
            content.CopyTo(file);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            throw new IOException($"'{address}' could not be fetched: {error.Message}", error);
        }
    }
}
