namespace NetDsl;

/// <summary>
/// y = (x - mean) / deviation, for each element of the last axis. Mean and deviation (biased; 1 where the data never
/// vary) are learned from the training data by the first <c>Fit</c> and saved with the weights. Any shape of at least one
/// axis, kept. Stands directly after an <see cref="InputAttribute"/> or its <see cref="RescaleAttribute"/>.
/// </summary>
/// <example><code>[Input(13), Standardize]</code></example>
/// <remarks>
/// State: <c>mean</c> and <c>deviation</c> (one number per element of the last axis) and <c>fitted</c> (one number, 1 once
/// they are learned). Keras's <c>Normalization</c> (axis -1), which stores the variance instead.
/// </remarks>
public sealed class StandardizeAttribute : LayerAttribute;
