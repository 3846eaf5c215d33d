using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace NetDsl.Samples;

/// <summary>
/// A training on the console. A terminal gets a bar for the epoch under way below a table of those that ended; anything else
/// gets the table's rows as plain lines, each when its epoch ends.
/// </summary>
internal sealed class TrainingDisplay : IProgress<FitProgress>
{
    /// <summary>Of many epochs, every so manieth is shown.</summary>
    private const int Rows = 20;
    private const int BarWidth = 30;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly LiveDisplayContext? _live;
    private readonly EpochTable _table = new();
    private readonly int _stride;
    private long _drawn;

    private TrainingDisplay(int epochs, LiveDisplayContext? live) => (_stride, _live) = (((epochs - 1) / Rows) + 1, live);

    public static FitResult Run(int epochs, Func<IProgress<FitProgress>, FitResult> fit)
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi) return fit(new TrainingDisplay(epochs, null));

        // The live display hides the cursor; a second Ctrl+C would leave it hidden.
        void ShowCursor(object? sender, ConsoleCancelEventArgs e) => console.Cursor.Show();
        Console.CancelKeyPress += ShowCursor;
        try
        {
            FitResult? result = null;
            TrainingDisplay? display = null;
            console.Live(new Text("")).AutoClear(true).Start(live => result = fit(display = new TrainingDisplay(epochs, live)));
            // What is too tall for the terminal is cut while it is live, so the whole table is written once more.
            if (display!._table.Any) console.Write(display._table.Render());
            return result!;
        }
        finally
        {
            Console.CancelKeyPress -= ShowCursor;
        }
    }

    /// <summary>Called after each step, so that nothing is done between two drawings.</summary>
    public void Report(FitProgress value)
    {
        if (value.Completed is { } epoch)
        {
            if (epoch.Epoch % _stride != 0 && epoch.Epoch != 1 && epoch.Epoch != value.Epochs) return;
            string[] row = _table.Add(epoch, value.Epochs);
            if (_live is null) WritePlain(row);
        }
        else if (_live is null || Stopwatch.GetElapsedTime(_drawn) < s_interval)
        {
            return;
        }

        _drawn = Stopwatch.GetTimestamp();
        _live?.UpdateTarget(_table.Any ? new Rows(_table.Render(), Bar(value)) : Bar(value));
    }

    private void WritePlain(string[] row)
    {
        if (_table.Count == 1) Console.WriteLine(EpochTable.Plain(_table.Headers));
        Console.WriteLine(EpochTable.Plain(row));
    }

    private static Markup Bar(in FitProgress progress)
    {
        int filled = (int)((long)BarWidth * progress.Step / progress.StepsPerEpoch);
        return new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs} [green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {progress.Step}/{progress.StepsPerEpoch}  loss [yellow]{progress.Loss:0.0000}[/]  {progress.SamplesPerSecond:0} samples/s"));
    }
}
