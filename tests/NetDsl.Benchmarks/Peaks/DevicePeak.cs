namespace NetDsl.Benchmarks.Peaks;

/// <summary>What a device was seen to do at most, in the run whose figures are compared with it.</summary>
/// <param name="Gflops">Multiply-adds, each counted as two, in 10^9 a second.</param>
/// <param name="GigabytesPerSecond">Memory read and written, in 10^9 bytes a second.</param>
/// <param name="How">What was run to see it.</param>
internal sealed record DevicePeak(double Gflops, double GigabytesPerSecond, string How)
{
    /// <summary>The better of two measurements: others use the machine too.</summary>
    public DevicePeak Max(DevicePeak other) =>
        this with { Gflops = Math.Max(Gflops, other.Gflops), GigabytesPerSecond = Math.Max(GigabytesPerSecond, other.GigabytesPerSecond) };
}
