using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes the part of a matrix product that runs on NVIDIA's tensor cores: <c>mma.m16n8k8</c> on factors of TF32. ILGPU can take
/// results out of inline PTX through memory alone, so the sums live in registers that PTX itself declares, and operands are
/// rounded where they are stored to shared memory.
/// </summary>
/// <remarks>
/// The elements that lane <c>l</c> of a warp has of each fragment, with <c>g = l / 4</c> and <c>t = l % 4</c> (PTX ISA, "Matrix
/// Fragments for mma.m16n8k8", .tf32): of A, 16 x 8, (g, t), (g + 8, t), (g, t + 4), (g + 8, t + 4); of B, 8 x 8, (t, g), (t + 4, g);
/// of the sums, 16 x 8, (g, 2t), (g, 2t + 1), (g + 8, 2t), (g + 8, 2t + 1).
/// </remarks>
internal static class TensorCoreEmitter
{
    /// <summary>Rows and columns of a group's block of results.</summary>
    public const int Block = 64;

    /// <summary>Four warps, each with a quarter of the block.</summary>
    public const int GroupSize = 128;

    /// <summary>Inner dimension that passes through shared memory at a time.</summary>
    private const int Depth = 32;

    /// <summary>Rows and columns of a warp's quarter.</summary>
    private const int Quarter = 32;

    /// <summary>Rows, columns and inner dimension of one instruction.</summary>
    private const int M = 16, N = 8, K = 8;

    /// <summary>
    /// Elements from one row of a shared operand to the next, with padding by which the 32 lanes read 32 banks: 4g + t where a row
    /// is along the inner dimension, 8t + g where it is along the columns.
    /// </summary>
    private const int DeepStride = Depth + 4, WideStride = Block + 8;

    private const string Asm = "CudaAsm.Emit";

    /// <summary>The body for tensor cores, from <c>rows</c>, <c>firstRow</c> and <c>firstColumn</c> on.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="k">The kernel.</param>
    /// <param name="s">Its arguments.</param>
    /// <param name="storeElement">Writes the store of <c>sum</c> to <c>row</c> and <c>at</c>.</param>
    public static void Write(CodeWriter code, GpuKernel.MatMul k, GpuSignature s, Action storeElement)
    {
        int floats = Math.Max((Block * DeepStride) + Math.Max(Block * DeepStride, Depth * WideStride), Block * WideStride);
        code.Line($"ArrayView<int> memory = SharedMemory.Allocate<int>({Int(floats)});");
        code.Line($"ArrayView<int> left = memory.SubView(0, {Int(Block * DeepStride)});");
        code.Line($"ArrayView<int> right = memory.SubView({Int(Block * DeepStride)}, {Int(floats - (Block * DeepStride))});");
        code.Line("int warp = Group.IdxX / 32;");
        code.Line("int lane = Group.IdxX % 32;");
        code.Line($"int warpRow = warp / {Int(Block / Quarter)} * {Int(Quarter)};");
        code.Line($"int warpColumn = warp % {Int(Block / Quarter)} * {Int(Quarter)};");
        Sums(code);
        using (code.Open($"for (int first = 0; first < {Int(k.K)}; first += {Int(Depth)})"))
        {
            Load(code, k, s);
            code.Gap();
            code.Line("Group.Barrier();");
            using (code.Open($"for (int k = 0; k < {Int(Depth)}; k += {Int(K)})")) Multiply(code, k.TransposeW);
            code.Gap();
            code.Line("Group.Barrier();");
        }

        code.Gap();
        Spill(code);
        code.Line("Group.Barrier();");
        code.Gap();
        using (code.Open($"for (int i = Group.IdxX; i < {Int(Block * Block)}; i += Group.DimX)"))
        {
            code.Line($"int row = firstRow + i / {Int(Block)};");
            code.Line($"int at = firstColumn + i % {Int(Block)};");
            code.Line($"if (row >= rows{(k.N % Block == 0 ? "" : $" || at >= {Int(k.N)}")}) continue;");
            code.Line($"float sum = sums[i / {Int(Block)} * {Int(WideStride)} + i % {Int(Block)}];");
            storeElement();
        }
    }

    /// <summary>Instructions along the rows and columns of a warp's quarter, row by row.</summary>
    private static IEnumerable<(int Row, int Column, int Index)> Instructions() =>
        from row in Enumerable.Range(0, Quarter / M)
        from column in Enumerable.Range(0, Quarter / N)
        select (row, column, (row * (Quarter / N)) + column);

    private static void Sums(CodeWriter code)
    {
        code.Line($"// The sums of a warp: {Int(Quarter)} x {Int(Quarter)}, in instructions of {Int(M)} x {Int(N)}, of which each lane has 4.");
        code.Line($"{Asm}(\".reg .f32 d<{Int(4 * Instructions().Count())}>;\");");
        foreach (var (_, _, index) in Instructions())
            code.Line($"{Asm}(\"{string.Join(" ", Enumerable.Range(4 * index, 4).Select(d => $"mov.f32 d{Int(d)}, 0f00000000;"))}\");");
        code.Gap();
    }

