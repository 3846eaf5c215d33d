namespace NetDsl.Generators.Shapes.Layers;

/// <summary>A layer that starts a chain from a column of the data set.</summary>
internal interface IInputLayer;
