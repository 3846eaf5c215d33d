using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes the steps of recurrent layers and their gradients: a group has a sample, whose state lies in shared memory, and its items share the units and their sums. Barriers are
/// uniform, so a group may have any size. A step is short and waits for the one before it, so what counts is how often an item waits
/// for the memory: products go several terms at a time, and neighbouring items read neighbouring weights.
/// </summary>
internal static class RecurrenceEmitter
{
    /// <summary>Terms of a product that are read before they are added.</summary>
    private const int Together = 8;

    /// <summary>An item for each sum of a step, in whole warps.</summary>
    public static int GroupSize(GpuKernel.Recurrence k) =>
        Math.Min(512, Math.Max(GpuKernelEmitter.ItemsPerGroup, Tiling.Count(k.Cell.Gates() * k.Units, 32) * 32));

    public static void Write(CodeWriter code, GpuKernel.Recurrence k, GpuSignature s)
    {
        int width = k.Cell.Gates() * k.Units;
        code.Line("// A group has a sample and goes through its steps; its items share the sums of each.");
        code.Line("int sample = Grid.IdxX;");
        code.Line($"ArrayView<float> state = SharedMemory.Allocate<float>({Int(k.Units)});");
        code.Line($"ArrayView<float> sums = SharedMemory.Allocate<float>({Int(width)});");
        if (k.Cell == Cell.LSTM) code.Line($"ArrayView<float> memory = SharedMemory.Allocate<float>({Int(k.Units)});");
        code.Line(Each("unit", k.Units, k.Cell == Cell.LSTM ? "{ state[unit] = 0f; memory[unit] = 0f; }" : "state[unit] = 0f;"));
        if (k.Backward && HasShares(k))
        {
            code.Line($"ArrayView<float> shares = SharedMemory.Allocate<float>({Int(width)});");
            code.Line(Each("column", width, "shares[column] = 0f;"));
        }

        code.Line("Group.Barrier();");
        if (k.Backward) Backward(code, k, s, width);
        else Forward(code, k, s, width);
    }

    private static void Forward(CodeWriter code, GpuKernel.Recurrence k, GpuSignature s, int width)
    {
        // Results y and, but for the simple cell, what is kept; then p, u and a GRU's b.
        int p = k.Cell == Cell.Simple ? 1 : 2;
        using (code.Open($"for (int i = 0; i < {Int(k.Steps)}; i++)"))
        {
            code.Line($"int step = {(k.Reverse ? $"{Int(k.Steps - 1)} - i" : "i")};");
            Real(code, k, s);
            using (code.Open($"for (int column = Group.IdxX; column < {Int(width)}; column += Group.DimX)"))
            {
                string input = $"a.{s[p]}[{Sum(Times("sample", k.Strides[p]), Times("step", width), "column")}]";
                code.Line($"float input = {(k.Cell == Cell.GRU ? $"column < {Int(2L * k.Units)} ? {input} : 0f" : input)};");
                code.Line($"float sum = {(k.Cell == Cell.GRU ? $"a.{s[p + 2]}[column]" : "0f")};");
                Product(code, "state", "0", $"a.{s[p + 1]}", "column", k.Units, width);
                code.Line($"sums[column] = {k.Cell switch
                {
                    Cell.Simple => "GpuMath.Tanh(input + sum)",
                    Cell.LSTM => $"column >= {Int(2L * k.Units)} && column < {Int(3L * k.Units)} ? GpuMath.Tanh(input + sum) : GpuMath.Sigmoid(input + sum)",
                    _ => $"column < {Int(2L * k.Units)} ? GpuMath.Sigmoid(input + sum) : sum",
                }};");
            }

            code.Line("Group.Barrier();");
            using (code.Open($"for (int unit = Group.IdxX; unit < {Int(k.Units)}; unit += Group.DimX)"))
            {
                string Gate(int gate) => $"sums[{Unit(k, gate)}]";
                void Keep(params string[] values)
                {
                    for (int i = 0; i < values.Length; i++) code.Line($"{Element(k, s, 1, "step", k.Cell.Kept(), i)} = {(k.Masked && values[i] != "cell" ? $"real ? {values[i]} : 0f" : values[i])};");
                }

                switch (k.Cell)
                {
                    case Cell.Simple:
                        code.Line($"float y = {Gate(0)};");
                        break;
                    case Cell.LSTM:
                        code.Line($"float input = {Gate(0)}, forget = {Gate(1)}, gate = {Gate(2)}, output = {Gate(3)};");
                        code.Line($"float cell = {Unless(k, "memory[unit]", "forget * memory[unit] + input * gate")};");
                        code.Line("memory[unit] = cell;");
                        code.Line("float y = output * GpuMath.Tanh(cell);");
                        Keep("input", "forget", "gate", "output", "cell");
                        break;
                    default:
                        code.Line($"float update = {Gate(0)}, reset = {Gate(1)}, part = {Gate(2)}, next = GpuMath.Tanh({Element(k, s, p, "step", 3, 2)} + reset * part);");
                        code.Line("float y = update * state[unit] + (1f - update) * next;");
                        Keep("update", "reset", "next", "part");
                        break;
                }

                if (k.Masked) code.Line("if (!real) y = state[unit];");
                code.Line("state[unit] = y;");
                code.Line($"{Element(k, s, 0, "step", 1, 0)} = y;");
            }

            code.Line("Group.Barrier();");
        }
    }

