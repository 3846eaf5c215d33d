using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes attention and its gradients. A group has one query of a head, or one key; the row of weights over the keys, or over the queries, lies in shared memory
/// and nowhere else. Loops go by the group's size and barriers are uniform, so a group may have any.
/// </summary>
internal static class AttentionEmitter
{
    // Parts of the sums over a row, whatever the group's size: the order in which they are added must not depend on it.
    private const int Parts = 32;

    public static string Extent(GpuKernel.Attention k) => Times("f.Batch", k.Direction == AttentionDirection.KeyGradient
        ? (long)k.Shape.KeyHeads * k.Shape.Keys
        : (long)k.Shape.Heads * k.Shape.Queries);

    public static void Write(CodeWriter code, GpuKernel.Attention k, GpuSignature s)
    {
        switch (k.Direction)
        {
            case AttentionDirection.Forward:
                Forward(code, k.Shape, new Places(k, s, results: 2), s);
                break;
            case AttentionDirection.QueryGradient:
                QueryGradient(code, k.Shape, new Places(k, s, results: 3), s);
                break;
            default:
                KeyGradient(code, k.Shape, new Places(k, s, results: 3), s);
                break;
        }
    }

    private static void Forward(CodeWriter code, AttentionShape a, Places p, GpuSignature s)
    {
        Query(code, a);
        code.Line($"ArrayView<float> weights = SharedMemory.Allocate<float>({Int(a.Keys)});");
        code.Line($"ArrayView<float> query = SharedMemory.Allocate<float>({Int(a.Width)});");
        code.Line($"ArrayView<float> parts = SharedMemory.Allocate<float>({Int(Parts)});");
        Each(code, "c", Int(a.Width), $"query[c] = {p.Query("i", "head", "c")} * {CSharp.Float(a.Scale)};");
        code.Line("Group.Barrier();");
        using (code.Open("for (int j = Group.IdxX; j < keys; j += Group.DimX)"))
        {
            code.Line("float product = 0f;");
            code.Line($"for (int c = 0; c < {Int(a.Width)}; c++) product += query[c] * {p.Key("j", "shared", "c")};");
            code.Line($"weights[j] = {p.Unless("j", "float.NegativeInfinity", "product")};");
        }

        code.Line("Group.Barrier();");
        Over(code, "max", "float.NegativeInfinity", "maxPart = GpuMath.Max(maxPart, weights[j]);", "max = GpuMath.Max(max, parts[part]);");
        if (a.Masked) code.Line("if (max == float.NegativeInfinity) max = 0f;");
        Over(code, "total", "0f", "float weight = GpuMath.Exp(weights[j] - max); weights[j] = weight; totalPart += weight;", "total += parts[part];");
        code.Line(a.Masked ? "float inverse = total == 0f ? 0f : 1f / total;" : "float inverse = 1f / total;");
        using (code.Open($"for (int c = Group.IdxX; c < {Int(a.ValueWidth)}; c += Group.DimX)"))
        {
            code.Line("float sum = 0f;");
            code.Line($"for (int j = 0; j < keys; j++) sum += weights[j] * {p.Value("j", "shared", "c")};");
            code.Line($"a.{s[0]}[{p.Result(0, a.Heads * a.ValueWidth, "i", "head", a.ValueWidth, "c")}] = sum * inverse;");
        }

        code.Line($"if (Group.IdxX == 0) a.{s[1]}[{p.Log("i", 1)}] = {(a.Masked ? "total == 0f ? 0f : " : "")}max + GpuMath.Log(total);");
    }

