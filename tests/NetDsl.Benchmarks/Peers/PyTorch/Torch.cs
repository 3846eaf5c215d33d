using System.Text.Json.Nodes;
using NetDsl.Benchmarks.Workloads;

namespace NetDsl.Benchmarks.Peers.PyTorch;

/// <summary>PyTorch on the same machine, with the same samples and initial weights.</summary>
internal sealed class Torch : IDisposable
{
    private static readonly string[] s_variants = ["eager", "single thread", "compile", "graph"];

    private readonly DirectoryInfo _folder;
    private readonly TorchProcess _process;
    private readonly bool _cuda;
    private readonly HashSet<string> _absent = new(StringComparer.Ordinal);
    private readonly HashSet<(string Variant, string Network)> _failed = [];

    private Torch(DirectoryInfo folder, TorchProcess process, bool cuda) => (_folder, _process, _cuda) = (folder, process, cuda);

    /// <summary>Version and device, in words.</summary>
    public string Description { get; private set; } = "";

    /// <summary>What was left out, and why.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Its ways of running a step that this machine has.</summary>
    public IReadOnlyList<string> Variants => [.. s_variants.Where(variant => !_absent.Contains(variant))];

    /// <param name="python">The Python.</param>
    /// <param name="cuda">On the GPU, or on the CPU.</param>
    /// <param name="samples">What its networks work on.</param>
    /// <param name="threads">Threads on the CPU.</param>
    /// <exception cref="PeerException">The script does not start.</exception>
    public static Torch Start(string python, bool cuda, IEnumerable<Samples> samples, int threads)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("netdsl-benchmarks-");
        foreach (Samples each in samples) each.Write(folder.FullName);
        Torch torch = new(folder, new TorchProcess(python, folder.FullName, cuda ? "cuda" : "cpu", threads), cuda);
        try
        {
            torch.Greet();
            return torch;
        }
        catch
        {
            torch.Dispose();
            throw;
        }
    }

    /// <summary>The file that a network's initial weights are to be written to.</summary>
    public string WeightsOf(string network) => Path.Combine(_folder.FullName, network + ".safetensors");

    /// <summary>The losses of the first steps and the probabilities of the first samples.</summary>
    public (float[] Losses, float[] Probabilities) Check(string network, int batch, int steps)
    {
        JsonNode answer = _process.Ask(Request("check", network, batch, steps));
        return (Floats(answer["losses"]!), Floats(answer["probabilities"]!));
    }

    /// <summary>Microseconds of each step; empty, with a note, for a variant that fails with this network.</summary>
    public double[] Time(string variant, string network, StepKind kind, int batch, int warmUp, int steps)
    {
        if (_absent.Contains(variant) || _failed.Contains((variant, network))) return [];
        JsonObject request = Request("time", network, batch, steps);
        request["variant"] = variant;
        request["kind"] = kind == StepKind.Train ? "train" : "predict";
        request["warmup"] = warmUp;
        try
        {
            return [.. _process.Ask(request)["microseconds"]!.AsArray().Select(time => time!.GetValue<double>())];
        }
        catch (PeerException e)
        {
            _failed.Add((variant, network));
            Notes.Add($"PyTorch {variant} is left out of {network}: {e.Message}");
            return [];
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Greet()
    {
        JsonNode hello = _process.Ask(new JsonObject { ["do"] = "hello" });
        Description = $"PyTorch {hello["version"]}, Python {hello["python"]}, {hello["device"]}";
        string blas = hello["blas"]!.GetValue<string>();
        // Debian's layout: the alternatives of libblas.so.3 lie in a folder each, the reference in that called blas.
        if (!_cuda && blas.Contains("/blas/libblas.so", StringComparison.Ordinal))
            Notes.Add("This PyTorch multiplies matrices with the reference BLAS, which nobody tuned; with libopenblas0 installed it is several times faster.");
        else if (!_cuda && blas.Length > 0) Description += $", {Path.GetFileName(blas)}";
        foreach (string variant in s_variants)
        {
            if (hello["absent"]![variant] is not { } reason) continue;
            _absent.Add(variant);
            Notes.Add($"PyTorch {variant} is left out: {reason}");
        }
    }

    private JsonObject Request(string what, string network, int batch, int steps) => new()
    {
        ["do"] = what,
        ["network"] = network,
        ["weights"] = WeightsOf(network),
        ["batch"] = batch,
        ["steps"] = steps,
    };

    private static float[] Floats(JsonNode array) => [.. array.AsArray().Select(value => value!.GetValue<float>())];
}
