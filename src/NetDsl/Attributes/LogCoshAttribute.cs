namespace NetDsl;

/// <summary>
/// The loss of a regression: log cosh(y - t), the mean over the elements of a sample: about ½ (y - t)² near the target and |y - t| - log 2 far from it. Any shape; the target has the same.
/// </summary>
/// <example><code>[Dense(1), LogCosh]</code></example>
/// <remarks>As Keras's <c>LogCosh</c>. Computed as softplus(-2d) + d - log 2, which does not overflow.</remarks>
public sealed class LogCoshAttribute : LossAttribute;
