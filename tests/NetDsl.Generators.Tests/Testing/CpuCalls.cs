using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Generators.Emit;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Tests.Testing;

/// <summary>What a program for the CPU calls.</summary>
internal static class CpuCalls
{
    /// <summary>The calls of one program of the network of these layers.</summary>
    public static IReadOnlyList<CpuCall> Of(string layers, string program)
    {
        var spec = NetworkGraphs.Of(new NetworkCase("", layers).Source, NetworkCase.Type).Spec;
        return EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == program).Calls;
    }
}
