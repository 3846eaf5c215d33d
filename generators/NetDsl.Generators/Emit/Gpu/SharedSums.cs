using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes sums that the items of a group share: each keeps its own in shared memory, and after a barrier they are added in the
/// order of the items, whoever adds them.
/// </summary>
internal static class SharedSums
{
    public static void Allocate(CodeWriter code, int items, int sums) =>
        code.Line($"ArrayView<float> sums = SharedMemory.Allocate<float>({Int(items * Tiling.SumsStride(sums))});");

    /// <summary>An item's own sums, one line for each of <paramref name="lines"/>.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="item">Text of the item's number.</param>
    /// <param name="lines">Text of the sums.</param>
    public static void Keep(CodeWriter code, string item, IReadOnlyList<IReadOnlyList<string>> lines)
    {
        int sums = lines.Sum(line => line.Count), at = 0;
        code.Line($"ArrayView<float> own = {Own(item, sums)};");
        foreach (IReadOnlyList<string> line in lines) code.Line(string.Join(" ", line.Select(sum => $"own[{Int(at++)}] = {sum};")));
    }

    /// <summary>Declares <c>sum</c>: what <paramref name="shares"/> items have, added in order.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="shares">Items that share the sum.</param>
    /// <param name="item">Text of the number of the item that has share number <c>share</c>.</param>
    /// <param name="sums">Sums of an item.</param>
    /// <param name="place">Which of them.</param>
    public static void AddUp(CodeWriter code, int shares, string item, int sums, string place)
    {
        code.Line("float sum = 0f;");
        code.Line($"for (int share = 0; share < {Int(shares)}; share++) sum += sums[{Sum(Times(item, Tiling.SumsStride(sums)), place)}];");
    }

    /// <summary>The barrier between keeping and adding.</summary>
    public static void Wait(CodeWriter code)
    {
        code.Gap();
        code.Line("Group.Barrier();");
        code.Line("// The shares are added in order, whoever adds them.");
    }

    private static string Own(string item, int sums) => $"sums.SubView({Times(item, Tiling.SumsStride(sums))}, {Int(sums)})";
}
