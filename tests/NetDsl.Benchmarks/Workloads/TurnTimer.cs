using System.Diagnostics;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>Times steps of one contestant in turns with others.</summary>
internal sealed class TurnTimer(Contestant contestant)
{
    private const double SecondsOfTurn = 0.1;
    private const int FewestSteps = 8;
    private const int MostSteps = 4000;

    /// <summary>
    /// Part of a turn that is not counted: caches and threads become this contestant's again, and another's threads, which wait
    /// by spinning for some time, go to sleep.
    /// </summary>
    private const double WarmingPart = 0.5;

    /// <summary>Shorter steps are timed in groups: reading the clock takes some tens of nanoseconds.</summary>
    private const double LeastMicroseconds = 20;

    private int _steps = FewestSteps;
    private int _group = 1;

    /// <summary>The contestant's name.</summary>
    public string Name => contestant.Name;

    /// <summary>Microseconds of each counted step.</summary>
    public List<double> Microseconds { get; } = [];

    /// <summary>The median so far.</summary>
    public double Median => Workloads.Median.Of(Microseconds);

    /// <summary>Lets the code be compiled and finds how many steps a turn has.</summary>
    public void Plan()
    {
        // Tiered compilation replaces a method in the background after its first thirty calls.
        Turn(100, 0);
        Thread.Sleep(200);
        double step = Turn(FewestSteps, 0).Min();
        _group = (int)Math.Clamp(LeastMicroseconds / step, 1, 1000);
        _steps = (int)Math.Clamp(SecondsOfTurn * 1e6 / (step * _group), FewestSteps, MostSteps);
    }

    /// <summary>One turn.</summary>
    public void Turn() => Microseconds.AddRange(Turn(_steps, (int)Math.Ceiling(WarmingPart * _steps)));

    private double[] Turn(int steps, int warming)
    {
        contestant.TakeTurn();
        for (int step = 0; step < warming * _group; step++) contestant.Step();
        double[] microseconds = new double[steps];
        for (int step = 0; step < steps; step++)
        {
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < _group; i++) contestant.Step();
            microseconds[step] = (Stopwatch.GetTimestamp() - started) * 1e6 / Stopwatch.Frequency / _group;
        }

        return microseconds;
    }
}
