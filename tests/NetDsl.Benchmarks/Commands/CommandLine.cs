using System.CommandLine;
using NetDsl.Benchmarks.Peers.PyTorch;
using NetDsl.Gpu;

namespace NetDsl.Benchmarks.Commands;

/// <summary>What the commands have in common: what a user can cause is a sentence and an exit code, anything else a stack trace.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static int Run(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string error in parsed.Errors.Select(error => error.Message).Distinct()) Complain(error);
            Console.Error.WriteLine("--help lists the commands and options.");
            return WrongUsage;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    public static int Try(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException or InvalidDataException
            or UnauthorizedAccessException or OutOfMemoryException or TrainingDivergedException or PeerException or GpuException)
        {
            Complain(Sentence(e));
            return Failed;
        }
    }

    /// <summary>The message without the name of a parameter, which is no name on the command line.</summary>
    public static string Sentence(Exception e) =>
        e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;

    private static void Complain(string sentence) => Console.Error.WriteLine($"error: {sentence.ReplaceLineEndings(" ")}");
}
