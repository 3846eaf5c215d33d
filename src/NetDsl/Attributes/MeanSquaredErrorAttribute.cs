namespace NetDsl;

/// <summary>
/// The loss of a regression: (y - t)², the mean over the elements of a sample. Any shape; the target has the same.
/// </summary>
/// <example><code>[Dense(1), MeanSquaredError]</code></example>
/// <remarks>As Keras's <c>MeanSquaredError</c> and PyTorch's <c>MSELoss</c>; no factor ½.</remarks>
public sealed class MeanSquaredErrorAttribute : LossAttribute
{
    /// <summary>
    /// Learns targets by their distance from their mean, in standard deviations: (y - (t - mean) / deviation)², with both for each element of the last axis. The first <c>Fit</c> takes them from its training
    /// data, they are saved with the weights, and <c>Predict</c> gives y · deviation + mean, numbers as the targets are. <c>Forward</c> gives y. Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>Prices in thousands and shares in hundredths are then learned at one rate. As scikit-learn's <c>TransformedTargetRegressor</c> with a <c>StandardScaler</c>.</remarks>
    public bool Standardize { get; set; }
}
