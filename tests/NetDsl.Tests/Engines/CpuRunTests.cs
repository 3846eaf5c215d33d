using NetDsl.Cpu;
using NetDsl.Engines;
using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Engines;

public class CpuRunTests
{
    /// <summary>Else it would run on the memory of the batch before.</summary>
    [Fact]
    public void A_run_whose_memory_did_not_suffice_is_not_prepared()
    {
        LinearPrograms programs = new("Tiny", 2, 3, LossKind.CrossEntropy);
        using LinearNetwork network = LinearNetwork.Create(programs);
        using CpuRun run = new((CpuEngine)((INetwork)network).Runtime.Engine, keepsCapacity: false);
        CpuProgram program = programs.Programs.Predict;
        run.Prepare(program, 4, whole: true);
        CpuProgram tooLarge = program with { Scratch = (_, _) => new WorkingMemory(shared: long.MaxValue / 8) };
        for (int attempt = 0; attempt < 2; attempt++) Assert.ThrowsAny<Exception>(() => run.Prepare(tooLarge, 4, whole: true));
        Assert.Throws<InvalidOperationException>(() => run.Execute(default, null));
        run.Prepare(program, 4, whole: true);
        run.Execute(default, null);
    }
}
