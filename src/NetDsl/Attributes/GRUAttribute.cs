namespace NetDsl;

/// <summary>
/// A gated recurrent unit (Cho et al. 2014), with the reset after the product. Shape (time, features) becomes (units), the state after the last step, or with <see cref="RecurrentAttribute.ReturnSequences"/> (time, units).
/// </summary>
/// <param name="units">Units of the state; at least 1.</param>
/// <example><code>[GRU(64)]</code></example>
/// <remarks>With a = y[t - 1] U + d in three gates: z, r = σ(x[t] W + b + a), n = tanh(x[t] W + b + r a), y[t] = z y[t - 1] + (1 - z) n. Parameters: <c>weight</c> (features, 3 · units), <c>recurrentWeight</c> (units, 3 · units), <c>bias</c> and <c>recurrentBias</c> (3 · units). As Keras's <c>GRU(reset_after=True)</c>, its default, gates in the order z, r, n; PyTorch's is the same with the order r, z, n and transposes.</remarks>
public sealed class GRUAttribute(int units) : RecurrentAttribute(units);
