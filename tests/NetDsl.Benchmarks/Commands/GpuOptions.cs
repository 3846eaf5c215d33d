using System.CommandLine;
using NetDsl.Engines;

namespace NetDsl.Benchmarks.Commands;

/// <summary>The options of the command <c>gpu</c>.</summary>
internal sealed class GpuOptions
{
    /// <summary>Of 16,384 samples, the largest batch leaves four to go through in turn.</summary>
    private const int LargestBatch = 4096;

    private readonly Option<Device> _device = new("--device")
    {
        Description = "Where to compute: " + string.Join(", ", EngineRegistry.Names.Prepend(Device.Auto.Name)) + ".",
        HelpName = "name",
        DefaultValueFactory = _ => Device.Auto,
        CustomParser = result =>
        {
            try
            {
                return Device.Parse(result.Tokens[0].Value);
            }
            catch (ArgumentException e)
            {
                result.AddError("--device: " + CommandLine.Sentence(e));
            }

            return null;
        },
    };

    private readonly Option<int[]> _batch = new("--batch")
    {
        Description = "Samples of a step; may be given several times.",
        HelpName = "number",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 32, 128, 512],
        CustomParser = result => [.. result.Tokens.Select(token => CommonOptions.Number(result, token.Value, LargestBatch))],
    };

    private readonly Option<string?> _filter = new("--filter") { Description = "Only steps whose name contains this: 'Cnn', 'Mlp predict'.", HelpName = "text" };

    private readonly Option<int> _steps = new("--steps")
    {
        Description = "Steps of a repeat; as many as a tenth of a second holds unless given.",
        HelpName = "number",
        CustomParser = result => CommonOptions.Number(result, result.Tokens[0].Value, 100_000),
    };

    private readonly Option<int> _repeats = CommonOptions.Number("--repeats", "Repeats, in each of which every contestant has its turn.", otherwise: 5, most: 1000);

    private readonly Option<bool> _kernels = new("--kernels") { Description = "The device's time for each kernel, measured in steps of their own." };

    private readonly Option<string?> _python = new("--python") { Description = "The Python to look for PyTorch in; 'none' for no comparison.", HelpName = "program" };

    private readonly Option<string?> _json = CommonOptions.Json();

    public GpuOptions(Command command)
    {
        foreach (Option option in (Option[])[_device, _batch, _filter, _steps, _repeats, _kernels, _python, _json]) command.Add(option);
    }

    public GpuRequest Read(ParseResult parsed) => new()
    {
        Device = parsed.GetValue(_device) ?? Device.Auto,
        Batches = [.. parsed.GetValue(_batch)!.Distinct().Order()],
        Filter = parsed.GetValue(_filter) ?? "",
        Steps = parsed.GetResult(_steps) is null ? null : parsed.GetValue(_steps),
        Repeats = parsed.GetValue(_repeats),
        Kernels = parsed.GetValue(_kernels),
        Python = parsed.GetValue(_python),
        Json = parsed.GetValue(_json),
    };
}

/// <summary>What the command <c>gpu</c> was asked for.</summary>
internal sealed record GpuRequest
{
    public required Device Device { get; init; }
    public required int[] Batches { get; init; }
    public required string Filter { get; init; }

    /// <summary>Steps of a repeat, or <see langword="null"/> for as many as a tenth of a second holds.</summary>
    public required int? Steps { get; init; }
    public required int Repeats { get; init; }
    public required bool Kernels { get; init; }
    public required string? Python { get; init; }
    public required string? Json { get; init; }
}
