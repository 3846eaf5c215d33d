using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NetDsl.Benchmarks.Commands;

/// <summary>Options that more than one command has.</summary>
internal static class CommonOptions
{
    /// <summary>A file for the figures.</summary>
    public static Option<string?> Json()
    {
        Option<string?> json = new("--json") { Description = "A file for all figures of the run.", HelpName = "file" };
        json.Validators.Add(RequireFolder);
        return json;
    }

    /// <summary>A whole number from 1 on.</summary>
    public static Option<int> Number(string name, string description, int otherwise, int most) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => Number(result, result.Tokens[0].Value, most),
    };

    /// <summary>What was given as a whole number from 1 to <paramref name="most"/>.</summary>
    public static int Number(ArgumentResult result, string given, int most)
    {
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= most) return value;
        result.AddError(FormattableString.Invariant($"{((OptionResult)result.Parent!).Option.Name} takes whole numbers from 1 to {most}; '{given}' was given."));
        return 1;
    }

    /// <summary>Before the measurement, not after it.</summary>
    private static void RequireFolder(OptionResult result)
    {
        if (result.Tokens.Count == 0) return;
        string file = result.Tokens[0].Value;
        if (file.Length == 0 || Directory.Exists(file)) result.AddError($"--json takes the name of a file; '{file}' was given.");
        else if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder)) result.AddError($"--json: there is no folder '{folder}'.");
    }
}
