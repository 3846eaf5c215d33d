using System.Globalization;

namespace NetDsl.Cpu;

/// <summary>
/// The threads that share the work of one network. A run allocates nothing once its kernel type has been seen. The team
/// serves one caller at a time: a caller that finds it busy, and a kernel that calls it again, does all parts itself, so a
/// team may be called from any number of threads as long as each brings its own working memory.
/// </summary>
public sealed class WorkerTeam : IDisposable
{
    /// <summary>The environment variable that <see cref="DefaultThreads"/> reads.</summary>
    public const string ThreadsVariable = "NETDSL_THREADS";

    private const int MaxThreads = 1024;

    // The threads hold the crew and never the team, so that a forgotten team is collected and its finalizer ends them.
    private readonly WorkerCrew _crew;

    /// <summary>A team of <paramref name="threads"/> workers. Its threads start with the first run that can use them.</summary>
    /// <param name="threads">Workers, the calling thread included: 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is outside of 1 to 1024.</exception>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads);
        _crew = new WorkerCrew(threads);
    }

    /// <summary>Ends the threads of a team that was not disposed.</summary>
    ~WorkerTeam() => _crew?.Stop();

    /// <summary>
    /// The environment variable NETDSL_THREADS where it is set, else the number of processors.
    /// </summary>
    /// <exception cref="InvalidOperationException">The variable is not a whole number from 1 to 1024.</exception>
    public static int DefaultThreads => ParseThreads(Environment.GetEnvironmentVariable(ThreadsVariable), Environment.ProcessorCount);

    /// <summary>Workers, the calling thread included.</summary>
    public int Count => _crew.Count;

    /// <summary>Runs every part of <paramref name="kernel"/> and returns when all are done.</summary>
    /// <param name="kernel">The work; copied.</param>
    /// <param name="parts">How many parts it is cut into.</param>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    public void Run<TKernel>(in TKernel kernel, int parts)
        where TKernel : struct, IKernel
    {
        WorkerCrew crew = _crew;
        ObjectDisposedException.ThrowIf(crew.Stopped, this);
        if (parts <= 1 || crew.Count == 1 || !crew.TryEnter())
        {
            // On one of this crew's own threads the index stays that thread's, so that a nested run does not use another worker's memory.
            int worker = crew.CurrentWorker;
            for (int part = 0; part < parts; part++) kernel.Run(part, worker);
            return;
        }

        crew.Share(in kernel, parts);
        GC.KeepAlive(this);
    }

    /// <summary>Ends the threads. Not to be called while a run is under way.</summary>
    public void Dispose()
    {
        _crew.Stop();
        GC.SuppressFinalize(this);
    }

    internal static int ParseThreads(string? text, int otherwise)
    {
        if (string.IsNullOrWhiteSpace(text)) return Math.Clamp(otherwise, 1, MaxThreads);
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= MaxThreads)
            return threads;
        throw new InvalidOperationException(
            $"The environment variable {ThreadsVariable} is '{text}'; expected the number of threads, a whole number from 1 to {MaxThreads}.");
    }
}
