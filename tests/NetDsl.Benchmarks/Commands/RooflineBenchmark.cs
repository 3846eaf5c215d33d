using NetDsl.Benchmarks.Networks;
using NetDsl.Benchmarks.Peaks;
using NetDsl.Benchmarks.Reports;
using NetDsl.Benchmarks.Workloads;
using NetDsl.Cpu;
using NetDsl.Networks;
using Spectre.Console;

namespace NetDsl.Benchmarks.Commands;

/// <summary>One run of the command <c>roofline</c>: every part of the samples' programs beside what the machine allows.</summary>
internal static class RooflineBenchmark
{
    private static readonly int[] s_sides = [64, 128, 256, 512, 1024];

    private static readonly (string Name, Func<NetworkOptions, INetwork> Create)[] s_networks =
    [
        (nameof(XorNet), XorNet.Create), (nameof(MnistMlp), MnistMlp.Create), (nameof(MnistCnn), MnistCnn.Create),
        (nameof(Lstm100), Lstm100.Create), (nameof(Gpt), Gpt.Create),
    ];

    public static void Run(string filter, int batch, int[] threads, string? json)
    {
        List<string> notes = [];
        if (MachineLoad.Warning(MachineLoad.Read()) is { } warning) notes.Add(warning);
        List<RooflineRow> rows = [];
        List<string> peaks = [];
        foreach (int count in threads)
        {
            Roof roof = new(count);
            List<RooflineRow> measured = [];
            foreach (int side in s_sides) Product(measured, roof, side, filter);
            foreach ((string name, Func<NetworkOptions, INetwork> create) in s_networks)
            {
                Layers(measured, roof, name, create, ProgramKind.Train, batch, filter);
                Layers(measured, roof, name, create, ProgramKind.Predict, batch, filter);
            }

            roof.MeasureAgain();
            peaks.Add(roof.Describe());
            rows.AddRange(measured.Select(row => Bounded(row, roof)));
        }

        if (rows.Count == 0) throw new ArgumentException($"No row's name contains '{filter}'; they begin with product, {string.Join(", ", s_networks.Select(network => network.Name))}.", nameof(filter));
        AnsiConsole.Console.Profile.Width = Math.Max(AnsiConsole.Console.Profile.Width, 190);
        AnsiConsole.Write(RooflineTable.Render(rows));
        Console.WriteLine("us: the median; quiet: the tenth percentile; at least: what multiply-adds or memory allow, each kernel's operands and results read or written once.");
        foreach (string line in peaks.Concat(notes)) Console.WriteLine(line);
        if (json is null) return;
        new RooflineReport
        {
            Dotnet = Environment.Version.ToString(),
            Processors = Environment.ProcessorCount,
            Date = DateTimeOffset.UtcNow,
            Peaks = peaks,
            Notes = notes,
            Rows = rows,
        }.Write(json);
        Console.WriteLine($"The figures are in {json}.");
    }

    private static void Product(List<RooflineRow> rows, Roof roof, int side, string filter)
    {
        string section = FormattableString.Invariant($"{side} x {side} x {side}");
        if (!Matches(filter, "product", section)) return;
        Console.Error.WriteLine($"product {section}, threads: {roof.Threads}");
        rows.Add(Row("product", section, side, roof, SquareProduct.Flops(side), SquareProduct.Bytes(side), SquareProduct.Measure(side, roof.Threads)));
    }

    private static void Layers(List<RooflineRow> rows, Roof roof, string name, Func<NetworkOptions, INetwork> create, ProgramKind kind, int batch, string filter)
    {
        string program = $"{name} {(kind == ProgramKind.Train ? "train" : "predict")}";
        using INetwork network = create(new NetworkOptions { Device = Device.Cpu, Threads = roof.Threads, Seed = 1 });
        CpuProgram compiled = ((Engines.CpuEngine)network.Runtime.Engine).Program(kind, 0);
        if (!compiled.Sections.Any(section => Matches(filter, program, section.Name))) return;
        Console.Error.WriteLine($"{program}, threads: {roof.Threads}");
        SectionTimes times = SectionTimes.Measure(network.Runtime, compiled, kind, batch);
        for (int i = 0; i < times.Sections.Length; i++)
        {
            Engines.ProgramSection section = times.Sections[i];
            if (Matches(filter, program, section.Name))
                rows.Add(Row(program, section.Name, batch, roof, (double)batch * section.Flops, ((double)batch * section.SampleBytes) + section.FixedBytes, times.Of(i)));
        }

        // Adam reads the gradient, and reads and writes the parameter and its two moments, with about 14 operations each.
        const double AdamPasses = 7, AdamFlops = 14;
        if (kind == ProgramKind.Train && Matches(filter, program, "Adam"))
        {
            double parameters = network.Runtime.Info.ParameterCount;
            rows.Add(Row(program, "Adam", batch, roof, AdamFlops * parameters, AdamPasses * sizeof(float) * parameters, times.Optimizer));
        }
    }

    private static bool Matches(string filter, string program, string section) => $"{program} {section}".Contains(filter, StringComparison.OrdinalIgnoreCase);

    private static RooflineRow Row(string program, string section, int batch, Roof roof, double flops, double bytes, IReadOnlyList<double> microseconds) => Bounded(
        new RooflineRow
        {
            Program = program,
            Section = section,
            Batch = batch,
            Threads = roof.Threads,
            Flops = flops,
            Bytes = bytes,
            Microseconds = Median.Of(microseconds),
            QuietMicroseconds = microseconds.Order().ElementAt(microseconds.Count / 10),
            BoundMicroseconds = 0,
            Bound = "",
        },
        roof);

    private static RooflineRow Bounded(RooflineRow row, Roof roof)
    {
        double compute = roof.Compute(row.Flops), memory = roof.Memory(row.Bytes);
        return row with { BoundMicroseconds = Math.Max(compute, memory), Bound = compute >= memory ? "multiply-adds" : "memory" };
    }
}
