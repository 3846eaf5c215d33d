namespace NetDsl.Engines;

/// <summary>The kernels of one layer and direction in a program.</summary>
/// <param name="Name">Layer, direction and shapes: <c>Dense1, forward: (784) to (128)</c>.</param>
/// <param name="Flops">Floating-point operations for one sample; a multiply-add counts two.</param>
/// <param name="SampleBytes">Bytes for one sample that the kernels read and write: each kernel's results and operands once.</param>
/// <param name="FixedBytes">The same of tensors without batch axis, weights and their gradients.</param>
public sealed record ProgramSection(string Name, long Flops, long SampleBytes, long FixedBytes);
