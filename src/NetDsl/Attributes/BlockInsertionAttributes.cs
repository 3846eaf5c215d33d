namespace NetDsl;

/// <summary>
/// Inserts a block or a network: its layers work on the current tensor, and the result of its last one becomes current. Losses and outputs of a network are left out, and the
/// class gets a member that is that network, over the same weights.
/// </summary>
/// <typeparam name="T">A class under <see cref="BlockAttribute"/>, or one under <see cref="NetworkAttribute"/> with one input.</typeparam>
/// <param name="arguments">Values of the block's <c>const</c> fields in source order; those that are absent keep their own.</param>
/// <example><code>[Block&lt;ConvUnit&gt;(32, Repeat = 2)]</code></example>
public sealed class BlockAttribute<T>(params object[] arguments) : LayerAttribute
{
    /// <summary>The values that were given.</summary>
    public object[] Arguments { get; } = arguments;

    /// <summary>How often the block is inserted, one after the other, each with weights of its own (<c>stage/1</c>, <c>stage/2</c>, ...). From 1 to 1000; default 1. Not for networks.</summary>
    public int Repeat { get; set; } = 1;

    /// <summary><see langword="false"/> freezes every tensor of the block: the optimizer leaves it as it is. A network that is inserted trains its own all the same. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}

/// <summary>
/// A residual connection (He et al. 2015): y = activation(T(x) + x). The block must give back the shape it was given.
/// </summary>
/// <typeparam name="T">A class under <see cref="BlockAttribute"/>: the body.</typeparam>
/// <param name="arguments">Values of the block's <c>const</c> fields in source order; those that are absent keep their own.</param>
/// <example><code>[Residual&lt;Basic&gt;(64, Repeat = 2, Activation = Activation.ReLU)]</code></example>
public sealed class ResidualAttribute<T>(params object[] arguments) : LayerAttribute
{
    /// <summary>The values that were given.</summary>
    public object[] Arguments { get; } = arguments;

    /// <summary>How often the residual connection is inserted, one after the other, each with weights of its own. From 1 to 1000; default 1.</summary>
    public int Repeat { get; set; } = 1;

    /// <summary>Applied to the sum. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary><see langword="false"/> freezes every tensor of the block: the optimizer leaves it as it is. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}

/// <summary>
/// A residual connection whose input is brought to the body's shape by a second block (the projection of He et al.
/// 2015): y = activation(TBody(x) + TShortcut(x)). Both must give the same shape.
/// </summary>
/// <typeparam name="TBody">A class under <see cref="BlockAttribute"/>: the body.</typeparam>
/// <typeparam name="TShortcut">A class under <see cref="BlockAttribute"/>: what the input passes through.</typeparam>
/// <param name="arguments">
/// Values of the <c>const</c> fields of both blocks by position; the block that has fewer takes the first ones.
/// </param>
/// <example><code>[Residual&lt;Basic, Projection&gt;(128, 2, Activation = Activation.ReLU)]</code></example>
public sealed class ResidualAttribute<TBody, TShortcut>(params object[] arguments) : LayerAttribute
{
    /// <summary>The values that were given.</summary>
    public object[] Arguments { get; } = arguments;

    /// <summary>How often the residual connection is inserted, one after the other, each with weights of its own. From 1 to 1000; default 1.</summary>
    public int Repeat { get; set; } = 1;

    /// <summary>Applied to the sum. Default: none.</summary>
    public Activation Activation { get; set; }

    /// <summary><see langword="false"/> freezes every tensor of both blocks: the optimizer leaves them as they are. Default: <see langword="true"/>.</summary>
    public bool Trainable { get; set; } = true;
}
