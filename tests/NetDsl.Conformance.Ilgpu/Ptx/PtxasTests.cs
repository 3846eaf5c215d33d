using System.Globalization;
using System.Text;
using NetDsl.Gpu;
using Xunit;

namespace NetDsl.Conformance.Ilgpu.Ptx;

/// <summary>Every kernel assembled for compute capability 9.0, where NVIDIA's assembler is there to do it.</summary>
public class PtxasTests
{
    public static TheoryData<string> Networks => [.. PtxNetworks.Names];

    /// <summary>Where NETDSL_PTXAS_TABLE names a folder, each network leaves its table there, as docs/performance.md shows it.</summary>
    [PtxasTheory]
    [MemberData(nameof(Networks))]
    public void No_kernel_spills_registers(string network)
    {
        var table = new StringBuilder($"| {network} | layer | PTX instructions | registers | spilled bytes | shared bytes |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (GpuKernel kernel in PtxNetworks.KernelsOf(network))
        {
            Ptxas figures = Ptxas.Of(kernel);
            table.Append(CultureInfo.InvariantCulture, $"| `{kernel.Name}` | {kernel.Layer} | {PtxCode.Of(kernel).Instructions} | {figures.Registers} | {figures.SpillBytes} | {figures.SharedBytes} |\n");
            Assert.True(figures.SpillBytes == 0 && figures.StackBytes == 0, $"{kernel.Name} ({kernel.Layer}) spills {figures.SpillBytes} bytes and has a stack of {figures.StackBytes}.");
        }

        if (Environment.GetEnvironmentVariable("NETDSL_PTXAS_TABLE") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, network + ".md"), table.ToString());
    }
}
