namespace NetDsl.Engines;

/// <summary>A layer whose output a program shows.</summary>
/// <param name="Layer">Path of the layer.</param>
/// <param name="Shape">Shape of its output, per sample.</param>
public sealed record ObservedLayer(string Layer, int[] Shape);
