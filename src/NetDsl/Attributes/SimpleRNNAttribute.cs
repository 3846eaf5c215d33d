namespace NetDsl;

/// <summary>
/// A recurrent layer: each state is a tanh of the features and the state before (Elman 1990). Shape (time, features) becomes (units), the state after the last step, or with <see cref="RecurrentAttribute.ReturnSequences"/> (time, units).
/// </summary>
/// <param name="units">Units of the state; at least 1.</param>
/// <example><code>[SimpleRNN(64)]</code></example>
/// <remarks>y[t] = tanh(x[t] W + y[t - 1] U + b). Parameters: <c>weight</c> (features, units), <c>recurrentWeight</c> (units, units), <c>bias</c> (units). As Keras's <c>SimpleRNN</c>; PyTorch's <c>RNN</c> has two biases, whose sum this is.</remarks>
public sealed class SimpleRNNAttribute(int units) : RecurrentAttribute(units);
