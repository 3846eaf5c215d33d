namespace NetDsl;

/// <summary>An activation as a layer of its own. Any shape, kept (softmax needs at least one axis). No parameters.</summary>
/// <param name="kind">Which function.</param>
/// <example><code>[Activation(Activation.Tanh)]</code></example>
public sealed class ActivationAttribute(Activation kind) : LayerAttribute
{
    /// <summary>Which function.</summary>
    public Activation Kind { get; } = kind;
}
