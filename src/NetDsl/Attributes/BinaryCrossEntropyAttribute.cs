namespace NetDsl;

/// <summary>
/// The loss of independent yes-or-no answers: -(t log p + (1 - t) log(1 - p)) with p = sigmoid(z) and targets t from 0 to
/// 1; the mean over the elements of a sample. Any shape; the target has the same.
/// </summary>
/// <example><code>[Dense(1), BinaryCrossEntropy]</code></example>
/// <remarks>
/// Reads the graph: after a sigmoid the current tensor means probabilities, else logits. Computed from the logits z as
/// max(z, 0) - z t + log(1 + exp(-|z|)), which never overflows. <c>Predict</c> gives probabilities. As Keras's
/// <c>BinaryCrossentropy</c> and PyTorch's <c>BCEWithLogitsLoss</c>.
/// </remarks>
public sealed class BinaryCrossEntropyAttribute : LossAttribute;
