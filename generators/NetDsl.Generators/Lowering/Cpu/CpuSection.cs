using NetDsl.Generators.IR;

namespace NetDsl.Generators.Lowering.Cpu;

/// <summary>The calls of one layer and direction in a row: what is timed together.</summary>
/// <param name="First">Index of the first call.</param>
/// <param name="Flops">Floating-point operations a sample.</param>
/// <param name="SampleBytes">Bytes a sample that the calls read and write: each call's results and operands once.</param>
/// <param name="FixedBytes">The same of tensors without batch axis.</param>
internal sealed record CpuSection(int First, long Flops, long SampleBytes, long FixedBytes)
{
    private const int BytesPerElement = 4;

    /// <summary>The sections of a program's calls.</summary>
    public static IReadOnlyList<CpuSection> Of(IReadOnlyList<CpuCall> calls)
    {
        var sections = new List<CpuSection>();
        for (int first = 0, next; first < calls.Count; first = next)
        {
            next = first + 1;
            while (next < calls.Count && calls[next].Origin.Equals(calls[first].Origin)) next++;
            CpuCall[] own = [.. calls.Skip(first).Take(next - first)];
            long Bytes(bool batched) => own.Sum(call => call.Arguments
                .Where(argument => argument.Type.Batched == batched)
                .Select(argument => (argument.Placement, argument.Type.Elements))
                .Distinct()
                .Sum(argument => (long)BytesPerElement * argument.Elements));
            sections.Add(new CpuSection(first, own.Sum(call => call.Node is null ? 0 : OpCosts.Flops(call.Node)), Bytes(true), Bytes(false)));
        }

        return sections;
    }
}
