namespace NetDsl;

/// <summary>Sees the output of a layer.</summary>
/// <param name="layer">Path of the layer, as in <c>Summary</c>.</param>
/// <param name="shape">Samples, then the layer's shape per sample.</param>
/// <param name="values">The output in row-major order. Valid during the call only.</param>
public delegate void LayerInspector(string layer, ReadOnlySpan<int> shape, ReadOnlySpan<float> values);
