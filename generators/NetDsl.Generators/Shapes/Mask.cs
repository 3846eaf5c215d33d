using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>At which places of a sequence there is something.</summary>
/// <param name="Value">1 there, 0 at padding; a number for each place.</param>
/// <param name="Padding">The tokens that make a place padding.</param>
internal sealed record Mask(Value Value, EquatableArray<PaddingValue> Padding);
