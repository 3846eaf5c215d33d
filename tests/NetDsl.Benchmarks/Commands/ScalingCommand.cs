using System.CommandLine;

namespace NetDsl.Benchmarks.Commands;

/// <summary><c>scaling</c>: a step's time against the batch (1 to 1024) and against a layer's width (16 to 2048).</summary>
internal static class ScalingCommand
{
    public static Command Create()
    {
        Command command = new("scaling", "Times training steps and predictions on the CPU against the batch, 1 to 1024, and against the width of a hidden layer, 16 to 2048.");
        Option<int> threads = CommonOptions.Number("--threads", "Threads; all processors unless given.", otherwise: Environment.ProcessorCount, most: 1024);
        Option<DirectoryInfo> plots = new("--plots") { Description = "A folder for the plots: scaling-batch.svg and scaling-width.svg.", HelpName = "folder" };
        plots.AcceptExistingOnly();
        Option<string?> json = CommonOptions.Json();
        foreach (Option option in (Option[])[threads, plots, json]) command.Add(option);
        command.SetAction(parsed => CommandLine.Try(() => ScalingBenchmark.Run(parsed.GetValue(threads), parsed.GetValue(plots)?.ToString(), parsed.GetValue(json))));
        return command;
    }
}
