using NetDsl.Generators.Model;

namespace NetDsl.Generators.Lowering;

/// <summary>
/// How an elementwise kernel reaches an operand: the element for (sample, o, i) is at
/// sample * stride + sum over digits of ((o / Divisor) % Extent) * Stride + i * InnerStride.
/// </summary>
/// <param name="Batched">The operand has a value per sample.</param>
/// <param name="Digits">The outer axes along which the operand has more than one element.</param>
/// <param name="InnerStride">1, or 0 where all neighbouring elements share.</param>
internal sealed record OperandAccess(bool Batched, EquatableArray<Digit> Digits, int InnerStride);

/// <summary>One digit of the outer index in the mixed radix of the outer axes.</summary>
internal sealed record Digit(int Divisor, int Extent, int Stride);
