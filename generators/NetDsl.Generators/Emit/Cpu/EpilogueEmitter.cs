using NetDsl.Generators.Lowering;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Writes the struct that a building block applies to its result before it is stored.</summary>
internal static class EpilogueEmitter
{
    /// <param name="code">Where to.</param>
    /// <param name="name">Name of the struct.</param>
    /// <param name="epilogue">What it does.</param>
    /// <param name="operands">Its operands.</param>
    /// <param name="slope">Where the slope goes, if there is one.</param>
    public static void Write(CodeWriter code, string name, Epilogue epilogue, IReadOnlyList<KernelParameter> operands, KernelParameter? slope = null)
    {
        bool batch = VectorExpression.ReadsBatch(epilogue.Expression);
        string[] fields = [.. operands.Prepend(slope).OfType<KernelParameter>().Select(p => $"{p.Type} {p.Name}"), .. batch ? new[] { "float inverseBatch" } : []];
        code.Gap();
        code.Line($"private readonly struct {name}({string.Join(", ", fields)}) : IEpilogue");
        using (code.Open())
        {
            if (epilogue.IsMonotone) code.Line("public static bool IsMonotone => true;").Gap();
            code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            using (code.Open("public void Store(Floats accumulator, Floats output, int sample, int row, int column, int count)"))
            {
                var loop = new List<LoopOperand> { new("result", "accumulator", true) };
                for (int i = 0; i < operands.Count; i++)
                {
                    EpilogueOperand access = epilogue.Operands[i];
                    string place = LoopEmitter.Place(operands[i].Name);
                    code.Line($"Floats {place} = {Address(operands[i].Name, access)};");
                    loop.Add(new LoopOperand(LoopEmitter.Broadcast(operands[i].Name), place, access.ColumnStride == 1));
                }

                if (slope is not null) code.Line($"Floats {LoopEmitter.Place(slope.Name)} = {Address(slope.Name, new(true, epilogue.Columns, 1))};");
                LoopEmitter.Loop(
                    code,
                    epilogue.Expression,
                    loop,
                    "count",
                    0,
                    "0",
                    v => Store(slope, v, "Store", ""),
                    v => Store(slope, v, "StorePartial", ", lanes"));
            }

            code.Gap();
            code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
            code.Line("public Vector<float> Apply(Vector<float> accumulator, int sample, int row, int column) =>");
            using (code.Indent())
                code.Line($"Formula({string.Join(", ", operands.Select((p, i) => Vector(Address(p.Name, epilogue.Operands[i]), epilogue.Operands[i].ColumnStride == 1)).Prepend("accumulator"))});");

            code.Gap();
            string[] names = ["result", .. operands.Select(p => p.Name)];
            LoopEmitter.Formula(code, epilogue.Expression, names);
            if (slope is null) return;
            code.Gap();
            LoopEmitter.FormulaWithSlope(code, epilogue.Expression, epilogue.Slope!, names);
        }
    }

    /// <summary>Stores the formula's value and, where there is one, the slope that it gives as well.</summary>
    private static string Store(KernelParameter? slope, string formula, string method, string lanes) => slope is null
        ? $"output.{method}(i, {formula}{lanes});"
        : $"output.{method}(i, {formula.Substring(0, formula.Length - 1)}, out Vector<float> slope){lanes});\n{LoopEmitter.Place(slope.Name)}.{method}(i, slope{lanes});";

    /// <summary>The vector that lies at an address, or whose lanes all hold the one number there.</summary>
    private static string Vector(string address, bool runs)
    {
        string place = address.Contains(' ') ? $"({address})" : address;
        return runs ? $"{place}.Load(0)" : $"new({place}[0])";
    }

    private static string Address(string name, EpilogueOperand access)
    {
        string start = access.Batched ? $"{name}[sample]" : name;
        string row = access.RowStride == 0 ? "" : access.RowStride == 1 ? "row" : $"(row * {CSharp.Int(access.RowStride)})";
        string column = access.ColumnStride == 0 ? "" : "column";
        string offset = string.Join(" + ", new[] { row, column }.Where(part => part.Length > 0));
        return offset.Length == 0 ? start : row.Length > 0 && column.Length > 0 ? $"{start} + ({offset})" : $"{start} + {offset}";
    }
}
