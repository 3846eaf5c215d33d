using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>One term of an index: <paramref name="Index"/> times <paramref name="Factor"/>.</summary>
internal readonly record struct Term(string Index, long Factor);

/// <summary>
/// Writes loads and stores of neighbouring elements, in pieces of 16 bytes where every term of the index is a multiple of four
/// floats. The view is cast first and the index counts in pieces, since ILGPU proves the alignment of products alone.
/// </summary>
internal static class VectorAccess
{
    private static readonly string[] Lanes = ["X", "Y", "Z", "W"];

    /// <summary>Loads elements into locals.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="name">Stem of the locals' names.</param>
    /// <param name="view">The argument.</param>
    /// <param name="count">How many.</param>
    /// <param name="aligned">The argument begins at 16 bytes.</param>
    /// <param name="terms">Index of the first.</param>
    /// <returns>Text of each element.</returns>
    public static Func<int, string> Load(CodeWriter code, string name, string view, int count, bool aligned, params Term[] terms)
    {
        if (!IsVector(count, aligned, terms))
        {
            Elements(code, name, View(view, Index(terms, 1), count), count);
            return i => name + Int(i);
        }

        if (count == 4)
        {
            code.Line($"Float4 {name} = a.{view}.Cast<Float4>().SubView({Index(terms, 4)}, 1)[0];");
            return i => $"{name}.{Lanes[i]}";
        }

        code.Line($"ArrayView<Float4> {name} = a.{view}.Cast<Float4>().SubView({Index(terms, 4)}, {Int(count / 4)});");
        code.Line("Float4 " + string.Join(", ", Enumerable.Range(0, count / 4).Select(i => $"{name}{Int(i)} = {name}[{Int(i)}]")) + ";");
        return i => $"{name}{Int(i / 4)}.{Lanes[i % 4]}";
    }

    /// <summary>Stores elements.</summary>
    public static void Store(CodeWriter code, string view, int count, bool aligned, Term[] terms, Func<int, string> value)
    {
        if (!IsVector(count, aligned, terms))
        {
            code.Line($"ArrayView<float> y = {View(view, Index(terms, 1), count)};");
            for (int i = 0; i < count; i++) code.Line($"y[{Int(i)}] = {value(i)};");
            return;
        }

        code.Line($"ArrayView<Float4> y = a.{view}.Cast<Float4>().SubView({Index(terms, 4)}, {Int(count / 4)});");
        for (int i = 0; i < count; i += 4)
            code.Line($"y[{Int(i / 4)}] = new Float4({value(i)}, {value(i + 1)}, {value(i + 2)}, {value(i + 3)});");
    }

    private static bool IsVector(int count, bool aligned, Term[] terms) =>
        aligned && count % 4 == 0 && terms.All(term => term.Factor % 4 == 0);

    private static string Index(Term[] terms, int unit) => Sum([.. terms.Select(term => Times(term.Index, term.Factor / unit))]);
}
