namespace NetDsl;

/// <summary>
/// The class is a block: a reusable piece of network, inserted with <see cref="BlockAttribute{T}"/>,
/// <see cref="ResidualAttribute{T}"/> or <see cref="ResidualAttribute{TBody, TShortcut}"/>. Its <c>const</c> fields in
/// source order are its parameters, their values the defaults, and the arguments of its layers are expressions over them.
/// </summary>
/// <example>
/// <code>
/// [Block]
/// [Conv2D(Width, 3, Stride = Stride, Pad = 1, UseBias = false), BatchNorm(Activation = Activation.ReLU)]
/// [Conv2D(Width, 3, Pad = 1, UseBias = false), BatchNorm]
/// partial class Basic { const int Width = 64, Stride = 1; }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;
