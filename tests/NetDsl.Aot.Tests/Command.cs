using System.Diagnostics;

namespace NetDsl.Aot.Tests;

/// <summary>What a program wrote, both streams together, and how it ended.</summary>
internal sealed record Command(int ExitCode, string Output)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">A file, or a name on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or to take away where the value is <see langword="null"/>.</param>
    /// <exception cref="TimeoutException">It did not end in time and was killed.</exception>
    public static Command Run(string program, IEnumerable<string> arguments, params (string Name, string? Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} did not end in {s_limit.TotalMinutes} minutes: {output.Result}{errors.Result}");
        }

        return new Command(process.ExitCode, output.Result + errors.Result);
    }
}
