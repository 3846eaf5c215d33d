namespace NetDsl.Benchmarks.Workloads;

/// <summary>One row of the table: what is timed, and the times so far.</summary>
internal sealed class Case(string network, StepKind kind, int batch)
{
    public string Network => network;

    public StepKind Kind => kind;

    public int Batch => batch;

    public string Name { get; } = $"{network} {(kind == StepKind.Train ? "train" : "predict")}";

    public Timings Ours { get; } = new();

    /// <summary>The peers' by their names, in the order in which they came.</summary>
    public OrderedDictionary<string, Timings> Peers { get; } = [];

    /// <summary>Launches and bytes of a step.</summary>
    public Traffic? Traffic { get; set; }

    /// <summary>Where they were asked for.</summary>
    public IReadOnlyList<KernelFigure> Kernels { get; set; } = [];
}

/// <summary>Times of one contestant's steps.</summary>
internal sealed class Timings
{
    private const double SecondsOfRepeat = 0.1;
    private const int FewestSteps = 2;
    private const int MostSteps = 500;

    /// <summary>Steps of a repeat.</summary>
    public int Steps { get; private set; } = FewestSteps;

    public List<double> Microseconds { get; } = [];

    /// <summary>As many steps as a tenth of a second holds, by the first ones.</summary>
    public void Plan(double[] first, int? asked) =>
        Steps = asked ?? Math.Clamp((int)(SecondsOfRepeat * 1e6 / Median.Of(first)), FewestSteps, MostSteps);
}
