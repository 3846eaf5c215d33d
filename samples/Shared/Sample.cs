using System.CommandLine;

namespace NetDsl.Samples;

/// <summary>What all samples have in common: the command line, and errors as one line instead of a stack trace.</summary>
public static class Sample
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    /// <summary>Reads the options and runs the sample.</summary>
    /// <returns>The exit code: 0, 1 where the run failed, 2 where the options are wrong.</returns>
    public static int Run(string[] args, SampleInfo about, Action<SampleRun> body)
    {
        SampleOptions options = new(about);
        ParseResult parsed = options.Command.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string error in parsed.Errors.Select(error => error.Message).Distinct()) Complain(error);
            Console.Error.WriteLine("--help lists the options.");
            return WrongUsage;
        }

        options.Command.SetAction(result => Try(() => body(options.Read(result))));
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>What a user can cause is said in a sentence; anything else is a bug and shows where it happened.</summary>
    private static int Try(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException or InvalidDataException
            or UnauthorizedAccessException or OutOfMemoryException or TrainingDivergedException)
        {
            Complain(Sentence(e));
            return Failed;
        }
    }

    private static string Sentence(Exception e) => e switch
    {
        OutOfMemoryException => "There is not enough memory; a smaller --batch needs less.",
        // Its message ends with the name of a parameter, which is no name on the command line.
        ArgumentException { ParamName: { } name } => e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ => e.Message,
    };

    private static void Complain(string sentence) => Console.Error.WriteLine($"error: {sentence.ReplaceLineEndings(" ")}");
}