    private static void QueryGradient(CodeWriter code, AttentionShape a, Places p, GpuSignature s)
    {
        Query(code, a);
        code.Line($"ArrayView<float> products = SharedMemory.Allocate<float>({Int(a.Keys)});");
        code.Line("float dot = 0f;");
        code.Line($"for (int c = 0; c < {Int(a.ValueWidth)}; c++) dot += {p.OutputGradient("i", "head", "c")} * {p.Output("i", "head", "c")};");
        code.Line($"float logSum = a.{s[p.LogArgument]}[{p.Log("i", p.LogArgument)}];");
        using (code.Open("for (int j = Group.IdxX; j < keys; j += Group.DimX)"))
        {
            code.Line("float product = 0f, gradient = 0f;");
            code.Line($"for (int c = 0; c < {Int(a.Width)}; c++) product += {p.Query("i", "head", "c")} * {p.Key("j", "shared", "c")};");
            code.Line($"for (int c = 0; c < {Int(a.ValueWidth)}; c++) gradient += {p.OutputGradient("i", "head", "c")} * {p.Value("j", "shared", "c")};");
            code.Line($"products[j] = {p.Unless("j", "0f", $"GpuMath.Exp(product * {CSharp.Float(a.Scale)} - logSum) * (gradient - dot) * {CSharp.Float(a.Scale)}")};");
        }

        code.Line("Group.Barrier();");
        using (code.Open($"for (int c = Group.IdxX; c < {Int(a.Width)}; c += Group.DimX)"))
        {
            code.Line("float sum = 0f;");
            code.Line($"for (int j = 0; j < keys; j++) sum += products[j] * {p.Key("j", "shared", "c")};");
            code.Line($"a.{s[0]}[{p.Result(0, a.Heads * a.Width, "i", "head", a.Width, "c")}] = sum;");
        }
    }

    private static void KeyGradient(CodeWriter code, AttentionShape a, Places p, GpuSignature s)
    {
        code.Line("int group = Grid.IdxX;");
        code.Line($"int j = group % {Int(a.Keys)};");
        code.Line($"int shared = group / {Int(a.Keys)} % {Int(a.KeyHeads)};");
        code.Line($"int sample = group / {Int((long)a.Keys * a.KeyHeads)};");

        // The first query that sees the key.
        code.Line($"int from = {(a.Causal ? $"Math.Max(0, j - {Int(a.Keys - a.Queries)})" : "0")};");
        code.Line($"ArrayView<float> weights = SharedMemory.Allocate<float>({Int(a.Queries)});");
        code.Line($"ArrayView<float> products = SharedMemory.Allocate<float>({Int(a.Queries)});");
        int sharing = a.Heads / a.KeyHeads;
        using (code.Open($"for (int turn = 0; turn < {Int(sharing)}; turn++)"))
        {
            code.Line($"int head = shared * {Int(sharing)} + turn;");
            using (code.Open($"for (int i = from + Group.IdxX; i < {Int(a.Queries)}; i += Group.DimX)"))
            {
                code.Line("float product = 0f, gradient = 0f;");
                code.Line($"for (int c = 0; c < {Int(a.Width)}; c++) product += {p.Query("i", "head", "c")} * {p.Key("j", "shared", "c")};");
                code.Line($"for (int c = 0; c < {Int(a.ValueWidth)}; c++) gradient += {p.OutputGradient("i", "head", "c")} * ({p.Value("j", "shared", "c")} - {p.Output("i", "head", "c")});");
                code.Line($"float weight = {p.Unless("j", "0f", $"GpuMath.Exp(product * {CSharp.Float(a.Scale)} - a.{s[p.LogArgument]}[{p.Log("i", p.LogArgument)}])")};");
                code.Line("weights[i] = weight;");
                code.Line($"products[i] = weight * gradient * {CSharp.Float(a.Scale)};");
            }

            code.Line("Group.Barrier();");
            Sum(a.Width, "products", p.Query("i", "head", "c"), s[1], p.Result(1, a.KeyHeads * a.Width, "j", "shared", a.Width, "c"));
            Sum(a.ValueWidth, "weights", p.OutputGradient("i", "head", "c"), s[2], p.Result(2, a.KeyHeads * a.ValueWidth, "j", "shared", a.ValueWidth, "c"));
            code.Line("Group.Barrier();");
        }

        // Every head adds to what the one before it left.
        void Sum(int width, string weights, string element, string result, string place)
        {
            using (code.Open($"for (int c = Group.IdxX; c < {Int(width)}; c += Group.DimX)"))
            {
                code.Line(sharing == 1 ? "float sum = 0f;" : $"float sum = turn == 0 ? 0f : a.{result}[{place}];");
                code.Line($"for (int i = from; i < {Int(a.Queries)}; i++) sum += {weights}[i] * {element};");
                code.Line($"a.{result}[{place}] = sum;");
            }
        }
    }

