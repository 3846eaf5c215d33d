using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit;

/// <summary>Names of the operands of <see cref="Op.RowSteps"/> and of what its steps give.</summary>
/// <param name="Operands">Names of the operands.</param>
/// <param name="Steps">A name for each step: that of its result, else one after its label.</param>
internal sealed record RowStepNames(IReadOnlyList<string> Operands, IReadOnlyList<string> Steps)
{
    /// <summary>By the index that expressions have.</summary>
    public IReadOnlyList<string> All { get; } = [.. Operands, .. Steps];

    /// <param name="op">The op.</param>
    /// <param name="names">Names of its results, then of its operands.</param>
    public static RowStepNames Of(Op.RowSteps op, IReadOnlyList<string> names)
    {
        int results = op.Steps.Count(step => step.IsResult), result = 0;
        var taken = new HashSet<string>(names, StringComparer.Ordinal);
        string[] steps = [.. op.Steps.Select((step, i) => step.IsResult ? names[result++] : ArgumentNames.Of(op.Labels[i], taken))];
        return new([.. names.Skip(results)], steps);
    }
}
