using System.CommandLine;

namespace NetDsl.Benchmarks.Commands;

/// <summary><c>roofline</c>: each layer of the samples, forward and backward, beside what the machine allows.</summary>
internal static class RooflineCommand
{
    public static Command Create()
    {
        Command command = new("roofline", "Times each layer of the samples' networks on the CPU, forward and backward, and products of square matrices, beside the machine's measured peaks.");
        Option<string?> filter = new("--filter") { Description = "Only rows that contain this: 'product', 'MnistCnn train', 'Conv2D1'.", HelpName = "text" };
        Option<int> batch = CommonOptions.Number("--batch", "Samples of a step.", otherwise: 32, most: 65536);
        Option<int> threads = CommonOptions.Number("--threads", "Threads; one thread and all processors unless given.", otherwise: 0, most: 1024);
        Option<string?> json = CommonOptions.Json();
        foreach (Option option in (Option[])[filter, batch, threads, json]) command.Add(option);
        command.SetAction(parsed => CommandLine.Try(() =>
        {
            int count = parsed.GetValue(threads);
            int[] counts = count > 0 ? [count] : [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
            RooflineBenchmark.Run(parsed.GetValue(filter) ?? "", parsed.GetValue(batch), counts, parsed.GetValue(json));
        }));
        return command;
    }
}
