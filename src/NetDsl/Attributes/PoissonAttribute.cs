namespace NetDsl;

/// <summary>
/// The loss of counts (a Poisson regression): y - t log(y + 1e-7) with y the expected count, which must be positive; the mean over the elements of a sample. Any shape; the target has the same.
/// </summary>
/// <example><code>[Dense(1, Activation = Activation.Softplus), Poisson]</code></example>
/// <remarks>As Keras's <c>Poisson</c> and PyTorch's <c>PoissonNLLLoss(log_input=False)</c>, which adds 1e-8. Put an exponential shape before it, such as <c>Activation.Softplus</c>.</remarks>
public sealed class PoissonAttribute : LossAttribute;
