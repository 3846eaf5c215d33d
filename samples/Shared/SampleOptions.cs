using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NetDsl.Engines;

namespace NetDsl.Samples;

/// <summary>The options that every sample takes.</summary>
internal sealed class SampleOptions
{
    private readonly Option<int> _epochs;
    private readonly Option<int> _batch;
    private readonly Option<long> _seed;
    private readonly Option<Device> _device;
    private readonly Option<int> _limit;
    private readonly Option<string> _weights;
    private readonly Option<string?> _json;

    public SampleOptions(SampleInfo about)
    {
        _epochs = Count("--epochs", "Passes over the training data.", about.Epochs);
        _batch = Count("--batch", "Samples of a step.", about.Batch);
        _seed = new Option<long>("--seed")
        {
            Description = "The start of every random number: initial weights and shuffling.",
            HelpName = "number",
            DefaultValueFactory = _ => 1,
            CustomParser = Number<long>(long.MinValue, "a whole number"),
        };
        _device = new Option<Device>("--device")
        {
            Description = "Where to compute: " + string.Join(", ", EngineRegistry.Names.Prepend(Device.Auto.Name)) + ".",
            HelpName = "name",
            DefaultValueFactory = _ => Device.Auto,
            CustomParser = ParseDevice,
        };
        _limit = Count("--limit", "Training samples to use; all unless given.", int.MaxValue);
        _limit.DefaultValueFactory = null;
        _weights = new Option<string>("--weights")
        {
            Description = "The file that the weights are saved in.",
            HelpName = "file",
            DefaultValueFactory = _ => about.Weights,
        };
        _json = new Option<string?>("--json") { Description = "A file for all figures of the run.", HelpName = "file" };
        _weights.Validators.Add(RequireFolder);
        _json.Validators.Add(RequireFolder);
        Command = new RootCommand(about.Description) { _epochs, _batch, _seed, _device, _limit, _weights, _json };
    }

    public RootCommand Command { get; }

    public SampleRun Read(ParseResult parsed) => new()
    {
        Epochs = parsed.GetValue(_epochs),
        Batch = parsed.GetValue(_batch),
        Seed = parsed.GetValue(_seed),
        Device = parsed.GetValue(_device) ?? Device.Auto,
        Limit = parsed.GetResult(_limit) is null ? int.MaxValue : parsed.GetValue(_limit),
        Weights = parsed.GetValue(_weights)!,
        Json = parsed.GetValue(_json),
    };

    private static Option<int> Count(string name, string description, int byDefault) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => byDefault,
        CustomParser = Number(1, "a whole number of at least 1"),
    };

    private static Func<ArgumentResult, T> Number<T>(T lowest, string expected)
        where T : struct, System.Numerics.IBinaryInteger<T> => result =>
    {
        string given = result.Tokens[0].Value;
        if (T.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) && value >= lowest) return value;
        result.AddError($"{NameOf(result)} takes {expected}; '{given}' was given.");
        return default;
    };

    private static Device? ParseDevice(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        try
        {
            return Device.Parse(name);
        }
        catch (ArgumentException)
        {
            string known = string.Join(", ", EngineRegistry.Names.Prepend(Device.Auto.Name));
            result.AddError($"{NameOf(result)} takes one of {known} (gpu:1 is the second GPU); '{name}' was given.");
            return null;
        }
    }

    /// <summary>Before the training, not after it.</summary>
    private static void RequireFolder(OptionResult result)
    {
        if (result.Tokens.Count == 0) return;
        string file = result.Tokens[0].Value;
        if (file.Length == 0 || Directory.Exists(file))
            result.AddError($"{result.Option.Name} takes the name of a file; '{file}' was given.");
        else if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
            result.AddError($"{result.Option.Name}: there is no folder '{folder}'.");
    }

    private static string NameOf(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;
}