    /// <summary>Rounds both operands on their way to shared memory. Neighbours read neighbouring memory and write to different banks.</summary>
    private static void Load(CodeWriter code, GpuKernel.MatMul k, GpuSignature s)
    {
        using (code.Open($"for (int i = Group.IdxX; i < {Int(Block * Depth)}; i += Group.DimX)"))
        {
            code.Line($"int row = Math.Min(firstRow + i / {Int(Depth)}, rows - 1);");
            code.Line($"int k = first + i % {Int(Depth)};");
            code.Line($"float x = {Inside(k, $"a.{s[1]}[{Sum(Row("row", k.Rows, k.K, k.Strides[1]), "k")}]")};");
            Round(code, $"left[i / {Int(Depth)} * {Int(DeepStride)} + i % {Int(Depth)}]", "x");
        }

        code.Gap();
        int along = k.TransposeW ? Depth : Block, across = k.TransposeW ? Block : Depth;
        string outer = $"i / {Int(along)}", inner = $"i % {Int(along)}";
        using (code.Open($"for (int i = Group.IdxX; i < {Int(along * across)}; i += Group.DimX)"))
        {
            string column = $"firstColumn + {(k.TransposeW ? outer : inner)}";
            code.Line($"int at = {(k.N % Block == 0 ? column : $"Math.Min({column}, {Int(k.N - 1)})")};");
            code.Line($"int k = first + {(k.TransposeW ? inner : outer)};");
            string place = k.TransposeW ? Sum(Times("at", k.K), "k") : Sum(Times("k", k.N), "at");
            code.Line($"float w = {Inside(k, $"a.{s[2]}[{place}]")};");
            Round(code, $"right[{outer} * {Int(k.TransposeW ? DeepStride : WideStride)} + {inner}]", "w");
        }
    }

    private static string Inside(GpuKernel.MatMul k, string element) => k.K % Depth == 0 ? element : $"k < {Int(k.K)} ? {element} : 0f";

    private static void Round(CodeWriter code, string place, string value) =>
        code.Line($"{Asm}(\"cvt.rna.tf32.f32 %0, %1;\", out {place}, {value});");

    /// <summary>One step of the inner dimension: a lane's part of each fragment, then every instruction.</summary>
    private static void Multiply(CodeWriter code, bool transposeW)
    {
        // From a lane's first element of B to the one 4 further along the inner dimension, and to the next instruction's.
        (int deeper, int next) = transposeW ? (4, N * DeepStride) : (4 * WideStride, N);
        int lastA = ((Quarter - 8) * DeepStride) + 4, lastB = (((Quarter / N) - 1) * next) + deeper;
        code.Line($"ArrayView<int> x = left.SubView((warpRow + lane / 4) * {Int(DeepStride)} + lane % 4 + k, {Int(lastA + 1)});");
        code.Line(transposeW
            ? $"ArrayView<int> w = right.SubView((warpColumn + lane / 4) * {Int(DeepStride)} + lane % 4 + k, {Int(lastB + 1)});"
            : $"ArrayView<int> w = right.SubView((lane % 4 + k) * {Int(WideStride)} + warpColumn + lane / 4, {Int(lastB + 1)});");
        for (int row = 0; row < Quarter / M; row++)
        {
            int at = row * M * DeepStride;
            int[] places = [at, at + (8 * DeepStride), at + 4, at + (8 * DeepStride) + 4];
            code.Line("int " + string.Join(", ", places.Select((place, i) => $"x{Int((4 * row) + i)} = x[{Int(place)}]")) + ";");
        }

        for (int column = 0; column < Quarter / N; column++)
            code.Line($"int w{Int(2 * column)} = w[{Int(column * next)}], w{Int((2 * column) + 1)} = w[{Int((column * next) + deeper)}];");
        foreach (var (row, column, index) in Instructions())
        {
            string d = "{" + string.Join(", ", Enumerable.Range(4 * index, 4).Select(i => "d" + Int(i))) + "}";
            string x = string.Join(", ", Enumerable.Range(4 * row, 4).Select(i => "x" + Int(i)));
            code.Line($"{Asm}(\"mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d}, {{%0, %1, %2, %3}}, {{%4, %5}}, {d};\", {x}, w{Int(2 * column)}, w{Int((2 * column) + 1)});");
        }
    }

    /// <summary>The sums go where the operands were, so that the group stores whole rows.</summary>
    private static void Spill(CodeWriter code)
    {
        int last = ((Quarter - 8) * WideStride) + Quarter - N + 1;
        code.Line("ArrayView<float> sums = memory.Cast<float>();");
        code.Line($"ArrayView<float> own = sums.SubView((warpRow + lane / 4) * {Int(WideStride)} + warpColumn + lane % 4 * 2, {Int(last + 1)});");
        foreach (var (row, column, index) in Instructions())
        {
            for (int i = 0; i < 4; i++)
            {
                int place = (((row * M) + (i / 2 * 8)) * WideStride) + (column * N) + (i % 2);
                code.Line($"{Asm}(\"mov.f32 %0, d{Int((4 * index) + i)};\", out own[{Int(place)}]);");
            }
        }
    }
}
