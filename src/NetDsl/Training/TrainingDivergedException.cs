namespace NetDsl;

/// <summary>
/// The loss became infinite or not a number. The training stopped before the step by that loss, so the weights are those
/// that gave it. The running statistics of <c>[BatchNorm]</c> are part of the forward pass and may hold that step's numbers already.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string message, FitResult result)
        : base(message) => Result = result;

    /// <summary>The training until then.</summary>
    public FitResult Result { get; }
}
