using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>A layer that starts a chain from a column of the data set, or from a tensor of the network that its own was inserted into.</summary>
internal interface IInputLayer
{
    /// <summary>What the tensor would have to be, where it cannot stand for the column; else <see langword="null"/>.</summary>
    string? WhyNot(LayerContext context, Value tensor);

    /// <summary>Takes the tensor for the column.</summary>
    void Enter(LayerContext context, Value tensor);
}
