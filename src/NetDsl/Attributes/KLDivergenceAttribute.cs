namespace NetDsl;

/// <summary>
/// How far the distribution p along the last axis is from the target's t: the sum over the axis of t log(t / p), both limited to 1e-7 to 1; the mean over the rows of a sample. Shape (..., n); the target has the same.
/// </summary>
/// <example><code>[Dense(5, Activation = Activation.Softmax), KLDivergence]</code></example>
/// <remarks>As Keras's <c>KLDivergence</c> (Kullback and Leibler 1951). Put a softmax before it.</remarks>
public sealed class KLDivergenceAttribute : LossAttribute;
