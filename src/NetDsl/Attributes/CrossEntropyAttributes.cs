namespace NetDsl;

/// <summary>What the losses of a classification have in common.</summary>
public abstract class ClassificationLossAttribute : LossAttribute
{
    private protected ClassificationLossAttribute()
    {
    }

    /// <summary>
    /// s of (1 - s) (-log p[label]) + s times the mean over the classes of -log p: nothing is to be quite certain (Szegedy et al. 2016, section 7). 0 or more and less than 1; 0 unless given.
    /// </summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// The label of what does not count, such as padding; it need not be a class (255, -100). Its loss is 0, the mean over the rows of a sample is over those that count (0 where none does), and reports leave it out.
    /// None unless given.
    /// </summary>
    public int IgnoreIndex { get; set; }

    /// <summary>
    /// A factor for the loss of each class, in order; 0 or more, at most 4,096. The mean is still over the number of rows, as with Keras's <c>class_weight</c>; PyTorch divides by the sum of the weights. 1 for all unless
    /// given.
    /// </summary>
    public double[] ClassWeights { get; set; } = [];
}

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
public sealed class CrossEntropyAttribute : ClassificationLossAttribute;

/// <summary>
/// The loss of a classification whose classes are the members of an enum: as <see cref="CrossEntropyAttribute"/>, with
/// their names in reports and answers.
/// </summary>
/// <typeparam name="TEnum">The classes: as many members as the last axis is long, with the values 0, 1, 2, ...</typeparam>
/// <example><code>[Dense(3), CrossEntropy&lt;Species&gt;]</code></example>
public sealed class CrossEntropyAttribute<TEnum> : ClassificationLossAttribute
    where TEnum : struct, Enum;
