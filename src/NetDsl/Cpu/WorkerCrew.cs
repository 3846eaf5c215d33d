using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NetDsl.Cpu;

/// <summary>What the threads of a <see cref="WorkerTeam"/> hold: the current work and the ticket that its parts are claimed from.</summary>
internal sealed class WorkerCrew(int count)
{
    // Long enough to bridge the serial code between two kernels, short enough not to burn a core that others want.
    private static readonly long s_spinTicks = Stopwatch.Frequency / 10_000;

    private static int s_kernelTypes;

    [ThreadStatic]
    private static WorkerCrew? t_crew;

    [ThreadStatic]
    private static int t_worker;

    private readonly Lock _start = new();
    private readonly object _gate = new();
    private readonly bool _spins = Environment.ProcessorCount >= count;
    private Job?[] _jobs = [];
    private Job? _job;
    private int _parts;

    // The generation in the upper half, the number of unclaimed parts in the lower. A thread that wakes late fails to claim,
    // because the generation has changed, so the caller never has to wait for threads that have no part.
    private long _ticket;
    private int _remaining;
    private int _busy;
    private int _parked;
    private Exception? _exception;
    private bool _started;
    private volatile bool _stopped;

    public int Count => count;

    public bool Stopped => _stopped;

    /// <summary>The index of the calling thread among this crew's workers, 0 for a thread that is none.</summary>
    public int CurrentWorker => ReferenceEquals(t_crew, this) ? t_worker : 0;

    public bool TryEnter() => Volatile.Read(ref _busy) == 0 && Interlocked.CompareExchange(ref _busy, 1, 0) == 0;

    /// <summary>Runs the parts on all threads; the caller has entered, and is let out.</summary>
    public void Share<TKernel>(in TKernel kernel, int parts)
        where TKernel : struct, IKernel
    {
        Exception? exception;
        try
        {
            if (!_started) Start();
            Job<TKernel> job = JobOf<TKernel>();
            job.Kernel = kernel;
            _job = job;
            _parts = parts;
            _remaining = parts;
            _exception = null;
            long generation = (Volatile.Read(ref _ticket) >> 32) + 1;
            Interlocked.Exchange(ref _ticket, (generation << 32) | (uint)parts);
            if (Volatile.Read(ref _parked) > 0) Wake(parts - 1);

            Work(0);
            SpinWait wait = default;
            while (Volatile.Read(ref _remaining) > 0) wait.SpinOnce(sleep1Threshold: -1);

            exception = _exception;
            _exception = null;
            if (RuntimeHelpers.IsReferenceOrContainsReferences<TKernel>()) job.Kernel = default;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }

        if (exception is not null) ExceptionDispatchInfo.Throw(exception);
    }

    public void Stop()
    {
        _stopped = true;
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private void Start()
    {
        lock (_start)
        {
            if (_started) return;
            for (int worker = 1; worker < count; worker++)
            {
                int index = worker;
                new Thread(() => Loop(index)) { IsBackground = true, Name = $"NetDsl worker {index}" }.Start();
            }

            _started = true;
        }
    }

    private Job<TKernel> JobOf<TKernel>()
        where TKernel : struct, IKernel
    {
        int slot = KernelType<TKernel>.Slot;
        if (slot >= _jobs.Length) Array.Resize(ref _jobs, Math.Max(2 * _jobs.Length, slot + 16));
        return (Job<TKernel>)(_jobs[slot] ??= new Job<TKernel>());
    }

    private void Wake(int wanted)
    {
        lock (_gate)
        {
            if (wanted >= _parked) Monitor.PulseAll(_gate);
            else for (int i = 0; i < wanted; i++) Monitor.Pulse(_gate);
        }
    }

    private void Loop(int worker)
    {
        t_crew = this;
        t_worker = worker;
        while (!_stopped)
        {
            Work(worker);
            WaitForWork();
        }
    }

    /// <summary>Claims and runs parts until none is left.</summary>
    private void Work(int worker)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int unclaimed = (int)(uint)ticket;
            if (unclaimed == 0) return;
            Job? job = _job;
            int part = _parts - unclaimed;

            // Success means that the part was free in the generation that was read, so job and parts were that generation's too.
            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket) continue;
            try
            {
                if (_exception is null) job!.Run(part, worker);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _exception, exception, null);
            }

            Interlocked.Decrement(ref _remaining);
        }
    }

    private bool HasWork() => (uint)Volatile.Read(ref _ticket) != 0;

    private void WaitForWork()
    {
        if (_spins)
        {
            long until = Stopwatch.GetTimestamp() + s_spinTicks;
            do
            {
                for (int i = 0; i < 16; i++)
                {
                    if (HasWork() || _stopped) return;
                    Thread.SpinWait(8);
                }
            }
            while (Stopwatch.GetTimestamp() < until);
        }

        lock (_gate)
        {
            // The full fence of the increment stands between "I am parked" and the last look for work, as the exchange of the
            // ticket stands between "there is work" and the caller's look for parked threads: one of the two sees the other.
            Interlocked.Increment(ref _parked);
            while (!HasWork() && !_stopped) Monitor.Wait(_gate);
            Interlocked.Decrement(ref _parked);
        }
    }

    /// <summary>Numbers the kernel types of the process, so that a crew finds its holder of a type by index.</summary>
    private static class KernelType<TKernel>
    {
        public static readonly int Slot = Interlocked.Increment(ref s_kernelTypes) - 1;
    }

    private abstract class Job
    {
        public abstract void Run(int part, int worker);
    }

    private sealed class Job<TKernel> : Job
        where TKernel : struct, IKernel
    {
        public TKernel Kernel;

        public override void Run(int part, int worker) => Kernel.Run(part, worker);
    }
}
