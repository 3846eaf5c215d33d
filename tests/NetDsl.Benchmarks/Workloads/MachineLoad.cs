using System.Globalization;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>Whether others compute on this machine: their work is in every time of a CPU.</summary>
internal static class MachineLoad
{
    private const string Averages = "/proc/loadavg";

    /// <summary>The mean number of processes that wanted a processor in the last minute; not known on every system.</summary>
    public static double? Read()
    {
        if (!File.Exists(Averages)) return null;
        return double.Parse(File.ReadAllText(Averages).Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>A sentence where the machine was busy before the benchmark began.</summary>
    public static string? Warning(double? load) => load > 0.5
        ? string.Create(CultureInfo.InvariantCulture, $"The machine was busy before this run (load {load:0.0} on {Environment.ProcessorCount} processors): times hold the work of others, and what waits for all its threads suffers most.")
        : null;
}
