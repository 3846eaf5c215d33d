using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>What Shapes makes of a spec.</summary>
/// <param name="Training">The forward graph as training runs it; <see langword="null"/> where there are errors.</param>
/// <param name="Inference">The forward graph as prediction runs it; both number the parameters alike.</param>
/// <param name="Layers">A row per layer, in order, for the hover and the summary.</param>
/// <param name="Diagnostics">Errors (at most one) and warnings.</param>
internal sealed record ShapeResult(
    Graph? Training,
    Graph? Inference,
    EquatableArray<LayerRow> Layers,
    EquatableArray<SpecDiagnostic> Diagnostics);

/// <summary>One layer in the table of layers.</summary>
/// <param name="Path">As in the names of its weights: <c>stage/2/Conv2D1</c>.</param>
/// <param name="Kind">The attribute.</param>
/// <param name="Detail">Effective values worth showing: <c>3x3, ReLU</c>.</param>
/// <param name="Output">Shape of its result, per sample.</param>
/// <param name="Parameters">Elements of its trainable and frozen tensors.</param>
/// <param name="State">Elements of its state tensors.</param>
/// <param name="Flops">Floating-point operations of the forward pass per sample; a multiply-add counts two.</param>
internal sealed record LayerRow(
    string Path,
    string Kind,
    string Detail,
    EquatableArray<int> Output,
    long Parameters,
    long State,
    long Flops);
