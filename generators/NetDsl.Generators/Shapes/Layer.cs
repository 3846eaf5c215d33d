namespace NetDsl.Generators.Shapes;

/// <summary>
/// One kind of layer attribute: checks its arguments and the current tensor, and builds primitive ops. To add a layer,
/// derive from this in a file of its own under Layers; it is found by its type.
/// </summary>
internal abstract class Layer
{
    /// <summary>The attribute's name without the suffix.</summary>
    public virtual string Kind
    {
        get
        {
            string name = GetType().Name;
            return name.EndsWith("Layer", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Layer".Length) : name;
        }
    }

    /// <summary>What becomes of the mask of what it reads.</summary>
    public virtual Masking Masking => Masking.Drops;

    /// <summary>
    /// Builds the layer. Reads <see cref="LayerContext.Input"/> and the arguments, adds nodes to
    /// <see cref="LayerContext.Graph"/> and sets <see cref="LayerContext.Output"/>.
    /// </summary>
    /// <exception cref="ShapeErrorException">Something does not fit; it carries the diagnostic.</exception>
    public abstract void Build(LayerContext context);
}
