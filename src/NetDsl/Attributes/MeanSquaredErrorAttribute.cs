namespace NetDsl;

/// <summary>
/// The loss of a regression: (y - t)², the mean over the elements of a sample. Any shape; the target has the same.
/// </summary>
/// <example><code>[Dense(1), MeanSquaredError]</code></example>
/// <remarks>As Keras's <c>MeanSquaredError</c> and PyTorch's <c>MSELoss</c>; no factor ½.</remarks>
public sealed class MeanSquaredErrorAttribute : LossAttribute;
