namespace NetDsl;

/// <summary>
/// The loss of a classification: -log softmax(z)[label], with the classes on the last axis of the current tensor and an
/// integer label per row; the mean over the rows of a sample. Shape (..., classes), at least 2 classes; labels (...).
/// </summary>
/// <example><code>[Dense(10), CrossEntropy]</code></example>
/// <remarks>
/// Reads the graph: after a softmax the current tensor means probabilities and the stable form on its logits is used, else
/// it means logits. <c>Predict</c> gives probabilities either way. As Keras's <c>SparseCategoricalCrossentropy</c>
/// and PyTorch's <c>CrossEntropyLoss</c>.
/// </remarks>
public sealed class CrossEntropyAttribute : LossAttribute;

/// <summary>
/// The loss of a classification whose classes are the members of an enum: as <see cref="CrossEntropyAttribute"/>, with
/// their names in reports and answers.
/// </summary>
/// <typeparam name="TEnum">The classes: as many members as the last axis is long, with the values 0, 1, 2, ...</typeparam>
/// <example><code>[Dense(3), CrossEntropy&lt;Species&gt;]</code></example>
public sealed class CrossEntropyAttribute<TEnum> : LossAttribute
    where TEnum : struct, Enum;
