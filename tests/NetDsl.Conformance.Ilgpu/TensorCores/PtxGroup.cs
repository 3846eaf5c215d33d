using System.Globalization;

namespace NetDsl.Conformance.Ilgpu.TensorCores;

/// <summary>
/// Runs a group of threads through PTX, as the PTX ISA defines the instructions: threads alone up to the next barrier or matrix
/// instruction, where all of the group, or all lanes of the warp, must meet.
/// </summary>
internal sealed class PtxGroup
{
    private const int WarpSize = 32;

    private readonly PtxProgram _program;
    private readonly PtxMemory _memory;
    private readonly uint[] _shared;
    private readonly PtxThread[] _threads;

    /// <param name="program">The kernel.</param>
    /// <param name="memory">Arrays and parameters.</param>
    /// <param name="group">Index of the group.</param>
    /// <param name="size">Threads, a multiple of 32.</param>
    public PtxGroup(PtxProgram program, PtxMemory memory, int group, int size)
    {
        (_program, _memory) = (program, memory);
        _shared = new uint[program.SharedBytes / 4];
        _threads = [.. Enumerable.Range(0, size).Select(thread => new PtxThread(thread, size, group))];
    }

    /// <summary>Matrix instructions that ran.</summary>
    public int MatrixInstructions { get; private set; }

    /// <exception cref="InvalidOperationException">Threads do not meet where they must.</exception>
    public void Run()
    {
        while (true)
        {
            foreach (PtxThread[] warp in _threads.Chunk(WarpSize)) RunWarp(warp);
            if (_threads.All(thread => Next(thread).Opcode[0] == "ret")) return;
            int barrier = _threads[0].Counter;
            if (_threads.Any(thread => thread.Counter != barrier)) throw new InvalidOperationException($"Threads wait at different places: {string.Join(", ", _threads.Select(Next).Distinct())}.");
            foreach (PtxThread thread in _threads) thread.Counter++;
        }
    }

    private PtxInstruction Next(PtxThread thread) => _program.Instructions[thread.Counter];

    /// <summary>To the next barrier, or to the end.</summary>
    private void RunWarp(PtxThread[] warp)
    {
        while (true)
        {
            foreach (PtxThread thread in warp)
            {
                while (Next(thread).Opcode[0] is not ("mma" or "bar" or "ret")) Step(thread, Next(thread));
            }

            PtxInstruction next = Next(warp[0]);
            if (next.Opcode[0] != "mma") return;
            if (warp.Any(lane => lane.Counter != warp[0].Counter)) throw new InvalidOperationException($"Not every lane of the warp takes part in '{next}'.");
            MatrixInstruction.Run(next, warp);
            MatrixInstructions++;
            foreach (PtxThread lane in warp) lane.Counter++;
        }
    }

    private void Step(PtxThread thread, PtxInstruction i)
    {
        thread.Counter++;
        if (i.Predicate.Length > 0 && (thread[i.Predicate] != 0) == i.Negated) return;
        string[] o = i.Operands;
        switch (i.Opcode[0])
        {
            case "bra":
                thread.Counter = _program.Labels[o[0]];
                break;
            case "ld" or "st":
                Move(thread, i);
                break;
            case "mov" when _program.Shared.TryGetValue(o[1], out int place):
                thread[o[0]] = (ulong)place;
                break;
            default:
                thread[o[0]] = PtxArithmetic.Compute(i, [.. o.Skip(1).Select(thread.Value)]);
                break;
        }
    }

    /// <summary>Loads and stores, of one element or of four.</summary>
    private void Move(PtxThread thread, PtxInstruction i)
    {
        bool load = i.Opcode[0] == "ld";
        string[] registers = load ? i.Operands[..^1] : i.Operands[1..];
        string[] address = (load ? i.Operands[^1] : i.Operands[0]).Split('+');
        int offset = address.Length == 1 ? 0 : int.Parse(address[1], CultureInfo.InvariantCulture);
        if (i.Opcode[1] == "param")
        {
            thread[registers[0]] = _memory.Parameter(offset, i.Type == "b64" ? 8 : 4);
            return;
        }

        ulong start = thread[address[0]] + (ulong)offset;
        if (start % (ulong)(4 * registers.Length) != 0) throw new InvalidOperationException($"'{i}' at {start}, no multiple of its size.");
        for (int element = 0; element < registers.Length; element++)
        {
            ulong at = start + (ulong)(4 * element);
            if (load) thread[registers[element]] = i.Opcode[1] == "shared" ? _shared[PtxMemory.Word(at)] : BitConverter.SingleToUInt32Bits(_memory.Global(at));
            else if (i.Opcode[1] == "shared") _shared[PtxMemory.Word(at)] = (uint)thread[registers[element]];
            else _memory.Global(at) = BitConverter.UInt32BitsToSingle((uint)thread[registers[element]]);
        }
    }
}

/// <summary>A thread: its registers and the instruction that comes next.</summary>
internal sealed class PtxThread(int index, int size, int group)
{
    private readonly Dictionary<string, ulong> _registers = [];

    public int Index => index;

    public int Counter { get; set; }

    /// <summary>The bits of a register. Reading one that nothing was written to throws.</summary>
    public ulong this[string register]
    {
        get => _registers[register];
        set => _registers[register] = value;
    }

    /// <summary>The bits of an operand: a register, a special one or a constant.</summary>
    public ulong Value(string operand) => operand switch
    {
        "%tid.x" => (ulong)index,
        "%ntid.x" => (ulong)size,
        "%ctaid.x" => (ulong)group,
        _ when operand.StartsWith("0f", StringComparison.Ordinal) => ulong.Parse(operand.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        _ when char.IsDigit(operand[0]) || operand[0] == '-' => (uint)int.Parse(operand, CultureInfo.InvariantCulture),
        _ => this[operand],
    };
}
