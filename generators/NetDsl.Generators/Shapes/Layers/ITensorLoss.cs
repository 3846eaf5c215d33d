namespace NetDsl.Generators.Shapes.Layers;

/// <summary>A loss with tensors of its own, which it has in a network that was inserted into another too, where it is no loss.</summary>
internal interface ITensorLoss
{
    /// <summary>Declares them for the current tensor.</summary>
    void DeclareTensors(LayerContext context);
}
