using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>
/// Writes attention and its gradients. A group has one query of a head, or one key; the row of weights over the keys, or over the queries, lies in shared memory
/// and nowhere else. Loops go by the group's size and barriers are uniform, so a group may have any. Rows are read in whole pieces and
/// columns several rows at a time, since neither the compiler nor the driver unrolls a loop.
/// </summary>
internal static class AttentionEmitter
{
    // Parts of the sums over a row, whatever the group's size: the order in which they are added must not depend on it.
    private const int Parts = 32;

    // Elements that an item reads before it adds their products.
    private const int Together = 8;

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
            Pieces(code, a.Width, (piece, count) =>
            {
                Func<int, string> key = p.Key(code, "j", "shared", piece, count);
                code.Line($"ArrayView<float> q = query.SubView({Times(piece.Index, piece.Factor)}, {Int(count)});");
                Add(code, count, "product", i => $"q[{i}] * {key(i)}");
            });
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
            Rows(code, "j", "0", "keys", a.Keys, "weights", j => p.Value(j, "shared", "c"));
            code.Line($"a.{s[0]}[{p.Result(0, a.Heads * a.ValueWidth, "i", "head", a.ValueWidth, "c")}] = sum * inverse;");
        }

        code.Line($"if (Group.IdxX == 0) a.{s[1]}[{p.Log("i", 1)}] = {(a.Masked ? "total == 0f ? 0f : " : "")}max + GpuMath.Log(total);");
    }

    private static void QueryGradient(CodeWriter code, AttentionShape a, Places p, GpuSignature s)
    {
        Query(code, a);
        code.Line($"ArrayView<float> products = SharedMemory.Allocate<float>({Int(a.Keys)});");
        code.Line("float dot = 0f;");
        Pieces(code, a.ValueWidth, (piece, count) =>
        {
            Func<int, string> gradient = p.OutputGradient(code, "i", "head", piece, count), output = p.Output(code, "i", "head", piece, count);
            Add(code, count, "dot", c => $"{gradient(c)} * {output(c)}");
        });
        code.Line($"float logSum = a.{s[p.LogArgument]}[{p.Log("i", p.LogArgument)}];");
        using (code.Open("for (int j = Group.IdxX; j < keys; j += Group.DimX)"))
        {
            code.Line("float product = 0f, gradient = 0f;");
            QueryTimesKey(code, a, p);
            Pieces(code, a.ValueWidth, (piece, count) =>
            {
                Func<int, string> gradient = p.OutputGradient(code, "i", "head", piece, count), value = p.Value(code, "j", "shared", piece, count);
                Add(code, count, "gradient", c => $"{gradient(c)} * {value(c)}");
            });
            code.Line($"products[j] = {p.Unless("j", "0f", $"GpuMath.Exp(product * {CSharp.Float(a.Scale)} - logSum) * (gradient - dot) * {CSharp.Float(a.Scale)}")};");
        }

        code.Line("Group.Barrier();");
        using (code.Open($"for (int c = Group.IdxX; c < {Int(a.Width)}; c += Group.DimX)"))
        {
            code.Line("float sum = 0f;");
            Rows(code, "j", "0", "keys", a.Keys, "products", j => p.Key(j, "shared", "c"));
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
        code.Line($"int from = {(!a.Causal ? "0" : a.Keys == a.Queries ? "j" : $"Math.Max(0, j - {Int(a.Keys - a.Queries)})")};");
        code.Line($"ArrayView<float> weights = SharedMemory.Allocate<float>({Int(a.Queries)});");
        code.Line($"ArrayView<float> products = SharedMemory.Allocate<float>({Int(a.Queries)});");
        int sharing = a.Heads / a.KeyHeads;
        using (sharing == 1 ? default(CodeWriter.Block?) : code.Open($"for (int turn = 0; turn < {Int(sharing)}; turn++)"))
        {
            code.Line($"int head = {(sharing == 1 ? "shared" : $"shared * {Int(sharing)} + turn")};");
            using (code.Open($"for (int i = from + Group.IdxX; i < {Int(a.Queries)}; i += Group.DimX)"))
            {
                code.Line("float product = 0f, gradient = 0f;");
                QueryTimesKey(code, a, p);
                Pieces(code, a.ValueWidth, (piece, count) =>
                {
                    Func<int, string> gradient = p.OutputGradient(code, "i", "head", piece, count), value = p.Value(code, "j", "shared", piece, count), output = p.Output(code, "i", "head", piece, count);
                    Add(code, count, "gradient", c => $"{gradient(c)} * ({value(c)} - {output(c)})");
                });
                code.Line($"float weight = {p.Unless("j", "0f", $"GpuMath.Exp(product * {CSharp.Float(a.Scale)} - a.{s[p.LogArgument]}[{p.Log("i", p.LogArgument)}])")};");
                code.Line("weights[i] = weight;");
                code.Line($"products[i] = weight * gradient * {CSharp.Float(a.Scale)};");
            }

            code.Line("Group.Barrier();");
            Sum(a.Width, "products", i => p.Query(i, "head", "c"), s[1], p.Result(1, a.KeyHeads * a.Width, "j", "shared", a.Width, "c"));
            Sum(a.ValueWidth, "weights", i => p.OutputGradient(i, "head", "c"), s[2], p.Result(2, a.KeyHeads * a.ValueWidth, "j", "shared", a.ValueWidth, "c"));
            if (sharing > 1) code.Line("Group.Barrier();");
        }

        // Every head adds to what the one before it left.
        void Sum(int width, string weights, Func<string, string> element, string result, string place)
        {
            using (code.Open($"for (int c = Group.IdxX; c < {Int(width)}; c += Group.DimX)"))
            {
                code.Line(sharing == 1 ? "float sum = 0f;" : $"float sum = turn == 0 ? 0f : a.{result}[{place}];");
                Rows(code, "i", "from", Int(a.Queries), a.Queries, weights, element);
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
        code.Line($"int shared = {Quotient("head", a.Heads / a.KeyHeads)};");
        code.Line($"int keys = {(a.Causal ? Sum("i", Int(1 + a.Keys - a.Queries)) : Int(a.Keys))};");
    }

    /// <summary>Adds to <c>product</c> that of query <c>i</c> and key <c>j</c>.</summary>
    private static void QueryTimesKey(CodeWriter code, AttentionShape a, Places p) => Pieces(code, a.Width, (piece, count) =>
    {
        Func<int, string> query = p.Query(code, "i", "head", piece, count), key = p.Key(code, "j", "shared", piece, count);
        Add(code, count, "product", c => $"{query(c)} * {key(c)}");
    });

    /// <summary>Goes through a row in pieces; what is left over is a shorter one.</summary>
    private static void Pieces(CodeWriter code, int width, Action<Term, int> piece)
    {
        int whole = width / Together, rest = width % Together;
        if (whole == 1)
            using (code.Open()) piece(new Term("0", Together), Together);
        if (whole > 1)
            using (code.Open($"for (int piece = 0; piece < {Int(whole)}; piece++)")) piece(new Term("piece", Together), Together);
        if (rest > 0)
            using (code.Open()) piece(new Term(Int(whole), Together), rest);
    }

    /// <summary>Adds a piece's terms in order.</summary>
    private static void Add(CodeWriter code, int count, string sum, Func<int, string> term) =>
        code.Line(string.Join(" ", Enumerable.Range(0, count).Select(i => $"{sum} += {term(i)};")));

    /// <summary>Adds to <c>sum</c> weights times elements, row after row; <paramref name="most"/> is the most that there are.</summary>
    private static void Rows(CodeWriter code, string row, string from, string to, int most, string weights, Func<string, string> element)
    {
        code.Line($"int {row} = {from};");
        if (most >= Together)
        {
            using CodeWriter.Block block = code.Open($"for (; {row} + {Int(Together)} <= {to}; {row} += {Int(Together)})");
            code.Line($"ArrayView<float> w = {weights}.SubView({row}, {Int(Together)});");
            code.Line("float " + string.Join(", ", Enumerable.Range(0, Together).Select(i => $"e{i} = {element(i == 0 ? row : $"({row} + {i})")}")) + ";");
            Add(code, Together, "sum", i => $"w[{i}] * e{i}");
        }

        code.Line($"for (; {row} < {to}; {row}++) sum += {weights}[{row}] * {element(row)};");
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

        public Func<int, string> Query(CodeWriter code, string row, string head, Term piece, int count) => Load(code, "q", results, Shape.Heads, Shape.Width, row, head, piece, count);

        public Func<int, string> Key(CodeWriter code, string row, string head, Term piece, int count) => Load(code, "k", results + 1, Shape.KeyHeads, Shape.Width, row, head, piece, count);

        public Func<int, string> Value(CodeWriter code, string row, string head, Term piece, int count) => Load(code, "v", results + 2, Shape.KeyHeads, Shape.ValueWidth, row, head, piece, count);

        public Func<int, string> Output(CodeWriter code, string row, string head, Term piece, int count) => Load(code, "y", results + 3, Shape.Heads, Shape.ValueWidth, row, head, piece, count);

        public Func<int, string> OutputGradient(CodeWriter code, string row, string head, Term piece, int count) => Load(code, "d", results + 5, Shape.Heads, Shape.ValueWidth, row, head, piece, count);

        /// <summary>What holds of a key that is seen, and what of one that the mask, the last argument, hides.</summary>
        public string Unless(string key, string hidden, string seen) => Shape.Masked
            ? $"a.{s[k.Strides.Length - 1]}[{KernelWriter.Sum(Times("sample", k.Strides[k.Strides.Length - 1]), key)}] == 0f ? {hidden} : {seen}"
            : seen;

        public string Log(string row, int argument) => KernelWriter.Sum(Times("sample", k.Strides[argument]), Times("head", Shape.Queries), row);

        public string Result(int argument, int step, string row, string head, int width, string column) =>
            KernelWriter.Sum(Times("sample", k.Strides[argument]), Times(row, step), Times(head, width), column);

        /// <summary>A piece of a row into locals.</summary>
        private Func<int, string> Load(CodeWriter code, string name, int argument, int heads, int width, string row, string head, Term piece, int count) =>
            VectorAccess.Load(code, name, s[argument], count, k.Aligned, new Term("sample", k.Strides[argument]), new Term(row, (long)heads * width), new Term(head, width), piece);

        private string Element(int argument, int step, string row, string head, int width, string column) => $"a.{s[argument]}[{Result(argument, step, row, head, width, column)}]";
    }
}
