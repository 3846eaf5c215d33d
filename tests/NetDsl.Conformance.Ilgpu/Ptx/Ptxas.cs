using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NetDsl.Gpu;

namespace NetDsl.Conformance.Ilgpu.Ptx;

/// <summary>What NVIDIA's assembler makes of a kernel for compute capability 9.0.</summary>
/// <param name="Registers">Registers of a thread.</param>
/// <param name="SpillBytes">Bytes of registers that did not fit, stored and loaded.</param>
/// <param name="SharedBytes">Static shared memory of a group.</param>
/// <param name="StackBytes">Local memory of a thread.</param>
internal sealed partial record Ptxas(int Registers, int SpillBytes, int SharedBytes, int StackBytes)
{
    /// <summary>The program on the PATH, or <see langword="null"/>.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, "ptxas"), Path.Combine(folder, "ptxas.exe") })
        .FirstOrDefault(File.Exists);

    /// <summary>Assembles a kernel.</summary>
    /// <exception cref="InvalidOperationException">The assembler refuses it; the message has what it says.</exception>
    public static Ptxas Of(GpuKernel kernel)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, PtxCode.Of(kernel).Text);
            ProcessStartInfo start = new(Program ?? throw new InvalidOperationException("There is no ptxas on the PATH."), ["-arch=sm_90", "-v", "-o", OperatingSystem.IsWindows() ? "NUL" : "/dev/null", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"ptxas refuses {kernel.Name}: {text}");
            return new Ptxas(
                Figure(UsedRegisters(), text),
                Figure(SpillStores(), text) + Figure(SpillLoads(), text),
                Figure(Shared(), text),
                Figure(Stack(), text));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int Figure(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex UsedRegisters();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex SpillStores();

    [GeneratedRegex(@"(\d+) bytes spill loads")]
    private static partial Regex SpillLoads();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Stack();
}

/// <summary>A theory that needs ptxas.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PtxasTheoryAttribute : Xunit.TheoryAttribute
{
    public PtxasTheoryAttribute()
    {
        if (Ptxas.Program is null) Skip = "ptxas, NVIDIA's assembler, is not on the PATH (Debian's package nvidia-cuda-toolkit has it).";
    }
}
