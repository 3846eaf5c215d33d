using System.Diagnostics;
using NetDsl.Cpu;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>Times of the sections of a network's program, over many steps.</summary>
internal sealed class SectionTimes
{
    private const double Seconds = 1.0;
    private const int WarmingSteps = 60;

    private readonly List<double>[] _microseconds;

    private SectionTimes(ProgramSection[] sections)
    {
        Sections = sections;
        _microseconds = Array.ConvertAll(sections, _ => new List<double>());
    }

    public ProgramSection[] Sections { get; }

    /// <summary>Of the optimizer's step; empty for a prediction.</summary>
    public List<double> Optimizer { get; } = [];

    /// <summary>Of one section.</summary>
    public IReadOnlyList<double> Of(int section) => _microseconds[section];

    /// <summary>Runs a program for about a second.</summary>
    public static SectionTimes Measure(NetworkRuntime runtime, CpuProgram program, ProgramKind kind, int batch)
    {
        CpuEngine engine = (CpuEngine)runtime.Engine;
        RandomColumns columns = new(runtime.Info, batch);
        SectionTimes times = new(program.Sections);
        SectionClock clock = new();
        Adam adam = new(0.001);
        engine.Clock = clock;
        try
        {
            for (int step = 0; step < WarmingSteps; step++) times.Step(runtime, columns, kind, batch, clock, adam, counts: false);
            long started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < Seconds) times.Step(runtime, columns, kind, batch, clock, adam, counts: true);
        }
        finally
        {
            engine.Clock = null;
        }

        return times;
    }

    private void Step(NetworkRuntime runtime, RandomColumns columns, ProgramKind kind, int batch, SectionClock clock, Adam adam, bool counts)
    {
        using (ProgramRun run = runtime.Begin(kind, batch))
        {
            columns.Set(in run, targets: kind == ProgramKind.Train);
            run.Execute();
        }

        for (int i = 0; counts && i < _microseconds.Length; i++) _microseconds[i].Add(Ticks(clock.Ticks[i]));
        if (kind != ProgramKind.Train) return;
        long started = Stopwatch.GetTimestamp();
        runtime.Apply(adam);
        if (counts) Optimizer.Add(Ticks(Stopwatch.GetTimestamp() - started));
    }

    private static double Ticks(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
