using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit;

/// <summary>Writes the table of programs: entry points, sizes of the arenas, and where columns and results lie.</summary>
internal static class ProgramTableEmitter
{
    private const string OutputPrefix = "output:";

    /// <param name="code">Where to.</param>
    /// <param name="target">Prefix of the runtime's types: <c>Cpu</c> or <c>Gpu</c>.</param>
    /// <param name="programs">The programs.</param>
    /// <param name="more">Writes what the target's programs have besides.</param>
    public static void Write<TPlan>(CodeWriter code, string target, IReadOnlyList<TPlan> programs, Action<TPlan> more)
        where TPlan : ProgramPlan
    {
        code.Line("/// <summary>Every program with its memory plan.</summary>");
        using (code.Open($"internal static {target}Programs Programs {{ get; }} = new {target}Programs", "};"))
        {
            foreach (TPlan program in programs.Where(p => !IsOutput(p)))
            {
                code.Line($"{CSharp.Pascal(program.Program.Name)} = new {target}Program");
                Entry(code, program, more);
            }

            var entries = programs.Where(IsOutput).ToList();
            if (entries.Count == 0) return;
            using (code.Open($"OutputEntries = new {target}Program[]", "},"))
            {
                foreach (TPlan program in entries)
                {
                    code.Line($"new {target}Program");
                    Entry(code, program, more);
                }
            }
        }
    }

    /// <summary>The name of a program's method.</summary>
    public static string MethodName(ProgramPlan program) =>
        IsOutput(program) ? "Output_" + CSharp.Identifier(program.Program.Name.Substring(OutputPrefix.Length)) : CSharp.Pascal(program.Program.Name);

    private static bool IsOutput(ProgramPlan program) => program.Program.Name.StartsWith(OutputPrefix, StringComparison.Ordinal);

    private static void Entry<TPlan>(CodeWriter code, TPlan program, Action<TPlan> more)
        where TPlan : ProgramPlan
    {
        Graph graph = program.Program.Graph;
        string method = MethodName(program);
        using (code.Open("", "},"))
        {
            code.Line($"Name = {CSharp.String(program.Program.Name)},");
            code.Line($"Entry = {method},");
            more(program);
            code.Line($"ActivationFloats = {CSharp.Int(program.Plan.ActivationFloats)},");
            code.Line($"FixedFloats = {CSharp.Int(program.Plan.FixedFloats)},");
            code.Line($"WrittenFloats = {CSharp.Int(program.Plan.WrittenFloats)},");
            Slots(code, "Inputs", program, Columns(program, InputRole.Feature));
            Slots(code, "Targets", program, Columns(program, InputRole.Target));
            Slots(code, "OutputGradients", program, Columns(program, InputRole.OutputGradient));
            Slots(code, "Outputs", program, graph.Outputs.Select(output => output.Value));
            Slots(code, "Losses", program, graph.Losses.Select(loss => loss.PerSample));
            Slots(code, "InputGradients", program, InputGradients(program));
            if (program.Observations.Count == 0) return;
            string layers = string.Join(", ", program.Observations.Select(o =>
                $"new ObservedLayer({CSharp.String(o.Layer)}, new int[] {{ {string.Join(", ", o.Output.Type.Shape.Select(n => CSharp.Int(n)))} }})"));
            code.Line($"Observed = new ObservedLayer[] {{ {layers} }},");
        }
    }

    private static IEnumerable<Value> Columns(ProgramPlan program, InputRole role) =>
        program.Program.Columns.Where(column => column.Role == role).Select(column => column.Value);

    /// <summary>One for each input, since a run finds them by its index: tokens have none, and their place is empty.</summary>
    private static IEnumerable<Value?> InputGradients(ProgramPlan program)
    {
        IReadOnlyList<NamedValue> gradients = program.Program.Graph.InputGradients;
        return gradients.Count == 0
            ? []
            : program.Program.Columns.Where(column => column.Role == InputRole.Feature).Select(column => gradients.FirstOrDefault(gradient => gradient.Name == column.Name)?.Value);
    }

    private static void Slots(CodeWriter code, string property, ProgramPlan program, IEnumerable<Value?> values)
    {
        string slots = string.Join(", ", values.Select(value => Slot(value, program.Plan)));
        if (slots.Length > 0) code.Line($"{property} = new Slot[] {{ {slots} }},");
    }

    private static string Slot(Value? value, MemoryPlan plan) =>
        value is null ? "new Slot(-1, 0)"
        : plan.Placements.TryGetValue(value, out Placement? placement) ? $"new Slot({CSharp.Int(placement.Offset)}, {CSharp.Int(value.Type.Elements)})"
        : $"new Slot(-1, {CSharp.Int(value.Type.Elements)})";
}
