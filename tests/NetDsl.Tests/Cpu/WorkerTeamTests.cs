using System.Runtime.CompilerServices;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Tests.Cpu;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryPartRunsOnceWithAWorkerOfTheTeam(int threads)
    {
        using WorkerTeam team = new(threads);
        Assert.Equal(threads, team.Count);
        for (int round = 0; round < 2000; round++)
        {
            int parts = 1 + (round % 37);
            int[] runs = new int[parts];
            int[] workers = new int[parts];
            team.Run(new CountKernel(runs, workers), parts);
            Assert.All(runs, count => Assert.Equal(1, count));
            Assert.All(workers, worker => Assert.InRange(worker, 0, threads - 1));
        }
    }

    [Fact]
    public void NoPartsRunNothing()
    {
        using WorkerTeam team = new(2);
        team.Run(new CountKernel([], []), 0);
    }

    [Fact]
    public void AnExceptionOfAPartReachesTheCallerAndTheTeamGoesOn()
    {
        using WorkerTeam team = new(3);
        for (int round = 0; round < 50; round++)
        {
            InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => team.Run(new ThrowingKernel(round % 8), 8));
            Assert.Equal($"part {round % 8}", exception.Message);
            int[] runs = new int[8];
            team.Run(new CountKernel(runs, new int[8]), 8);
            Assert.All(runs, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void ARunFromInsideAKernelIsDoneByThatWorkerAlone()
    {
        using WorkerTeam team = new(3);
        int[] sums = new int[16], mismatches = new int[1];
        team.Run(new NestedKernel(team, sums, mismatches), sums.Length);
        Assert.All(sums, sum => Assert.Equal(4, sum));
        Assert.Equal(0, mismatches[0]);
    }

    [Fact]
    public void CallersAtTheSameTimeAllGetTheirWorkDone()
    {
        using WorkerTeam team = new(2);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (int round = 0; round < 500; round++)
            {
                int[] runs = new int[11];
                team.Run(new CountKernel(runs, new int[11]), 11);
                Assert.All(runs, count => Assert.Equal(1, count));
            }
        });
    }

    [Fact]
    public void AForgottenTeamIsCollected()
    {
        WeakReference forgotten = Forget();
        for (int i = 0; i < 50 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(5);
        }

        Assert.False(forgotten.IsAlive);
    }

    [Fact]
    public void ADisposedTeamSaysSo()
    {
        WorkerTeam team = new(2);
        team.Run(new SpinKernel(), 4);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(new SpinKernel(), 4));
    }

    [Fact]
    public void TheNumberOfThreadsIsChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(1025));
        Assert.Equal(3, WorkerTeam.ParseThreads("3", 8));
        Assert.Equal(8, WorkerTeam.ParseThreads(null, 8));
        Assert.Equal(8, WorkerTeam.ParseThreads(" ", 8));
        foreach (string text in (string[])["0", "-1", "two", "1.5", "1025"])
        {
            InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => WorkerTeam.ParseThreads(text, 8));
            Assert.Contains($"NETDSL_THREADS is '{text}'", exception.Message, StringComparison.Ordinal);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget()
    {
        WorkerTeam team = new(2);
        team.Run(new HoldingKernel(team), 4);
        return new WeakReference(team);
    }

    private readonly struct CountKernel(int[] runs, int[] workers) : IKernel
    {
        public void Run(int part, int worker)
        {
            Interlocked.Increment(ref runs[part]);
            workers[part] = worker;
        }
    }

    private readonly struct ThrowingKernel(int which) : IKernel
    {
        public void Run(int part, int worker)
        {
            if (part == which) throw new InvalidOperationException($"part {part}");
        }
    }

    private readonly struct NestedKernel(WorkerTeam team, int[] sums, int[] mismatches) : IKernel
    {
        public void Run(int part, int worker) => team.Run(new InnerKernel(sums, mismatches, part, worker), 4);
    }

    private readonly struct InnerKernel(int[] sums, int[] mismatches, int outer, int outerWorker) : IKernel
    {
        public void Run(int part, int worker)
        {
            sums[outer]++;
            if (worker != outerWorker) Interlocked.Increment(ref mismatches[0]);
        }
    }

    private readonly struct HoldingKernel(WorkerTeam team) : IKernel
    {
        public void Run(int part, int worker) => Assert.Equal(2, team.Count);
    }

    private readonly struct SpinKernel : IKernel
    {
        public void Run(int part, int worker) => Thread.SpinWait(50);
    }
}
