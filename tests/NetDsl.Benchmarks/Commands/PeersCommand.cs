using System.CommandLine;

namespace NetDsl.Benchmarks.Commands;

/// <summary><c>peers</c>: the same steps by NetDsl on the CPU and by TorchSharp (training) or ONNX Runtime (prediction).</summary>
internal static class PeersCommand
{
    public static Command Create()
    {
        Command command = new("peers", "Times training beside TorchSharp and prediction beside ONNX Runtime, on the CPU, from the same weights over the same samples.");
        Option<string?> filter = new("--filter") { Description = "Only pairs whose name contains this: 'train', 'cnn-b32'.", HelpName = "text" };
        Option<int> turns = CommonOptions.Number("--turns", "Turns that each contestant has.", otherwise: 25, most: 1000);
        Option<int> epochs = CommonOptions.Number("--run-epochs", "Epochs of the whole run of the sample, run-mnist-cnn.", otherwise: 5, most: 1000);
        Option<string?> json = CommonOptions.Json();
        foreach (Option option in (Option[])[filter, turns, epochs, json]) command.Add(option);
        command.SetAction(parsed => CommandLine.Try(() => PeersBenchmark.Run(parsed.GetValue(filter) ?? "", parsed.GetValue(turns), parsed.GetValue(epochs), parsed.GetValue(json))));
        return command;
    }
}
