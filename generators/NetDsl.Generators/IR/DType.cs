namespace NetDsl.Generators.IR;

/// <summary>Element types of tensors. F16 and BF16 take the next numbers when a target has them.</summary>
internal enum DType
{
    F32,
    I32,
    U8,
    Bool,
}
