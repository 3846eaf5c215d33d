using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using NetDsl.Tests.Files;
using Xunit;

namespace NetDsl.Tests.Data;

public sealed class MnistDownloadTests : IDisposable
{
    private static readonly byte[] s_images = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, .. Enumerable.Repeat((byte)7, 784)];
    private static readonly byte[] s_labels = [0, 0, 8, 1, 0, 0, 0, 1, 3];

    private readonly HttpListener _listener = new();
    private readonly Uri _source;
    private readonly Dictionary<string, byte[]> _served = new(StringComparer.Ordinal)
    {
        ["train-images-idx3-ubyte.gz"] = IdxFileTests.Pack(s_images),
        ["train-labels-idx1-ubyte.gz"] = IdxFileTests.Pack(s_labels),
        ["t10k-images-idx3-ubyte.gz"] = IdxFileTests.Pack(s_images),
        ["t10k-labels-idx1-ubyte.gz"] = IdxFileTests.Pack(s_labels),
    };

    public MnistDownloadTests()
    {
        _source = new Uri($"http://127.0.0.1:{FreePort()}/set/");
        _listener.Prefixes.Add(_source.ToString());
        _listener.Start();
        _ = Task.Run(Serve);
    }

    private static MnistFiles Files => new("TINY", Sum(s_images), Sum(s_labels), Sum(s_images), Sum(s_labels));

    public void Dispose() => _listener.Close();

    [Fact]
    public void The_files_are_fetched_and_can_be_loaded()
    {
        using TemporaryFolder folder = new();
        string kept = folder.File("kept");
        MnistDownload.Run(Files, _source, kept);
        (DataSet train, DataSet test) = Files.Load(kept);
        Assert.Equal((1, 1), (train.Count, test.Count));
        Assert.Equal(3, train["label"].Values<byte>()[0]);
        Assert.Equal(_served.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(kept).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_was_changed_leaves_nothing()
    {
        _served["t10k-labels-idx1-ubyte.gz"] = IdxFileTests.Pack([0, 0, 8, 1, 0, 0, 0, 1, 4]);
        using TemporaryFolder folder = new();
        string kept = folder.File("kept");
        string message = Assert.Throws<InvalidDataException>(() => MnistDownload.Run(Files, _source, kept)).Message;
        Assert.Contains($"'{_source}t10k-labels-idx1-ubyte.gz' is damaged: the SHA-256", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(kept));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        _served.Remove("train-labels-idx1-ubyte.gz");
        using TemporaryFolder folder = new();
        string kept = folder.File("kept");
        string message = Assert.Throws<IOException>(() => MnistDownload.Run(Files, _source, kept)).Message;
        Assert.StartsWith($"'{_source}train-labels-idx1-ubyte.gz' could not be fetched: ", message, StringComparison.Ordinal);
        Assert.Contains("404", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(kept));
    }

    [Fact]
    public void Fashion_MNIST_can_be_asked_not_to_download()
    {
        using TemporaryFolder folder = new();
        string message = Assert.Throws<FileNotFoundException>(() => FashionMnist.Load(folder.Path)).Message;
        Assert.Contains("dataset-fashion-mnist", message, StringComparison.Ordinal);
        Assert.Contains("NETDSL_DATA", message, StringComparison.Ordinal);
        Assert.Equal(10, FashionMnist.Labels.Count);
    }

    private static string Sum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = _listener.GetContext();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return; // The test is over.
            }

            if (_served.TryGetValue(Path.GetFileName(context.Request.Url!.AbsolutePath), out byte[]? content)) context.Response.OutputStream.Write(content);
            else context.Response.StatusCode = 404;
            context.Response.Close();
        }
    }
}
