using System.Globalization;
using System.Text.RegularExpressions;

namespace NetDsl.Conformance.Ilgpu.TensorCores;

/// <summary>One instruction of PTX.</summary>
/// <param name="Predicate">The register on which it depends; empty: none.</param>
/// <param name="Negated">It runs where the register is false.</param>
/// <param name="Opcode">The parts between dots: <c>add</c>, <c>s32</c>.</param>
/// <param name="Operands">As written; a vector's elements are operands of their own.</param>
internal sealed record PtxInstruction(string Predicate, bool Negated, string[] Opcode, string[] Operands)
{
    /// <summary>The type it works on.</summary>
    public string Type => Opcode[^1];

    public override string ToString() => $"{string.Join('.', Opcode)} {string.Join(", ", Operands)}";
}

/// <summary>The entry point of a PTX module as a list of instructions.</summary>
internal sealed partial class PtxProgram
{
    private PtxProgram()
    {
    }

    public List<PtxInstruction> Instructions { get; } = [];

    /// <summary>The instruction that each label stands before.</summary>
    public Dictionary<string, int> Labels { get; } = [];

    /// <summary>Where each array lies in shared memory, in bytes.</summary>
    public Dictionary<string, int> Shared { get; } = [];

    /// <summary>Bytes of shared memory.</summary>
    public int SharedBytes { get; private set; }

    /// <exception cref="FormatException">A statement is not understood.</exception>
    public static PtxProgram Parse(string text)
    {
        var program = new PtxProgram();
        string body = Comment().Replace(text[(text.IndexOf("\n{", StringComparison.Ordinal) + 2)..text.LastIndexOf('}')], "");
        foreach (string line in body.Split(['\n', ';']).Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (line.EndsWith(':'))
            {
                program.Labels.Add(line[..^1], program.Instructions.Count);
            }
            else if (SharedArray().Match(line) is { Success: true } array)
            {
                program.Shared.Add(array.Groups[1].Value, program.SharedBytes);
                program.SharedBytes += int.Parse(array.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            }
            else if (!line.StartsWith('.'))
            {
                Match match = Statement().Match(line);
                if (!match.Success) throw new FormatException($"'{line}' is no instruction.");
                string[] operands = [.. match.Groups[4].Value.Split([',', '{', '}', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
                program.Instructions.Add(new PtxInstruction(match.Groups[2].Value, match.Groups[1].Length > 0, match.Groups[3].Value.Split('.'), operands));
            }
        }

        return program;
    }

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\.shared .* (\w+)\[(\d+)\]$")]
    private static partial Regex SharedArray();

    [GeneratedRegex(@"^(?:@(!)?(%p\d+)\s+)?([a-z][\w.]*)\s*(.*)$", RegexOptions.Singleline)]
    private static partial Regex Statement();
}
