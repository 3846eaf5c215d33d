namespace NetDsl;

/// <summary>
/// The square of <see cref="HingeAttribute"/>: max(0, 1 - t y)², the mean over the elements of a sample. Any shape; the target has the same, of -1 and 1.
/// </summary>
/// <example><code>[Dense(1), SquaredHinge]</code></example>
/// <remarks>As Keras's <c>SquaredHinge</c>.</remarks>
public sealed class SquaredHingeAttribute : LossAttribute;
