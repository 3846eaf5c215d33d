namespace NetDsl.Conformance.Networks;

/// <summary>A network that conformance tests run.</summary>
/// <param name="Name">What it is about, for the test's name.</param>
/// <param name="Layers">Its layer attributes.</param>
/// <param name="Blocks">Further declarations: blocks and enums.</param>
/// <param name="Tolerance">Greatest difference from the interpreter, relative to the greatest magnitude of a tensor.</param>
public sealed record NetworkCase(string Name, string Layers, string Blocks = "", double Tolerance = 1e-4)
{
    /// <summary><c>Inspect</c> shows every layer.</summary>
    public bool Inspectable { get; init; }

    /// <summary>How exactly matrix products are computed.</summary>
    public Precision Precision { get; init; }

    /// <summary>The class's metadata name.</summary>
    public const string Type = "Networks.Net";

    /// <summary>The whole file. Gradients by the inputs are part of every network here.</summary>
    public string Source =>
        $$"""
        using NetDsl;

        namespace Networks;

        [Network(InputGradients = true{{(Inspectable ? ", Inspectable = true" : "")}}{{(Precision == Precision.Float32 ? "" : $", Precision = Precision.{Precision}")}})]
        {{Layers}}
        internal sealed partial class Net;

        {{Blocks}}
        """;

    /// <summary>It can be trained.</summary>
    public bool HasLoss => Losses.Any(loss => Layers.Contains(loss, StringComparison.Ordinal));

    private static string[] Losses { get; } =
    [
        .. typeof(LossAttribute).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LossAttribute)))
            .Select(type => type.Name.Split('`')[0].Replace("Attribute", "", StringComparison.Ordinal)),
    ];
}

/// <summary>The cases of one family of layers.</summary>
public interface INetworkFamily
{
    /// <summary>The networks, each of another name.</summary>
    static abstract IReadOnlyList<NetworkCase> Cases { get; }
}
