using System.CommandLine;

namespace NetDsl.Benchmarks.Commands;

/// <summary><c>gpu</c>: training steps and predictions of small networks on a device, against its peaks and PyTorch.</summary>
internal static class GpuCommand
{
    public static Command Create()
    {
        Command command = new("gpu", "Times training steps and predictions of small networks on a device, beside the device's own peaks and PyTorch.");
        GpuOptions options = new(command);
        command.SetAction(parsed => CommandLine.Try(() => GpuBenchmark.Run(options.Read(parsed))));
        return command;
    }
}
