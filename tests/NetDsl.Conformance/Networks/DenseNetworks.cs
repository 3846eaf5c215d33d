namespace NetDsl.Conformance.Networks;

/// <summary>Dense layers of every width, and every activation behind them.</summary>
public sealed class DenseNetworks : INetworkFamily
{
    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        new("Dense 4 to 6", "[Input(4), Dense(6), MeanSquaredError]"),
        new("Dense one to one", "[Input(1), Dense(1), MeanSquaredError]"),
        new("Dense one to many", "[Input(1), Dense(37), MeanSquaredError]"),
        new("Dense many to one", "[Input(67), Dense(1), MeanSquaredError]"),
        new("Dense with prime widths", "[Input(13), Dense(31, Activation = Activation.ReLU), Dense(7), MeanSquaredError]"),
        new("Dense with widths of whole tiles", "[Input(64), Dense(128, Activation = Activation.ReLU), Dense(32), MeanSquaredError]"),
        new("Dense one more than whole tiles", "[Input(65), Dense(129, Activation = Activation.Tanh), Dense(33), MeanSquaredError]"),
        new("Dense one less than whole tiles", "[Input(63), Dense(95, Activation = Activation.Sigmoid), Dense(31), MeanSquaredError]"),
        new("Dense with a long sum", "[Input(1031), Dense(5), MeanSquaredError]"),
        new("Dense with long sums and wide results", "[Input(261), Dense(270, Activation = Activation.ReLU), Dense(3), MeanSquaredError]"),
        new("Dense with long sums and wide results of whole tiles", "[Input(256), Dense(256), Dense(2), MeanSquaredError]"),
        new("Dense without bias", "[Input(9), Dense(11, UseBias = false, Activation = Activation.ReLU), Dense(3, UseBias = false), MeanSquaredError]"),
        new("Dense on the last of two axes", "[Input(3, 5), Dense(4, Activation = Activation.Tanh), Dense(2), MeanSquaredError]"),
        new("Dense on the last axis, one row", "[Input(1, 6), Dense(3, Activation = Activation.ReLU), MeanSquaredError]"),
        new("Dense with a frozen layer", "[Input(5), Dense(7, Trainable = false, Activation = Activation.Tanh), Dense(3), MeanSquaredError]"),
        new("Dense with ReLU", "[Input(17), Dense(19, Activation = Activation.ReLU), MeanSquaredError]"),
        new("Dense with LeakyReLU", "[Input(17), Dense(19, Activation = Activation.LeakyReLU), MeanSquaredError]"),
        new("Dense with Sigmoid", "[Input(17), Dense(19, Activation = Activation.Sigmoid), MeanSquaredError]"),
        new("Dense with Tanh", "[Input(17), Dense(19, Activation = Activation.Tanh), MeanSquaredError]"),
        new("Dense with ELU", "[Input(17), Dense(19, Activation = Activation.ELU), MeanSquaredError]"),
        new("Dense with SiLU", "[Input(17), Dense(19, Activation = Activation.SiLU), MeanSquaredError]"),
        new("Dense with GELU", "[Input(17), Dense(19, Activation = Activation.GELU), MeanSquaredError]"),
        new("Dense with GELUTanh", "[Input(17), Dense(19, Activation = Activation.GELUTanh), MeanSquaredError]"),
        new("Dense with Softplus", "[Input(17), Dense(19, Activation = Activation.Softplus), MeanSquaredError]"),
        new("Dense with Softmax inside", "[Input(17), Dense(19, Activation = Activation.Softmax), Dense(3), MeanSquaredError]"),
        new("Dense with Softmax of 67 columns inside", "[Input(9), Dense(67, Activation = Activation.Softmax), Dense(3), MeanSquaredError]"),
        new("Softmax over rows", "[Input(3, 7), Dense(5, Activation = Activation.Softmax), MeanSquaredError]"),
        new("Activations as layers", "[Input(8), Activation(Activation.Tanh), Dense(6), Activation(Activation.LeakyReLU), Dense(5), Activation(Activation.Sigmoid), MeanSquaredError]"),
        new("Activations one after the other", "[Input(11), Dense(11), Activation(Activation.Tanh), Activation(Activation.ReLU), Activation(Activation.Sigmoid), MeanSquaredError]"),
        new("Smooth activations one after the other", "[Input(9), Dense(9), Activation(Activation.ELU), Activation(Activation.SiLU), Activation(Activation.GELU), Activation(Activation.GELUTanh), Activation(Activation.Softplus), MeanSquaredError]"),
        new("Smooth activations of the input", "[Input(3, 5), Activation(Activation.GELU), Dense(4, Activation = Activation.SiLU), Dense(4, Activation = Activation.ELU), Dense(2), MeanSquaredError]"),
        new("SiLU of a Sigmoid, whose names meet", "[Input(5), Dense(7, Activation = Activation.Sigmoid), Activation(Activation.SiLU), Dense(2), MeanSquaredError]"),
        new("Six layers", "[Input(10), Dense(9, Activation = Activation.Tanh), Dense(8, Activation = Activation.ReLU), Dense(7, Activation = Activation.Sigmoid), Dense(6, Activation = Activation.LeakyReLU), Dense(5, Activation = Activation.Tanh), Dense(4), MeanSquaredError]"),
    ];
}
