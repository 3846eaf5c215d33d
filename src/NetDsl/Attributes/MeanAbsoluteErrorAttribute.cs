namespace NetDsl;

/// <summary>
/// The loss of a regression: |y - t|, the mean over the elements of a sample. Any shape; the target has the same.
/// </summary>
/// <example><code>[Dense(1), MeanAbsoluteError]</code></example>
/// <remarks>As Keras's <c>MeanAbsoluteError</c> and PyTorch's <c>L1Loss</c>. Far outliers pull less than under the squared error.</remarks>
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;
