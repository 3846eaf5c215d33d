using System.Diagnostics;

namespace NetDsl.Samples;

/// <summary>Notes when the first step of a training has ended.</summary>
internal sealed class FirstStep(IProgress<FitProgress> next) : IProgress<FitProgress>
{
    private long _ended;

    /// <summary>
    /// Seconds from the start of the process to then, <see langword="null"/> before. Linux counts starts in hundredths of a second.
    /// </summary>
    public double? Seconds
    {
        get
        {
            if (_ended == 0) return null;
            using Process process = Process.GetCurrentProcess();
            return (DateTime.Now - process.StartTime - Stopwatch.GetElapsedTime(_ended)).TotalSeconds;
        }
    }

    public void Report(FitProgress value)
    {
        if (_ended == 0) _ended = Stopwatch.GetTimestamp();
        next.Report(value);
    }
}
