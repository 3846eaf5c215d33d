namespace NetDsl.Conformance.Networks;

/// <summary>
/// Networks that let tensor cores round, with products that suit them and products that do not; their activations are smooth,
/// since a rounded sum may be on the other side of a bend.
/// </summary>
public sealed class PrecisionNetworks : INetworkFamily
{
    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        .. new NetworkCase[]
        {
            new("TF32 of whole blocks", "[Input(64), Dense(128, Activation = Activation.Tanh), Dense(64), MeanSquaredError]"),
            new("TF32 with ends of blocks and of steps", "[Input(72), Dense(136, Activation = Activation.GELU), Dense(72, Activation = Activation.Sigmoid), Dense(3), CrossEntropy]"),
            new("TF32 on the last of two axes", "[Input(3, 136), Dense(200, UseBias = false), Dense(64, Activation = Activation.Tanh), MeanSquaredError]"),
            new("TF32 of a slice that begins anywhere", "[Input(3), Dense(128, Activation = Activation.Tanh, Name = \"a\"), From(\"input\"), Dense(5, Name = \"b\"), Concat(\"a\"), Dense(7), MeanSquaredError]"),
            new("TF32 where nothing suits it", "[Input(13), Dense(31, Activation = Activation.Tanh), Dense(7), MeanSquaredError]"),
        }.Select(network => network with { Precision = Precision.TF32 }),
    ];
}