    /// <summary>The query of a group, and how many keys it sees.</summary>
    private static void Query(CodeWriter code, AttentionShape a)
    {
        code.Line("int group = Grid.IdxX;");
        code.Line($"int i = group % {Int(a.Queries)};");
        code.Line($"int head = group / {Int(a.Queries)} % {Int(a.Heads)};");
        code.Line($"int sample = group / {Int((long)a.Queries * a.Heads)};");
        code.Line($"int shared = head / {Int(a.Heads / a.KeyHeads)};");
        code.Line($"int keys = {(a.Causal ? Sum("i", Int(1 + a.Keys - a.Queries)) : Int(a.Keys))};");
    }

    /// <summary>A result over the keys that every item of the group knows afterwards.</summary>
    private static void Over(CodeWriter code, string name, string start, string step, string combine)
    {
        using (code.Open($"for (int part = Group.IdxX; part < {Int(Parts)}; part += Group.DimX)"))
        {
            code.Line($"float {name}Part = {start};");
            using (code.Open($"for (int j = part; j < keys; j += {Int(Parts)})")) code.Line(step);
            code.Line($"parts[part] = {name}Part;");
        }

        code.Line("Group.Barrier();");
        code.Line($"float {name} = {start};");
        code.Line($"for (int part = 0; part < {Int(Parts)}; part++) {combine}");
        code.Line("Group.Barrier();");
    }

    private static void Each(CodeWriter code, string index, string end, string step) =>
        code.Line($"for (int {index} = Group.IdxX; {index} < {end}; {index} += Group.DimX) {step}");

    /// <summary>Texts of elements: the arguments are the results, then q, k, v and, of gradients, y, the logarithms and dy.</summary>
    private sealed class Places(GpuKernel.Attention k, GpuSignature s, int results)
    {
        private AttentionShape Shape => k.Shape;

        public int LogArgument => results + 4;

        public string Query(string row, string head, string column) => Element(results, Shape.Heads * Shape.Width, row, head, Shape.Width, column);

        public string Key(string row, string head, string column) => Element(results + 1, Shape.KeyHeads * Shape.Width, row, head, Shape.Width, column);

        public string Value(string row, string head, string column) => Element(results + 2, Shape.KeyHeads * Shape.ValueWidth, row, head, Shape.ValueWidth, column);

        public string Output(string row, string head, string column) => Element(results + 3, Shape.Heads * Shape.ValueWidth, row, head, Shape.ValueWidth, column);

        public string OutputGradient(string row, string head, string column) => Element(results + 5, Shape.Heads * Shape.ValueWidth, row, head, Shape.ValueWidth, column);

        /// <summary>What holds of a key that is seen, and what of one that the mask, the last argument, hides.</summary>
        public string Unless(string key, string hidden, string seen) => Shape.Masked
            ? $"a.{s[k.Strides.Length - 1]}[{KernelWriter.Sum(Times("sample", k.Strides[k.Strides.Length - 1]), key)}] == 0f ? {hidden} : {seen}"
            : seen;

        public string Log(string row, int argument) => KernelWriter.Sum(Times("sample", k.Strides[argument]), Times("head", Shape.Queries), row);

        public string Result(int argument, int step, string row, string head, int width, string column) =>
            KernelWriter.Sum(Times("sample", k.Strides[argument]), Times(row, step), Times(head, width), column);

        private string Element(int argument, int step, string row, string head, int width, string column) => $"a.{s[argument]}[{Result(argument, step, row, head, width, column)}]";
    }
}
