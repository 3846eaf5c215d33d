namespace NetDsl.Conformance.Networks;

/// <summary>Every loss, alone and together, with weights, names and targets of the graph.</summary>
public sealed class LossNetworks : INetworkFamily
{
    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        new("CrossEntropy of logits", "[Input(6), Dense(10), CrossEntropy]"),
        new("CrossEntropy of two classes", "[Input(6), Dense(2), CrossEntropy]"),
        new("CrossEntropy of 37 classes", "[Input(6), Dense(37), CrossEntropy]"),
        new("CrossEntropy of 101 classes", "[Input(6), Dense(101), CrossEntropy]"),
        new("CrossEntropy after Softmax", "[Input(6), Dense(5, Activation = Activation.Softmax), CrossEntropy]"),
        new("CrossEntropy of rows", "[Input(3, 4), Dense(5), CrossEntropy]"),
        new("CrossEntropy with weight", "[Input(6), Dense(5), CrossEntropy(Weight = 0.3)]"),
        new("CrossEntropy of an enum", "[Input(6), Dense(3), CrossEntropy<Kind>]", "internal enum Kind { A, B, C }"),
        new("CrossEntropy of the input itself", "[Input(5), CrossEntropy]"),
        new("BinaryCrossEntropy of one logit", "[Input(6), Dense(1), BinaryCrossEntropy]"),
        new("BinaryCrossEntropy of many logits", "[Input(6), Dense(11), BinaryCrossEntropy]"),
        new("BinaryCrossEntropy after Sigmoid", "[Input(6), Dense(3, Activation = Activation.Sigmoid), BinaryCrossEntropy]"),
        new("BinaryCrossEntropy of an image", "[Input(3, 4, 2), Conv2D(1, 2), BinaryCrossEntropy(Weight = 2)]"),
        new("MeanSquaredError of one number", "[Input(3), Dense(1), MeanSquaredError]"),
        new("MeanSquaredError of an image", "[Input(3, 4, 2), Conv2D(2, 2), MeanSquaredError(Weight = 5)]"),
        new("MeanSquaredError with the input as target", "[Input(7), Dense(3, Activation = Activation.Tanh), Dense(7), MeanSquaredError(Target = \"input\")]"),
        new("MeanSquaredError with a named tensor as target", "[Input(7), Dense(4, Name = \"teacher\", Trainable = false), From(\"input\"), Dense(4), MeanSquaredError(Target = \"teacher\")]"),
        new("MeanSquaredError with a trained tensor as target", "[Input(7), Dense(4, Name = \"other\"), From(\"input\"), Dense(4), MeanSquaredError(Target = \"other\")]"),
        new("Two losses of one tensor", "[Input(6), Dense(4), MeanSquaredError(Name = \"near\", Weight = 0.5), CrossEntropy(Name = \"class\")]"),
        new("Three losses of one tensor", "[Input(6), Dense(4, Name = \"logits\"), MeanSquaredError(Target = \"logits\"), BinaryCrossEntropy, CrossEntropy]"),
        new("Three losses at three depths", "[Input(6), Dense(5, Activation = Activation.Tanh), MeanSquaredError(Name = \"hidden\", Weight = 0.1), Dense(4, Name = \"logits\"), CrossEntropy(Name = \"class\", Weight = 2), Dense(1), BinaryCrossEntropy(Name = \"yes\")]"),
        new("No loss", "[Input(6), Dense(5, Activation = Activation.ReLU), Dense(4)]"),
        new("No loss, Softmax at the end", "[Input(6), Dense(5, Activation = Activation.Softmax)]"),
    ];
}