    private static void Backward(CodeWriter code, GpuKernel.Recurrence k, GpuSignature s, int width)
    {
        // Results dp and, of a GRU, da; then u, y, but for the simple cell what was kept, and dy.
        int y = k.Cell == Cell.GRU ? 3 : 2, kept = y + 1, dy = k.Cell == Cell.Simple ? y + 1 : y + 2;
        using (code.Open($"for (int i = {Int(k.Steps - 1)}; i >= 0; i--)"))
        {
            code.Line($"int step = {(k.Reverse ? $"{Int(k.Steps - 1)} - i" : "i")};");
            code.Line($"int before = step {(k.Reverse ? "+" : "-")} 1;");
            Real(code, k, s);
            using (code.Open($"for (int unit = Group.IdxX; unit < {Int(k.Units)}; unit += Group.DimX)"))
            {
                string Kept(int value) => Element(k, s, kept, "step", k.Cell.Kept(), value);
                void Store(int gate, string value)
                {
                    code.Line($"float sum{Int(gate)} = {Unless(k, "0f", value)};");
                    code.Line($"{Element(k, s, 0, "step", k.Cell.Gates(), gate)} = sum{Int(gate)};");
                    string recurrent = k.Cell == Cell.GRU && gate == 2 ? "sum2 * reset" : $"sum{Int(gate)}";
                    code.Line($"sums[{Unit(k, gate)}] = {recurrent};");
                    if (k.Cell == Cell.GRU) code.Line($"{Element(k, s, 1, "step", k.Cell.Gates(), gate)} = {recurrent};");
                }

                code.Line($"float gradient = {Element(k, s, dy, "step", 1, 0)} + state[unit];");
                if (HasShares(k)) code.Line("gradient += " + string.Join(" + ", Enumerable.Range(0, k.Cell.Gates()).Select(gate => $"shares[{Unit(k, gate)}]")) + ";");
                switch (k.Cell)
                {
                    case Cell.Simple:
                        code.Line($"float value = {Element(k, s, y, "step", 1, 0)};");
                        Store(0, "gradient * (1f - value * value)");
                        code.Line($"state[unit] = {Unless(k, "gradient", "0f")};");
                        break;
                    case Cell.LSTM:
                        code.Line($"float input = {Kept(0)}, forget = {Kept(1)}, gate = {Kept(2)}, output = {Kept(3)}, tanh = GpuMath.Tanh({Kept(4)});");
                        code.Line("float cell = memory[unit] + gradient * output * (1f - tanh * tanh);");
                        code.Line("float earlier = 0f;");
                        code.Line($"if (i > 0) earlier = {Element(k, s, kept, "before", k.Cell.Kept(), 4)};");
                        Store(0, "cell * gate * input * (1f - input)");
                        Store(1, "cell * earlier * forget * (1f - forget)");
                        Store(2, "cell * input * (1f - gate * gate)");
                        Store(3, "gradient * tanh * output * (1f - output)");
                        code.Line(k.Masked ? "if (real) memory[unit] = cell * forget;" : "memory[unit] = cell * forget;");
                        code.Line($"state[unit] = {Unless(k, "gradient", "0f")};");
                        break;
                    default:
                        code.Line($"float update = {Kept(0)}, reset = {Kept(1)}, next = {Kept(2)}, part = {Kept(3)};");
                        code.Line("float earlier = 0f;");
                        code.Line($"if (i > 0) earlier = {Element(k, s, y, "before", 1, 0)};");
                        code.Line("float candidate = gradient * (1f - update) * (1f - next * next);");
                        Store(0, "gradient * (earlier - next) * update * (1f - update)");
                        Store(1, "candidate * part * reset * (1f - reset)");
                        Store(2, "candidate");
                        code.Line($"state[unit] = {Unless(k, "gradient", "gradient * update")};");
                        break;
                }
            }

            code.Line("Group.Barrier();");
            Carry(code, k, width);
            code.Line("Group.Barrier();");
        }
    }

