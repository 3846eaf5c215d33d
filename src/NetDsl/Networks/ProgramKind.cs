namespace NetDsl.Networks;

/// <summary>The generated programs of a network.</summary>
public enum ProgramKind
{
    /// <summary>Forward, losses and gradients of the training graph.</summary>
    Train,

    /// <summary>Losses and predictions of the inference graph.</summary>
    Evaluate,

    /// <summary>Predictions: probabilities under a classification loss, numbers as the targets are under one of standardized targets, else the outputs as they are.</summary>
    Predict,

    /// <summary>Outputs as declared.</summary>
    Forward,

    /// <summary><see cref="Forward"/> with an observer, who is shown the whole batch at each layer.</summary>
    Inspect,

    /// <summary>Forward of the training graph, and gradients from given gradients of the outputs.</summary>
    Backward,

    /// <summary>One <c>[Output]</c> and its ancestors.</summary>
    Output,

    /// <summary>One place of a text, with what was computed of those before in caches.</summary>
    Generate,
}
