using System.Diagnostics;
using System.Globalization;
using NetDsl.Networks;

namespace NetDsl.Training;

/// <summary>
/// What Fit writes: the device, warnings, a row per epoch, and on an interactive console a bar that is drawn over itself.
/// Nothing is allocated between rows, and the bar is drawn ten times a second at most.
/// </summary>
internal sealed class FitDisplay
{
    private const int BarWidth = 24;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter? _output;
    private readonly bool _interactive;
    private readonly int _epochs;
    private readonly int _steps;
    private readonly bool _validates;
    private readonly bool _accuracy;
    private readonly char[] _line;
    private readonly int _width;
    private long _drawn;
    private int _drawnLength;
    private bool _header;

    public FitDisplay(TextWriter? output, int epochs, int steps, bool validates, NetworkInfo info)
        : this(output, epochs, steps, validates, info, output is not null && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected ? ConsoleWidth() : 0)
    {
    }

    /// <param name="output">Where to write.</param>
    /// <param name="epochs">Epochs in all.</param>
    /// <param name="steps">Steps of an epoch.</param>
    /// <param name="validates">Whether there are figures of validation.</param>
    /// <param name="info">The network.</param>
    /// <param name="width">Characters of a line of the console; 0 where it is none, and no bar is drawn.</param>
    internal FitDisplay(TextWriter? output, int epochs, int steps, bool validates, NetworkInfo info, int width)
    {
        bool interactive = width > 0;
        _line = new char[160];
        // The last column stays free: a full line would scroll.
        _width = Math.Min(_line.Length, width);
        (_output, _epochs, _steps, _validates, _interactive) = (output, epochs, steps, validates, interactive);
        _accuracy = validates && info.Losses.Any(loss => loss is { Kind: LossKind.CrossEntropy or LossKind.BinaryCrossEntropy, Target: >= 0 });
    }

    public void Begin(string line) => _output?.WriteLine(line);

    public void Warn(string sentence) => _output?.WriteLine($"warning: {sentence}");

    /// <summary>A step was done.</summary>
    public void Step(in FitProgress progress)
    {
        if (!_interactive || _output is null) return;
        if (progress.Step < _steps && Stopwatch.GetElapsedTime(_drawn) < s_interval) return;
        _drawn = Stopwatch.GetTimestamp();
        int filled = (int)((long)BarWidth * progress.Step / _steps);
        Span<char> bar = stackalloc char[BarWidth];
        bar[..filled].Fill('=');
        bar[filled..].Fill('.');
        Span<char> line = _line;
        line.TryWrite(
            CultureInfo.InvariantCulture,
            $"\repoch {progress.Epoch}/{_epochs} [{bar}] {progress.Step}/{_steps}  loss {progress.Loss:0.0000}  {progress.SamplesPerSecond:0} samples/s",
            out int written);
        written = Math.Min(written, _width);
        int length = written - 1;
        while (written <= _drawnLength) line[written++] = ' ';
        _output.Write(line[..written]);
        _drawnLength = length;
    }

    /// <summary>An epoch was completed.</summary>
    public void Epoch(EpochResult result)
    {
        if (_output is null) return;
        Erase();
        if (!_header) _output.WriteLine($"{"epoch",9}{"loss",10}{(_validates ? $"{"val loss",10}" : "")}{(_accuracy ? $"{"val acc",9}" : "")}{"seconds",10}{"samples/s",12}");
        _header = true;
        string validation = result.Validation is { } report
            ? string.Create(CultureInfo.InvariantCulture, $"{report.Loss,10:0.0000}{(_accuracy ? string.Create(CultureInfo.InvariantCulture, $"{100 * report.Accuracy,8:0.00}%") : "")}")
            : "";
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{$"{result.Epoch}/{_epochs}",9}{result.Loss,10:0.0000}{validation}{result.Seconds,10:0.00}{result.SamplesPerSecond,12:0}"));
    }

    /// <summary>The training was stopped from outside.</summary>
    /// <param name="epoch">The epoch under way.</param>
    /// <param name="step">Its steps that were done.</param>
    /// <param name="steps">Steps of the training that were done.</param>
    public void Stopped(int epoch, int step, int steps)
    {
        if (_output is null) return;
        Erase();
        _output.WriteLine($"Stopped in epoch {epoch} of {_epochs} after {step} of {_steps} steps. What {steps} {(steps == 1 ? "step" : "steps")} taught is kept.");
    }

    /// <summary>The console's width; 80 where it does not say.</summary>
    private static int ConsoleWidth() => Console.WindowWidth is > 0 and int width ? width : 80;

    /// <summary>Takes the bar away.</summary>
    private void Erase()
    {
        if (_drawnLength == 0 || _output is null) return;
        _output.Write($"\r{new string(' ', _drawnLength)}\r");
        _drawnLength = 0;
    }
}
