using System.Diagnostics;
using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>Times the sections of a program, on the thread that runs it.</summary>
internal sealed class SectionClock
{
    private long[] _ticks = [];
    private int _section = -1;
    private long _since;

    /// <summary>Ticks of <see cref="Stopwatch"/> in each section of the last run.</summary>
    public ReadOnlySpan<long> Ticks => _ticks;

    /// <summary>Before a program runs.</summary>
    public void Begin(CpuProgram program)
    {
        if (_ticks.Length != program.Sections.Length) _ticks = new long[program.Sections.Length];
        Array.Clear(_ticks);
        _section = -1;
    }

    /// <summary>A section begins, and the one before it ends.</summary>
    public void Enter(int section)
    {
        long now = Stopwatch.GetTimestamp();
        if (_section >= 0) _ticks[_section] += now - _since;
        (_section, _since) = (section, now);
    }

    /// <summary>After a program ran.</summary>
    public void End() => Enter(-1);
}
