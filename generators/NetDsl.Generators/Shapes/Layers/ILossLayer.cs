namespace NetDsl.Generators.Shapes.Layers;

/// <summary>A layer that is a sink: a loss on the current tensor, from which the chain goes on.</summary>
internal interface ILossLayer;
