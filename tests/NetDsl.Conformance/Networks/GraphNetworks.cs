namespace NetDsl.Conformance.Networks;

/// <summary>Branches, merges, blocks, residuals, several inputs and outputs, and tensors under other shapes.</summary>
public sealed class GraphNetworks : INetworkFamily
{
    private const string Basic =
        """
        [Block]
        [Conv2D(Width, 3, Stride = Stride, Pad = 1, UseBias = false), BatchNorm(Activation = Activation.ReLU)]
        [Conv2D(Width, 3, Pad = 1, UseBias = false), BatchNorm]
        internal partial class Basic { const int Width = 3, Stride = 1; }

        [Block]
        [Conv2D(Width, 1, Stride = Stride, UseBias = false), BatchNorm]
        internal partial class Projection { const int Width = 3, Stride = 1; }
        """;

    private const string Wide =
        """
        [Block]
        [Dense(Width * 2, Activation = Activation.Tanh), Dense(Width)]
        internal partial class Wide { const int Width = 6; }
        """;

    private const string Inner =
        """
        [Network]
        [Input(5), Dense(7, UseBias = false), BatchNorm(Activation = Activation.Tanh), Dense(4, Trainable = false, Name = "fixed")]
        [MeanSquaredError]
        internal partial class Inner;

        [Network]
        [TokenInput(6, 9, PaddingId = 0), Embedding(5), GRU(4)]
        internal partial class Reader;
        """;

    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        new("A network in a network", "[Input(3), Dense(5), Block<Inner>, Dense(2), MeanSquaredError]", Inner, Tolerance: 1e-3),
        new("A frozen network in a network", "[Input(3), Dense(5, Name = \"a\"), Block<Inner>(Trainable = false), Dense(2), MeanSquaredError]", Inner),
        new("Two uses of one network's weights", "[Input(5), Block<Plain>(Name = \"One\"), From(\"input\"), Dense(5), Block<Plain>(WeightsOf = \"One\", Name = \"Two\"), Subtract(\"One\"), MeanSquaredError]", "[Network, Input(5), Dense(6, Activation = Activation.ReLU), Dense(4)] internal partial class Plain;"),
        new("A reader of padded tokens in a network", "[TokenInput(6, 9), Block<Reader>, Dense(2), MeanSquaredError]", Inner),
        new("Add", "[Input(5), Dense(7, Name = \"a\"), Dense(7), Add(\"a\"), Dense(3), MeanSquaredError]"),
        new("Add of the layer's own input", "[Input(32), Dense(32, Activation = Activation.ReLU, Name = \"a\"), Dense(32), Add(\"a\"), MeanSquaredError]"),
        new("Add of three", "[Input(5), Dense(4, Name = \"a\", Activation = Activation.ReLU), Dense(4, Name = \"b\"), Dense(4), Add(\"a\", \"b\"), Activation(Activation.Tanh), MeanSquaredError]"),
        new("Add of the same tensor twice", "[Input(5), Dense(4, Name = \"a\"), Dense(4), Add(\"a\", \"a\"), MeanSquaredError]"),
        new("Add of the input", "[Input(6), Dense(6, Activation = Activation.ReLU), Add(\"input\"), MeanSquaredError]"),
        new("Multiply", "[Input(5), Dense(7, Name = \"a\", Activation = Activation.Sigmoid), From(\"input\"), Dense(7), Multiply(\"a\"), Dense(3), MeanSquaredError]"),
        new("Multiply of three", "[Input(5), Dense(4, Name = \"a\"), Dense(4, Name = \"b\"), Dense(4), Multiply(\"a\", \"b\"), MeanSquaredError]"),
        new("Multiply with itself", "[Input(5), Dense(4, Name = \"a\"), Multiply(\"a\"), MeanSquaredError]"),
        new("Multiply by one number a channel", "[Input(5, 4, 2), Conv2D(6, 2, Name = \"image\"), GlobalAveragePool2D, Dense(6, Activation = Activation.Sigmoid), Reshape(1, 1, 6), Multiply(\"image\"), Flatten, Dense(2), MeanSquaredError]"),
        new("Multiply by one number a row", "[Input(3, 4), Dense(5, Name = \"a\"), From(\"input\"), Dense(1), Multiply(\"a\"), MeanSquaredError]"),
        new("Subtract", "[Input(5), Dense(7, Name = \"a\"), From(\"input\"), Dense(7), Subtract(\"a\"), Activation(Activation.Tanh), MeanSquaredError]"),
        new("Average of three", "[Input(5), Dense(4, Name = \"a\"), Dense(4, Name = \"b\"), Dense(4), Average(\"a\", \"b\"), MeanSquaredError]"),
        new("Maximum and Minimum", "[Input(5), Dense(9, Name = \"a\"), From(\"input\"), Dense(9, Name = \"b\"), Maximum(\"a\", Name = \"most\"), From(\"b\"), Minimum(\"a\"), Concat(\"most\"), Dense(2), MeanSquaredError]"),
        new("Maximum of three images", "[Input(4, 3, 2), Conv2D(3, 2, Name = \"a\"), From(\"input\"), Conv2D(3, 2, Name = \"b\"), From(\"input\"), Conv2D(3, 2), Maximum(\"a\", \"b\"), MeanSquaredError]"),
        new("Dot", "[Input(5), Dense(7, Name = \"a\"), From(\"input\"), Dense(7), Dot(\"a\"), MeanSquaredError]"),
        new("Dot of rows, normalized", "[Input(3, 5), Dense(17, Name = \"a\"), From(\"input\"), Dense(17), Dot(\"a\", Normalize = true), MeanSquaredError]"),
        new("Slice of a vector", "[Input(5), Dense(9), Slice(2, 4), Dense(3), MeanSquaredError]"),
        new("Slice from the end", "[Input(4, 6), Slice(-2, 2, Axis = 0), Dense(3), MeanSquaredError]"),
        new("Slices of columns side by side", "[Input(3, 9), Dense(8, Name = \"all\"), Slice(0, 3, Name = \"left\"), From(\"all\"), Slice(5, 3), Subtract(\"left\"), MeanSquaredError]"),
        new("Split into three, the last first", "[Input(3, 4), Dense(9), Split(\"a\", \"b\", \"c\"), From(\"c\"), Subtract(\"a\"), Multiply(\"b\"), MeanSquaredError]"),
        new("Split of unequal parts, on rows", "[Input(7, 3), Dense(4), Split(\"head\", \"tail\", Sizes = [2, 5], Axis = 0), Dense(3), MeanSquaredError, From(\"tail\"), Flatten, Dense(3), MeanSquaredError(Name = \"other\")]"),
        new("A class token before rows", "[Input(3, 4), Dense(5, Name = \"rows\"), Parameter(1, 5), Concat(\"rows\", Axis = 0), MultiHeadAttention(1), Slice(0, 1, Axis = 0), Flatten, Dense(2), MeanSquaredError]"),
        new("Learned queries of an attention", "[Input(6, 4), Dense(8, Name = \"rows\"), Parameter(3, 8, Initializer = Initializer.RandomNormal), MultiHeadAttention(2, Context = \"rows\"), MeanSquaredError]"),
        new("A learned vector, added and multiplied", "[Input(5), Dense(7, Name = \"a\"), Parameter(7, Initializer = Initializer.Ones), Multiply(\"a\", Name = \"b\"), Parameter(7, Trainable = false), Add(\"b\"), MeanSquaredError]"),
        new("A network of a learned tensor alone, and an input beside it", "[Input(3), Dense(4, Name = \"a\"), Parameter(4), MeanSquaredError(Target = \"a\")]"),
        new("Slice of everything", "[Input(5), Dense(4), Slice(0, 4), MeanSquaredError]"),
        new("Concat of vectors", "[Input(5), Dense(16, Name = \"a\", Activation = Activation.ReLU), From(\"input\"), Dense(32, Activation = Activation.GELU), Concat(\"a\"), Dense(3), MeanSquaredError]"),
        new("Concat of odd vectors", "[Input(5), Dense(3, Name = \"a\"), Dense(4), Concat(\"a\", \"input\"), MeanSquaredError]"),
        new("Concat of the same tensor twice", "[Input(5), Dense(3, Name = \"a\"), Activation(Activation.Tanh), Concat(\"a\", \"a\"), Dense(2), MeanSquaredError]"),
        new("Concat of channels", "[Input(4, 5, 2), Conv2D(3, 3, Pad = 1, Name = \"a\"), From(\"input\"), Conv2D(16, 1, Name = \"b\"), Concat(\"a\", \"input\"), Conv2D(2, 2), MeanSquaredError]"),
        new("Concat of rows", "[Input(4, 5, 2), Conv2D(3, 3, Name = \"a\"), From(\"input\"), Conv2D(3, 2, 3), Concat(\"a\", Axis = 0), MeanSquaredError]"),
        new("Concat of concats", "[Input(3), Dense(2, Name = \"a\"), Concat(\"input\", Name = \"b\"), Dense(4), Concat(\"b\", \"a\"), Dense(3), MeanSquaredError]"),
        new("Permute of a matrix", "[Input(5), Dense(12), Reshape(3, 4), Permute(1, 0), Dense(2), MeanSquaredError]"),
        new("Permute of an image", "[Input(4, 3, 2), Conv2D(5, 2), Permute(2, 0, 1), Conv2D(3, 2), MeanSquaredError]"),
        new("Permute that keeps the last axis", "[Input(4, 3, 2), Conv2D(8, 2), Permute(1, 0, 2), Conv2D(2, 2), MeanSquaredError]"),
        new("Permute of the input, there and back", "[Input(4, 3), Permute(1, 0), Dense(4), Permute(1, 0), Dense(2), MeanSquaredError]"),
        new("Permute of nothing", "[Input(4, 3), Permute(0, 1), Dense(2), MeanSquaredError]"),
        new("Reshape", "[Input(12), Dense(12, Activation = Activation.ReLU), Reshape(3, 4), Dense(2), Reshape(-1), Dense(3), MeanSquaredError]"),
        new("Reshape to an image", "[Input(5), Dense(18), Reshape(3, 3, 2), Conv2D(3, 2), Flatten, Dense(2), MeanSquaredError]"),
        new("Reshape of the input", "[Input(12), Reshape(2, 6), Dense(3), MeanSquaredError]"),
        new("Flatten of the input", "[Input(3, 4), Flatten, Dense(3), MeanSquaredError]"),
        new("Reshape just before the loss", "[Input(5), Dense(6), Reshape(2, 3), MeanSquaredError]"),
        new("One tensor under two shapes", "[Input(6), Dense(12, Activation = Activation.ReLU, Name = \"a\"), Reshape(3, 4, Name = \"b\"), Dense(4), Add(\"b\"), Reshape(12), Add(\"a\"), MeanSquaredError]"),
        new("Two inputs", "[Input(4, Name = \"left\"), Dense(3, Name = \"a\"), Input(5, Name = \"right\"), Dense(3), Add(\"a\"), MeanSquaredError]"),
        new("Two inputs of different ranks", "[Input(4, 4, 1, Name = \"image\"), Conv2D(2, 2), Flatten(Name = \"a\"), Input(3, Name = \"facts\"), Concat(\"a\"), Dense(3), CrossEntropy]"),
        new("Three outputs", "[Input(4), Dense(5, Activation = Activation.Tanh), Output(\"code\"), Dense(3), Output(\"middle\"), Dense(2), Output(\"end\")]"),
        new("An output and a loss", "[Input(4), Dense(3, Activation = Activation.ReLU), Output(\"code\"), Dense(4), MeanSquaredError(Target = \"input\")]"),
        new("Outputs of two branches", "[Input(4), Dense(5, Name = \"stem\", Activation = Activation.ReLU), Dense(3), Output(\"a\"), From(\"stem\"), Dense(2), Output(\"b\")]"),
        new("Two tasks on two inputs", "[Input(4, Name = \"x\"), Dense(5, Name = \"a\"), Input(3, Name = \"y\"), Dense(5), Add(\"a\"), Activation(Activation.Tanh, Name = \"both\"), Dense(3), CrossEntropy(Name = \"kind\"), From(\"both\"), Dense(1), MeanSquaredError(Name = \"size\", Weight = 0.25)]"),
        new("Block", "[Input(5), Block<Wide>, Dense(3), MeanSquaredError]", Wide),
        new("Block with an argument, repeated", "[Input(5), Block<Wide>(4, Repeat = 3), MeanSquaredError]", Wide),
        new("Residual", "[Input(6), Residual<Wide>, MeanSquaredError]", Wide),
        new("Residual with activation, repeated", "[Input(6), Residual<Wide>(6, Repeat = 3, Activation = Activation.ReLU), MeanSquaredError]", Wide),
        new("Residual blocks of convolutions", "[Input(4, 5, 3), Residual<Basic>(3, Repeat = 2, Activation = Activation.ReLU), Flatten, Dense(3), CrossEntropy]", Basic, Tolerance: 5e-3),
        new("Residual with projection", "[Input(6, 6, 2), Residual<Basic, Projection>(4, 2, Activation = Activation.ReLU), AveragePool2D(3), Flatten, Dense(3), CrossEntropy]", Basic, Tolerance: 5e-3),
        new("An autoencoder of images", "[Input(6, 6, 1), Conv2D(3, 3, Activation = Activation.ReLU), Flatten, Dense(5, Activation = Activation.Tanh), Output(\"code\"), Dense(36, Activation = Activation.Sigmoid), Reshape(6, 6, 1), BinaryCrossEntropy(Target = \"input\")]"),
        new("The README's network on a small image", "[Input(12, 12, 1), Rescale(1 / 255.0), Conv2D(8, 3, Activation = Activation.ReLU), MaxPool2D(2), Flatten, Dense(16, Activation = Activation.ReLU), Dense(10), CrossEntropy]"),
    ];
}
