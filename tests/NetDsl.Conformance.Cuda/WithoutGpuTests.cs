using System.Diagnostics;
using NetDsl.Conformance.Devices;
using Xunit;

namespace NetDsl.Conformance.Cuda;

/// <summary>A program that references NetDsl.Gpu where there is no GPU, as its user sees it.</summary>
public class WithoutGpuTests
{
    [WithoutGpuTheory]
    [InlineData("gpu", "no CUDA ")]
    [InlineData("cuda", "no CUDA ")]
    public void A_gpu_that_was_asked_for_is_one_clear_error(string device, string reason)
    {
        (int code, string output, string errors) = RunXor("--device", device, "--epochs", "1");
        Assert.Equal(1, code);
        Assert.Equal("", output);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"error: The network XorNet cannot run on the device '{device}': {reason}", line, StringComparison.Ordinal);
    }

    [WithoutGpuTheory]
    [InlineData("auto")]
    [InlineData(null)]
    public void Auto_trains_on_the_cpu_and_the_first_line_says_why(string? device)
    {
        string weights = Path.GetTempFileName();
        try
        {
            string[] chosen = device is null ? [] : ["--device", device];
            (int code, string output, string errors) = RunXor(["--epochs", "2", "--weights", weights, .. chosen]);
            Assert.Equal("", errors);
            Assert.Equal(0, code);
            string first = output.Split('\n')[0];
            Assert.StartsWith("XorNet on CPU, ", first, StringComparison.Ordinal);
            Assert.Contains("(gpu: no CUDA ", first, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(weights);
        }
    }

    private static (int Code, string Output, string Errors) RunXor(params string[] arguments)
    {
        string program = typeof(XorNet).Assembly.Location;
        ProcessStartInfo start = new("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), errors.Result.ReplaceLineEndings("\n"));
    }
}
