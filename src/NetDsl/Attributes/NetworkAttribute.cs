namespace NetDsl;

/// <summary>
/// The class is a neural network, made of the layer attributes that stand on it in source order. The compiler checks
/// every shape while the class is typed and writes the network's forward and backward code when it is built.
/// </summary>
/// <example>
/// <code>
/// [Network]
/// [Input(784), Rescale(1 / 255.0)]
/// [Dense(128, Activation = Activation.ReLU)]
/// [Dense(10)]
/// [CrossEntropy]
/// public partial class Digits;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>
    /// Keeps the output of every layer in memory, so that <c>Inspect</c> sees all of them; else it sees those that the
    /// memory plan keeps. Costs activation memory. Default: <see langword="false"/>.
    /// </summary>
    public bool Inspectable { get; set; }

    /// <summary>Also computes the gradient by the inputs in <c>Backward</c>. Default: <see langword="false"/>.</summary>
    public bool InputGradients { get; set; }

    /// <summary>How exactly matrix products are computed, where the device has a choice. Default: <see cref="Precision.Float32"/>.</summary>
    public Precision Precision { get; set; }
}
