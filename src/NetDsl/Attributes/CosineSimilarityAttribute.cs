namespace NetDsl;

/// <summary>
/// 1 minus the cosine of the angle between result and target along the last axis; the mean over the rows of a sample: 0 for the same direction, 2 for the opposite one. Shape (..., n); the target has the same.
/// </summary>
/// <example><code>[Dense(16), CosineSimilarity(Target = "other")]</code></example>
/// <remarks>PyTorch's <c>CosineEmbeddingLoss</c> for pairs that belong together; Keras's <c>CosineSimilarity</c> is the negative cosine, 1 less.</remarks>
public sealed class CosineSimilarityAttribute : LossAttribute;
