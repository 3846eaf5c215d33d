using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Lowering;

/// <summary>What an op does to its result before it is stored.</summary>
/// <param name="Expression">Operand 0 is the op's own result, operand i the i-th of <paramref name="Operands"/>.</param>
/// <param name="Columns">Extent of the result's last axis.</param>
internal sealed record Epilogue(ScalarExpression Expression, EquatableArray<EpilogueOperand> Operands, int Columns);

/// <summary>How an operand of an epilogue is reached. See <see cref="Passes.EpilogueAccess"/>.</summary>
internal sealed record EpilogueOperand(bool Batched, int RowStride, int ColumnStride);
