namespace NetDsl.Conformance.Networks;

/// <summary>Batch normalisation, dropout and the preparation of data.</summary>
public sealed class NormalizationNetworks : INetworkFamily
{
    // Statistics of a small batch cancel: more is lost than in a sum.
    private const double Statistics = 2e-3;

    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        new("BatchNorm of a vector", "[Input(5), Dense(6), BatchNorm, Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("BatchNorm with ReLU", "[Input(5), Dense(7), BatchNorm(Activation = Activation.ReLU), Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("BatchNorm of the input", "[Input(4, 3), BatchNorm, MeanSquaredError]", Tolerance: Statistics),
        new("BatchNorm of one feature", "[Input(6, 1), BatchNorm, MeanSquaredError]", Tolerance: Statistics),
        new("BatchNorm behind Conv2D", "[Input(5, 4, 2), Conv2D(3, 2, UseBias = false), BatchNorm(Activation = Activation.ReLU), Flatten, Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("BatchNorm of 33 channels", "[Input(3, 3, 2), Conv2D(33, 1), BatchNorm(Activation = Activation.LeakyReLU), MeanSquaredError]", Tolerance: Statistics),
        new("BatchNorm of 256 places", "[Input(17, 17, 1), Conv2D(3, 2, UseBias = false), BatchNorm(Activation = Activation.ReLU), MeanSquaredError]", Tolerance: Statistics),
        new("BatchNorm with momentum and epsilon", "[Input(3, 4), Dense(4), BatchNorm(Momentum = 0.3, Epsilon = 0.01, Activation = Activation.Tanh), MeanSquaredError]", Tolerance: Statistics),
        new("BatchNorm frozen", "[Input(3, 4), Dense(4), BatchNorm(Trainable = false), Dense(2), MeanSquaredError]"),
        new("Two BatchNorms", "[Input(4, 4, 1), Conv2D(4, 2), BatchNorm(Activation = Activation.ReLU), Conv2D(3, 2), BatchNorm, MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm of a vector", "[Input(5), Dense(6), LayerNorm, Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm with GELU", "[Input(5), Dense(37), LayerNorm(Activation = Activation.GELU), Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm of rows", "[Input(4, 3), Dense(17), LayerNorm, Dense(2), MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm of the input", "[Input(4, 3), LayerNorm, MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm of one feature", "[Input(6, 1), LayerNorm, MeanSquaredError]"),
        new("LayerNorm of 64 features with ReLU", "[Input(5), Dense(64), LayerNorm(Activation = Activation.ReLU), MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm of 300 features", "[Input(5), Dense(300), LayerNorm, Dense(2), MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm behind Conv2D", "[Input(5, 4, 2), Conv2D(7, 2), LayerNorm(Activation = Activation.SiLU), Flatten, Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm with epsilon", "[Input(3, 4), Dense(4), LayerNorm(Epsilon = 0.01, Activation = Activation.Tanh), MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm frozen", "[Input(3, 4), Dense(4), LayerNorm(Trainable = false), Dense(2), MeanSquaredError]", Tolerance: Statistics),
        new("LayerNorm in a residual", "[Input(6), Dense(8, Name = \"x\"), LayerNorm, Dense(16, Activation = Activation.GELUTanh), Dense(8), Add(\"x\"), LayerNorm, Dense(2), MeanSquaredError]", Tolerance: Statistics),
        new("Two LayerNorms", "[Input(9), Dense(6), LayerNorm(Activation = Activation.ELU), Dense(5), LayerNorm, CrossEntropy]", Tolerance: Statistics),
        new("RMSNorm", "[Input(5), Dense(17), RMSNorm, Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("RMSNorm of rows with SiLU", "[Input(4, 3), Dense(37), RMSNorm(Epsilon = 0.01, Activation = Activation.SiLU), Dense(2), MeanSquaredError]", Tolerance: Statistics),
        new("RMSNorm frozen", "[Input(4, 3), RMSNorm(Trainable = false), Dense(2), MeanSquaredError]", Tolerance: Statistics),
        new("GroupNorm of an image", "[Input(5, 4, 2), Conv2D(6, 2), GroupNorm(3, Activation = Activation.ReLU), Flatten, Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("GroupNorm of one group", "[Input(3, 4, 2), Conv2D(5, 2), GroupNorm(1), MeanSquaredError]", Tolerance: Statistics),
        new("GroupNorm of single channels", "[Input(3, 4, 2), Conv2D(16, 1), GroupNorm(16, Epsilon = 0.01), MeanSquaredError]", Tolerance: Statistics),
        new("GroupNorm of a vector", "[Input(5), Dense(12), GroupNorm(3), Dense(2), MeanSquaredError]", Tolerance: Statistics),
        new("GroupNorm of the input, frozen", "[Input(3, 4), GroupNorm(2, Trainable = false), Dense(2), MeanSquaredError]", Tolerance: Statistics),
        new("SpatialDropout2D", "[Input(5, 4, 2), Conv2D(11, 2, Activation = Activation.ReLU), SpatialDropout2D(0.4), Flatten, Dense(3), MeanSquaredError]"),
        new("SpatialDropout2D of the input", "[Input(4, 4, 3), SpatialDropout2D(0.5), Conv2D(2, 2), MeanSquaredError]"),
        new("SpatialDropout2D 0", "[Input(4, 4, 3), SpatialDropout2D(0), Conv2D(2, 2), MeanSquaredError]"),
        new("Dropout 0.5", "[Input(7), Dense(19, Activation = Activation.ReLU), Dropout(0.5), Dense(3), MeanSquaredError]"),
        new("Dropout 0.1 of the input", "[Input(6, 5), Dropout(0.1), Dense(3), MeanSquaredError]"),
        new("Dropout 0.9 behind Conv2D", "[Input(5, 5, 2), Conv2D(3, 2, Activation = Activation.Tanh), Dropout(0.9), Flatten, Dense(2), MeanSquaredError]"),
        new("Dropout 0", "[Input(6), Dropout(0), Dense(3), MeanSquaredError]"),
        new("Two Dropouts of different masks", "[Input(9), Dropout(0.3), Dense(9), Dropout(0.3), Dense(4), MeanSquaredError]"),
        new("Dropout of one element", "[Input(1), Dense(1), Dropout(0.4), MeanSquaredError]"),
        new("Dropout, then BatchNorm", "[Input(5), Dense(6), Dropout(0.25), BatchNorm, Dense(3), MeanSquaredError]", Tolerance: Statistics),
        new("Dropout just before the loss", "[Input(17), Dense(5), Dropout(0.5), MeanSquaredError]"),
        new("Dropout of the input just before the loss", "[Input(5, 3), Dropout(0.3), MeanSquaredError(Target = \"input\")]"),
        new("Outputs before and behind Dropout", "[Input(5), Dense(6), Output(\"before\"), Dropout(0.5), Output(\"behind\"), MeanSquaredError]"),
        new("An output before Dropout and a loss behind it", "[Input(5), Dense(6), Output(\"before\"), Dropout(0.5), CrossEntropy]"),
        new("Losses before and behind Dropout", "[Input(5), Dense(6), MeanSquaredError, Dropout(0.5), CrossEntropy]"),
        new("Rescale", "[Input(7), Rescale(1 / 255.0), Dense(3), MeanSquaredError]"),
        new("Rescale with offset", "[Input(2, 3), Rescale(2.5, -0.75), Dense(3), MeanSquaredError]"),
        new("Standardize", "[Input(3, 4), Standardize, Dense(3), MeanSquaredError]"),
        new("Rescale, then Standardize", "[Input(5), Rescale(0.5, 1), Standardize, Dense(3), MeanSquaredError]"),
        new("Rescale before Conv2D", "[Input(6, 6, 1), Rescale(1 / 4.0), Conv2D(3, 3, Activation = Activation.ReLU), MeanSquaredError]"),
    ];
}
