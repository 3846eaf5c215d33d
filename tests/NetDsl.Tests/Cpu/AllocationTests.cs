using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

[Collection(MicroKernelTests.Name)]
public class AllocationTests
{
    [Fact]
    public void ARunOfATeamAllocatesNothingOnceItsKernelIsKnown()
    {
        using WorkerTeam team = new(2);
        void Step() => team.Run(new SpinKernel(), 8);
        for (int i = 0; i < 200; i++) Step();
        Thread.Sleep(5);
        Frames.AllocatesNothing(Step);

        // Once more with threads that have gone to sleep each time.
        Frames.AllocatesNothing(() =>
        {
            Thread.Sleep(1);
            Step();
        });
    }

    [Fact]
    public void NoBuildingBlockAllocatesAfterWarmUp()
    {
        const int Batch = 6;
        Conv2DGeometry conv = new(14, 14, 8, 3, 3, 16, 14, 14, 1, 1, 1, 1, 1, 1);
        Pool2DGeometry pool = new(14, 14, 16, 7, 7, 2, 2, 2, 2, 1, 1, 0, 0);
        int xs = 14 * 14 * 8, ys = 14 * 14 * 16, ps = 7 * 7 * 16;
        using WorkerTeam team = new(2);
        WorkingMemory most = WorkingMemory.Max(Conv2D.ForwardScratch(Batch, in conv, 2), WorkingMemory.Max(Conv2D.InputGradientScratch(Batch, in conv, 2), Conv2D.FilterGradientScratch(Batch, in conv)));
        most = WorkingMemory.Max(most, WorkingMemory.Max(MatMul.ForwardScratch(Batch, 1, ps, 10, 2), MatMul.WeightGradientScratch(Batch, 1, ps, 10)));
        most = WorkingMemory.Max(most, WorkingMemory.Max(Pool2D.MaxBackwardScratch(in pool), Reduction.SumScratch(Batch * 196, 16)));
        using Memory scratch = new(most, 2), x = new(Batch * xs, 1), w = new(3 * 3 * 8 * 16, 2), y = new(Batch * ys), pooled = new(Batch * ps);
        using Memory dense = new(ps * 10, 3), logits = new(Batch * 10), loss = new(Batch), labels = new(Batch), dw = new(ps * 10), dx = new(Batch * xs);
        for (int i = 0; i < Batch; i++) labels.Floats.AsInts()[i] = i % 10;
        CpuFrame f = Frames.Frame(Batch, team, scratch);

        void Step()
        {
            Conv2D.Forward(in f, x.View(xs), w.Floats, y.View(ys), in conv, default(PlaceEpilogue));
            Pool2D.MaxForward(in f, y.View(ys), pooled.View(ps), in pool, default(NoEpilogue));
            MatMul.Forward(in f, pooled.View(ps), dense.Floats, logits.View(10), 1, ps, 10, false, default(NoEpilogue));
            Softmax.CrossEntropyWithGradient(in f, logits.View(10), labels.View(1), loss.View(1), logits.View(10), 1, 10, 1f / Batch);
            MatMul.WeightGradient(in f, pooled.View(ps), logits.View(10), dw.Floats, 1, ps, 10, default(NoEpilogue));
            MatMul.Forward(in f, logits.View(10), dense.Floats, pooled.View(ps), 1, 10, ps, true, default(NoEpilogue));
            Pool2D.MaxBackward(in f, y.View(ys), pooled.View(ps), y.View(ys), in pool, default(NoEpilogue));
            Conv2D.FilterGradient(in f, x.View(xs), y.View(ys), w.Floats, in conv, default(NoEpilogue));
            Conv2D.InputGradient(in f, y.View(ys), w.Floats, dx.View(xs), in conv, default(NoEpilogue));
            Copy.Block(in f, x.View(xs), 0, dx.View(xs), 0, 14, 14 * 8, 14 * 8, 14 * 8);
        }

        for (int i = 0; i < 60; i++) Step();
        Thread.Sleep(300);
        for (int i = 0; i < 30; i++) Step();
        Frames.AllocatesNothing(Step);
    }

    private readonly struct SpinKernel : IKernel
    {
        public void Run(int part, int worker) => Thread.SpinWait(50);
    }
}
