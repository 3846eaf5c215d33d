namespace NetDsl;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000). Shape (time, features) becomes (units), the state after the last step, or with <see cref="RecurrentAttribute.ReturnSequences"/> (time, units).
/// </summary>
/// <param name="units">Units of the state; at least 1.</param>
/// <example><code>[LSTM(64)]</code></example>
/// <remarks>With a = x[t] W + y[t - 1] U + b in four gates i, f, g, o: c[t] = σ(f) c[t - 1] + σ(i) tanh(g), y[t] = σ(o) tanh(c[t]). Parameters: <c>weight</c> (features, 4 · units), <c>recurrentWeight</c> (units, 4 · units), <c>bias</c> (4 · units), which starts at 1 for f and at 0 elsewhere. As Keras's <c>LSTM</c>, gates in its order; PyTorch's has the same order, transposes, and two biases, whose sum this is.</remarks>
public sealed class LSTMAttribute(int units) : RecurrentAttribute(units);