    /// <summary>What goes to the state before the step, by the weights that lie transposed: an item has a gate's share for a unit, or all of it.</summary>
    private static void Carry(CodeWriter code, GpuKernel.Recurrence k, int width)
    {
        code.Line("// What goes to the state of the step before.");
        if (HasShares(k))
        {
            using (code.Open($"for (int share = Group.IdxX; share < {Int(width)}; share += Group.DimX)"))
            {
                code.Line($"int unit = {Remainder("share", k.Units)}, first = share - unit;");
                code.Line("float sum = 0f;");
                Product(code, "sums", "first", "a.transposed", Sum(Times("first", k.Units), "unit"), k.Units, k.Units);
                code.Line("shares[share] = sum;");
            }

            return;
        }

        using (code.Open($"for (int unit = Group.IdxX; unit < {Int(k.Units)}; unit += Group.DimX)"))
        {
            code.Line("float sum = state[unit];");
            Product(code, "sums", "0", "a.transposed", "unit", width, k.Units);
            code.Line("state[unit] = sum;");
        }
    }

    /// <summary>Whether there is shared memory for each gate's share: for the state, sums, shares and an LSTM's memory.</summary>
    private static bool HasShares(GpuKernel.Recurrence k) => ((2L * k.Cell.Gates()) + (k.Cell == Cell.LSTM ? 2 : 1)) * k.Units <= Tiling.SharedFloats;

    /// <summary>Adds to <c>sum</c> the product of numbers in shared memory and a column of a matrix.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="numbers">The shared memory.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="at">The first element of the column.</param>
    /// <param name="terms">How many.</param>
    /// <param name="stride">From one element of the column to the next.</param>
    private static void Product(CodeWriter code, string numbers, string from, string matrix, string at, int terms, int stride)
    {
        int whole = terms / Together * Together;
        if (whole == Together)
            using (code.Open()) Turn("0", Together);
        if (whole > Together)
            using (code.Open($"for (int term = 0; term < {Int(whole)}; term += {Int(Together)})")) Turn("term", Together);
        if (whole < terms)
            using (code.Open()) Turn(Int(whole), terms - whole);

        void Turn(string term, int count)
        {
            code.Line($"ArrayView<float> x = {numbers}.SubView({Sum(from, term)}, {Int(count)});");
            code.Line($"ArrayView<float> w = {matrix}.SubView({Sum(at, Times(term, stride))}, {Int(((long)(count - 1) * stride) + 1)});");
            code.Line("float " + string.Join(", ", Enumerable.Range(0, count).Select(i => $"w{i} = w[{Int((long)i * stride)}]")) + ";");
            code.Line(string.Join(" ", Enumerable.Range(0, count).Select(i => $"sum += x[{i}] * w{i};")));
        }
    }

    /// <summary>Whether the sample has this step: every item of the group has the same answer.</summary>
    private static void Real(CodeWriter code, GpuKernel.Recurrence k, GpuSignature s)
    {
        int mask = k.Strides.Length - 1;
        if (k.Masked) code.Line($"bool real = a.{s[mask]}[{Sum(Times("sample", k.Strides[mask]), "step")}] != 0f;");
    }

    private static string Unless(GpuKernel.Recurrence k, string absent, string value) => k.Masked ? $"real ? {value} : {absent}" : value;

    private static string Each(string index, int end, string step) => $"for (int {index} = Group.IdxX; {index} < {Int(end)}; {index} += Group.DimX) {step}";

    private static string Unit(GpuKernel.Recurrence k, int gate) => Sum(Int((long)gate * k.Units), "unit");

    /// <summary>A unit's number in a step of a sequence that has so many numbers a unit.</summary>
    private static string Element(GpuKernel.Recurrence k, GpuSignature s, int argument, string step, int numbers, int number) =>
        $"a.{s[argument]}[{Sum(Times("sample", k.Strides[argument]), Times(step, (long)numbers * k.Units), Unit(k, number))}]";
}
