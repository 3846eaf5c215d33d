namespace NetDsl;

/// <summary>
/// The loss of a classification by margin: max(0, 1 - t y), the mean over the elements of a sample. Any shape; the target has the same, of -1 and 1.
/// </summary>
/// <example><code>[Dense(1), Hinge]</code></example>
/// <remarks>As Keras's <c>Hinge</c>, which takes targets of 0 and 1 as well.</remarks>
public sealed class HingeAttribute : LossAttribute;
