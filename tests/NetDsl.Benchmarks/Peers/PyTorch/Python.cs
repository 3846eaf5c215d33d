using System.Diagnostics;

namespace NetDsl.Benchmarks.Peers.PyTorch;

/// <summary>Looks for a Python that has PyTorch.</summary>
internal static class Python
{
    private static readonly string[] s_usual = ["python3", "/usr/bin/python3"];

    /// <summary>The first that can import torch.</summary>
    /// <param name="asked">The only one to try, or <see langword="null"/> for those of the path and of the system.</param>
    /// <param name="reason">Where there is none: why, as a clause.</param>
    /// <returns>The program, and whether its PyTorch sees a CUDA device.</returns>
    public static (string Program, bool Cuda)? Find(string? asked, out string reason)
    {
        List<string> refusals = [];
        foreach (string program in asked is null ? s_usual : [asked])
        {
            if (TryImport(program, out string answer))
            {
                reason = "";
                return (program, answer == "True");
            }

            refusals.Add($"{program}: {answer}");
        }

        reason = string.Join("; ", refusals);
        return null;
    }

    private static bool TryImport(string program, out string answer)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, ["-c", "import torch; print(torch.cuda.is_available())"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            answer = Last(process.ExitCode == 0 ? output.Result : error.Result);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            answer = e.Message;
            return false;
        }
    }

    private static string Last(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}
