using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes what adds up the parts of a gradient: an item has a sum or, where parts are many, a group shares a few neighbouring ones.</summary>
internal static class CombineEmitter
{
    /// <summary>Neighbouring sums of a group: a sector of memory.</summary>
    private const int Neighbours = 8;

    /// <summary>Parts that an item reads before it adds them, so that it waits for the memory once.</summary>
    private const int Ahead = 4;

    /// <summary>Items of a group.</summary>
    public static int GroupSize(GpuKernel.Combine k) => k.Shares == 1 ? GpuKernelEmitter.ItemsPerGroup : Neighbours * k.Shares;

    /// <summary>Items, or groups, of a launch.</summary>
    public static string Extent(GpuKernel.Combine k) => Int(k.Shares == 1 ? All(k) : Tiling.Count(All(k), Neighbours));

    public static void Write(CodeWriter code, GpuKernel.Combine k, GpuSignature s)
    {
        int all = All(k);
        if (k.Shares == 1)
        {
            Item(code, Int(all));
            code.Line("float sum = 0f;");
            code.Line($"for (int part = 0; part < {Int(k.Parts)}; part++) sum += a.partials[part * {Int(all)} + item];");
            Store(code, k, s, "item");
            return;
        }

        code.Line($"// A group has {Int(Neighbours)} sums; {Int(k.Shares)} items share the parts of each.");
        SharedSums.Allocate(code, Neighbours * k.Shares, 1);
        using (code.Open($"for (int item = Group.IdxX; item < {Int(Neighbours * k.Shares)}; item += Group.DimX)"))
        {
            code.Line($"int at = Math.Min({Times("Grid.IdxX", Neighbours)} + item % {Int(Neighbours)}, {Int(all - 1)});");
            code.Line("float own = 0f;");
            int ahead = Math.Min(Ahead, k.Parts / k.Shares), step = ahead * k.Shares;
            using (code.Open($"for (int part = item / {Int(Neighbours)}; part < {Int(k.Parts)}; part += {Int(step)})"))
            {
                code.Line("float " + string.Join(", ", Enumerable.Range(0, ahead).Select(i => $"p{i} = a.partials[{Times(i == 0 ? "part" : $"(part + {Int(i * k.Shares)})", all)} + at]")) + ";");
                code.Line(string.Join(" ", Enumerable.Range(0, ahead).Select(i => $"own += p{i};")));
            }

            code.Line("sums[item] = own;");
        }

        SharedSums.Wait(code);
        using (code.Open($"for (int lane = Group.IdxX; lane < {Int(Neighbours)}; lane += Group.DimX)"))
        {
            code.Line($"int at = {Times("Grid.IdxX", Neighbours)} + lane;");
            if (all % Neighbours != 0) code.Line($"if (at >= {Int(all)}) continue;");
            SharedSums.AddUp(code, k.Shares, $"(share * {Int(Neighbours)} + lane)", 1, "0");
            Store(code, k, s, "at");
        }
    }

    private static int All(GpuKernel.Combine k) => k.Weights + k.Biases;

    private static void Store(CodeWriter code, GpuKernel.Combine k, GpuSignature s, string at)
    {
        if (k.Biases == 0)
        {
            code.Line($"a.{s[0]}[{at}] = sum;");
            return;
        }

        code.Line($"if ({at} < {Int(k.Weights)}) a.{s[0]}[{at}] = sum;");
        code.Line($"else a.{s[1]}[{at} - {Int(k.Weights)}] = sum;");
    }
}
