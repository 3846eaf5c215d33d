using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NetDsl.Cpu;

/// <summary>
/// What the threads of a <see cref="WorkerTeam"/> hold: the current work and the tickets that its parts are claimed from. Each
/// worker has a range of neighbouring parts and takes from the others' only when its own are done: a cut of the batch then stays
/// with the same thread from kernel to kernel, and what that thread wrote is in its own core's cache.
/// </summary>
internal sealed class WorkerCrew(int count)
{
    // Longs from one worker's ticket to the next: two cache lines, which processors fetch in pairs.
    private const int TicketStep = 16;

    // Long enough to bridge the serial code between two kernels, short enough not to burn a core that others want.
    private static readonly long s_spinTicks = Stopwatch.Frequency / 10_000;

    // Looks at the shared state between two looks at the clock, and those of a caller before it offers its processor to others. A look
    // is followed by the runtime's shortest pause, about 40 ns: a longer one would be added to every kernel.
    private const int LooksPerClock = 64;
    private const int CallerLooks = 4096;

    // A thread that waits for the caller's kernel to end spins so many times as long: two milliseconds.
    private const int LongestSpins = 20;

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

    // A ticket for each worker's range: the generation in the upper half, the number of unclaimed parts in the lower. A thread that
    // wakes late fails to claim, because the generation has changed, so the caller never has to wait for threads that have no part.
    private readonly long[] _tickets = new long[(count + 2) * TicketStep];
    private long _generation;
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
            Remaining = parts;
            _exception = null;
            long generation = (long)(uint)++_generation << 32;
            for (int worker = 0; worker < count; worker++) Volatile.Write(ref Ticket(worker), generation | (uint)Share(worker));

            // Between "there is work" and the look for parked threads, see WaitForWork.
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _parked) > 0) Wake(parts - 1);

            Work(0);
            WaitForOthers();

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
            WaitForWork(worker);
        }
    }

    /// <summary>Where a worker's ticket lies, the first a step from the array's length, which every access reads.</summary>
    private ref long Ticket(int worker) => ref _tickets[(worker + 1) * TicketStep];

    /// <summary>Parts that are not done yet, behind the tickets: the lines that every claim reads stay where they are while parts end.</summary>
    private ref long Remaining => ref _tickets[(count + 1) * TicketStep];

    /// <summary>Parts in a worker's range.</summary>
    private int Share(int worker) => Cut.Start(_parts, count, worker + 1) - Cut.Start(_parts, count, worker);

    /// <summary>Claims and runs parts until none is left: the worker's own, then those of the workers after it.</summary>
    private void Work(int worker)
    {
        for (int i = 0; i < count; i++)
        {
            int owner = worker + i < count ? worker + i : worker + i - count;
            int done = Work(worker, owner);

            // Once for all of them: the line that the count lies in has to come from another core each time.
            if (done > 0) Interlocked.Add(ref Remaining, -done);
        }
    }

    /// <summary>Runs parts of one worker's range until none is left there, and says how many.</summary>
    private int Work(int worker, int owner)
    {
        ref long place = ref Ticket(owner);
        int done = 0;
        while (true)
        {
            long ticket = Volatile.Read(ref place);
            int unclaimed = (int)(uint)ticket;
            if (unclaimed == 0) return done;
            Job? job = _job;
            int part = Cut.Start(_parts, count, owner + 1) - unclaimed;

            // Success means that the part was free in the generation that was read, so job and parts were that generation's too.
            if (Interlocked.CompareExchange(ref place, ticket - 1, ticket) != ticket) continue;
            try
            {
                if (_exception is null) job!.Run(part, worker);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _exception, exception, null);
            }

            done++;
        }
    }

    private bool HasWork(int worker) => (uint)Volatile.Read(ref Ticket(worker)) != 0;

    /// <summary>Until the parts that other threads claimed are done: rarely more than a few microseconds.</summary>
    private void WaitForOthers()
    {
        for (int looks = _spins ? CallerLooks : 0; looks > 0; looks--)
        {
            if (Volatile.Read(ref Remaining) == 0) return;
            Thread.SpinWait(1);
        }

        SpinWait wait = default;
        while (Volatile.Read(ref Remaining) > 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    private void WaitForWork(int worker)
    {
        if (_spins)
        {
            long until = Stopwatch.GetTimestamp() + s_spinTicks, longest = until + (LongestSpins * s_spinTicks);
            do
            {
                for (int i = 0; i < LooksPerClock; i++)
                {
                    if (HasWork(worker) || _stopped) return;
                    Thread.SpinWait(1);
                }

                // While the caller still computes, its next kernel is near: who parked now would wake too late for it, every time.
                // Not for ever, since a long kernel may have no part for this thread.
                if (Volatile.Read(ref _busy) != 0) until = Math.Min(Stopwatch.GetTimestamp() + s_spinTicks, longest);
            }
            while (Stopwatch.GetTimestamp() < until);
        }

        lock (_gate)
        {
            // The full fence of the increment stands between "I am parked" and the last look for work, as a barrier
            // stands between "there is work" and the caller's look for parked threads: one of the two sees the other.
            // A thread that wakes when the work is done spins again: the next kernel comes sooner than a thread wakes.
            Interlocked.Increment(ref _parked);
            if (!HasWork(worker) && !_stopped) Monitor.Wait(_gate);
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
