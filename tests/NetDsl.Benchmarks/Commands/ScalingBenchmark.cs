using System.Globalization;
using NetDsl.Benchmarks.Networks;
using NetDsl.Benchmarks.Reports;
using NetDsl.Benchmarks.Workloads;
using NetDsl.Networks;
using Spectre.Console;

namespace NetDsl.Benchmarks.Commands;

/// <summary>One run of the command <c>scaling</c>: a step's time against the batch and against a layer's width.</summary>
internal static class ScalingBenchmark
{
    private const int WidthBatch = 32;
    private static readonly int[] s_batches = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    private static readonly (string Name, Func<NetworkOptions, INetwork> Create)[] s_networks = [(nameof(MnistMlp), MnistMlp.Create), (nameof(MnistCnn), MnistCnn.Create)];

    private static readonly (int Width, Func<NetworkOptions, INetwork> Create)[] s_widths =
    [
        (16, Width16.Create), (32, Width32.Create), (64, Width64.Create), (128, Width128.Create),
        (256, Width256.Create), (512, Width512.Create), (1024, Width1024.Create), (2048, Width2048.Create),
    ];

    public static void Run(int threads, string? plots, string? json)
    {
        List<string> notes = [];
        if (MachineLoad.Warning(MachineLoad.Read()) is { } warning) notes.Add(warning);
        NetworkOptions options = new() { Device = Device.Cpu, Threads = threads, Seed = 1 };
        List<ScalingCurve> curves = [];
        foreach (StepKind kind in (StepKind[])[StepKind.Train, StepKind.Predict])
        {
            foreach ((string name, Func<NetworkOptions, INetwork> create) in s_networks)
            {
                Console.Error.WriteLine($"{name} {Word(kind)}, batch 1 to {s_batches[^1]}");
                using INetwork network = create(options);
                curves.Add(new ScalingCurve($"{name} {Word(kind)}", "batch", [.. s_batches.Select(batch => Point(network, kind, batch, batch))]));
            }

            Console.Error.WriteLine($"784-width-10 {Word(kind)}, width 16 to 2048");
            curves.Add(new ScalingCurve($"784-width-10 {Word(kind)}, batch {WidthBatch}", "width", [.. s_widths.Select(wide =>
            {
                using INetwork network = wide.Create(options);
                return Point(network, kind, WidthBatch, wide.Width);
            })]));
        }

        AnsiConsole.Console.Profile.Width = Math.Max(AnsiConsole.Console.Profile.Width, 160);
        foreach (string axis in (string[])["batch", "width"])
        {
            ScalingCurve[] own = [.. curves.Where(curve => curve.Axis == axis)];
            AnsiConsole.Write(Table(axis, own));
            if (plots is not null) ScalingPlot.Write(Path.Combine(plots, $"scaling-{axis}.svg"), axis, own);
        }

        Console.WriteLine($"Medians, on {threads} {(threads == 1 ? "thread" : "threads")}; a training step is forward, loss, backward and Adam.");
        foreach (string note in notes) Console.WriteLine(note);
        if (plots is not null) Console.WriteLine($"The plots are in {plots}.");
        if (json is null) return;
        new ScalingReport(Environment.Version.ToString(), threads, DateTimeOffset.UtcNow, notes, curves).Write(json);
        Console.WriteLine($"The figures are in {json}.");
    }

    private static ScalingPoint Point(INetwork network, StepKind kind, int batch, int at)
    {
        double microseconds = WholeStep.Microseconds(network, kind == StepKind.Train ? ProgramKind.Train : ProgramKind.Predict, batch);
        return new ScalingPoint(at, microseconds, NetworkCost.Flops(network.Runtime.Info, kind, batch) / microseconds / 1e3);
    }

    private static Table Table(string axis, IReadOnlyList<ScalingCurve> curves)
    {
        Table table = new Table().RoundedBorder().AddColumn(new TableColumn(axis).RightAligned());
        foreach (ScalingCurve curve in curves) table.AddColumn(new TableColumn(Markup.Escape(curve.Name) + ", us").RightAligned()).AddColumn(new TableColumn("GFLOP/s").RightAligned());
        for (int i = 0; i < curves[0].Points.Count; i++)
        {
            int row = i;
            table.AddRow([
                curves[0].Points[i].At.ToString(CultureInfo.InvariantCulture),
                .. curves.SelectMany(curve => (string[])[
                    curve.Points[row].Microseconds.ToString("#,##0.0", CultureInfo.InvariantCulture), curve.Points[row].Gflops.ToString("0.0", CultureInfo.InvariantCulture),
                ]),
            ]);
        }

        return table;
    }

    private static string Word(StepKind kind) => kind == StepKind.Train ? "train" : "predict";
}
