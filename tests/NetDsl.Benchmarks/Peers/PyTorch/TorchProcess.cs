using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NetDsl.Benchmarks.Peers.PyTorch;

/// <summary>
/// torch_steps.py in a process of its own, which lives as long as the benchmark: steps of both are timed in turn, so what else
/// the machine does meets both.
/// </summary>
internal sealed class TorchProcess : IDisposable
{
    private const int ErrorsKept = 4000;

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    public TorchProcess(string python, string data, string device, int threads)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "torch_steps.py");
        _process = Process.Start(new ProcessStartInfo(python,
            [script, "--data", data, "--device", device, "--threads", threads.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                if (_errors.Length < ErrorsKept) _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>One request, one answer.</summary>
    /// <exception cref="PeerException">The script says that it failed, or ended.</exception>
    public JsonNode Ask(JsonObject request)
    {
        try
        {
            _process.StandardInput.WriteLine(request.ToJsonString());
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }

        string line = _process.StandardOutput.ReadLine() ?? throw Ended();
        JsonNode answer = Parse(line);
        return answer["error"] is { } error ? throw new PeerException(error.GetValue<string>()) : answer;
    }

    public void Dispose()
    {
        // The script ends with its input.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) _process.Kill();
        _process.Dispose();
    }

    private static JsonNode Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line)!;
        }
        catch (JsonException)
        {
            throw new PeerException($"torch_steps.py answered '{line}', which is no JSON");
        }
    }

    private PeerException Ended()
    {
        _process.WaitForExit(TimeSpan.FromSeconds(10));
        lock (_errors) return new PeerException($"torch_steps.py ended: {_errors.ToString().Trim()}");
    }
}

/// <summary>A peer cannot do what was asked; the benchmark goes on without it and shows the reason.</summary>
internal sealed class PeerException(string message) : Exception(message);
