namespace NetDsl.Samples;

/// <summary>What a sample does where the command line does not say otherwise.</summary>
/// <param name="Description">One sentence for <c>--help</c>.</param>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="Batch">Samples of a step.</param>
/// <param name="Weights">The file that the weights are saved in.</param>
public sealed record SampleInfo(string Description, int Epochs, int Batch, string Weights);
