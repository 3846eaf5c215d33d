using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes poolings and their gradients; an item has some neighbouring channels of one place.</summary>
internal static class PoolingEmitter
{
    public static void Write(CodeWriter code, GpuKernel.Pooling k, GpuSignature s)
    {
        InverseBatch(code, k.Epilogue?.Expression);
        Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        int places = Places(k), groups = k.Channels / k.Lanes;
        code.Line($"int lane = {Remainder("item", groups)};");
        if (k.Epilogue is not null) code.Line($"int channel = {Times("lane", k.Lanes)};");
        code.Line($"int place = {Quotient("item", groups)} % {Int(places)};");
        code.Line($"int sample = item / {Int((long)places * groups)};");
        switch (k.Kind)
        {
            case PoolingKind.MaxForward or PoolingKind.AverageForward:
                Forward(code, k, s);
                break;
            case PoolingKind.MaxBackward when WindowText.Overlap(k.Window):
                GatherMaximum(code, k, s);
                break;
            case PoolingKind.MaxBackward:
                ScatterMaximum(code, k, s);
                break;
            default:
                GatherAverage(code, k, s);
                break;
        }
    }

    /// <summary>Items of a launch.</summary>
    public static string Extent(GpuKernel.Pooling k) => Times("f.Batch", (long)Places(k) * (k.Channels / k.Lanes));

    /// <summary>Places of a sample that have items: results forward; cells of a stride's size, or elements, backward.</summary>
    private static int Places(GpuKernel.Pooling k) => k.Kind switch
    {
        PoolingKind.MaxForward or PoolingKind.AverageForward => k.Window.OutputHeight(k.Height) * k.Window.OutputWidth(k.Width),
        PoolingKind.MaxBackward when !WindowText.Overlap(k.Window) => Tiling.Count(k.Height + k.Window.PadTop, k.Window.StrideHeight) * CellsAcross(k),
        _ => k.Height * k.Width,
    };

    private static int CellsAcross(GpuKernel.Pooling k) => Tiling.Count(k.Width + k.Window.PadLeft, k.Window.StrideWidth);

    private static void Forward(CodeWriter code, GpuKernel.Pooling k, GpuSignature s)
    {
        Window w = k.Window;
        int wide = w.OutputWidth(k.Width);
        bool padded = WindowText.ReachesOutside(w, k.Height, k.Width), max = k.Kind == PoolingKind.MaxForward;
        code.Line($"int top = {WindowText.First($"place / {Int(wide)}", w.StrideHeight, w.PadTop)};");
        code.Line($"int left = {WindowText.First($"place % {Int(wide)}", w.StrideWidth, w.PadLeft)};");
        Lanes(code, k, max ? "float.NegativeInfinity" : "0f");
        if (!max && padded) code.Line("int count = 0;");
        using (code.Open($"for (int u = 0; u < {Int(w.KernelHeight)}; u++)"))
        using (code.Open($"for (int v = 0; v < {Int(w.KernelWidth)}; v++)"))
        {
            Inside(code, k, padded);
            Func<int, string> x = Load(code, k, s, 1, "x", $"(yy * {Int(k.Width)} + xx)");
            for (int i = 0; i < k.Lanes; i++) code.Line(max ? $"result{i} = GpuMath.Max(result{i}, {x(i)});" : $"result{i} += {x(i)};");
            if (!max && padded) code.Line("count++;");
        }

        if (!max)
        {
            string divisor = padded ? "(1f / count)" : CSharp.Float(1.0 / (w.KernelHeight * w.KernelWidth));
            for (int i = 0; i < k.Lanes; i++) code.Line($"result{i} *= {divisor};");
        }

        Store(code, k, s, 2, "place");
    }

    /// <summary>
    /// No two windows share an element: an item owns a window and what lies between it and the next, so that the gradient may take
    /// the place of the elements it was read from.
    /// </summary>
    private static void ScatterMaximum(CodeWriter code, GpuKernel.Pooling k, GpuSignature s)
    {
        Window w = k.Window;
        int across = CellsAcross(k), high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width);
        code.Line($"int row = place / {Int(across)}, column = place % {Int(across)};");
        code.Line($"int top = {WindowText.First("row", w.StrideHeight, w.PadTop)};");
        code.Line($"int left = {WindowText.First("column", w.StrideWidth, w.PadLeft)};");
        for (int i = 0; i < k.Lanes; i++) code.Line($"float best{i} = float.NegativeInfinity, d{i} = 0f; int at{i} = -1;");
        using (code.Open($"if (row < {Int(high)} && column < {Int(wide)})"))
        {
            Func<int, string> g = Load(code, k, s, 2, "g", $"(row * {Int(wide)} + column)");
            for (int i = 0; i < k.Lanes; i++) code.Line($"d{i} = {g(i)};");
            using (code.Open($"for (int u = 0; u < {Int(w.KernelHeight)}; u++)"))
            using (code.Open($"for (int v = 0; v < {Int(w.KernelWidth)}; v++)"))
            {
                Inside(code, k, WindowText.ReachesOutside(w, k.Height, k.Width));
                Func<int, string> x = Load(code, k, s, 1, "x", $"(yy * {Int(k.Width)} + xx)");
                code.Line($"int index = yy * {Int(k.Width)} + xx;");
                for (int i = 0; i < k.Lanes; i++)
                    code.Line($"if (at{i} < 0 || {x(i)} > best{i} || ({x(i)} != {x(i)} && best{i} == best{i})) {{ best{i} = {x(i)}; at{i} = index; }}");
            }
        }

        code.Gap();
        using (code.Open($"for (int yy = Math.Max(top, 0); yy < Math.Min(top + {Int(w.StrideHeight)}, {Int(k.Height)}); yy++)"))
        using (code.Open($"for (int xx = Math.Max(left, 0); xx < Math.Min(left + {Int(w.StrideWidth)}, {Int(k.Width)}); xx++)"))
        {
            code.Line($"int index = yy * {Int(k.Width)} + xx;");
            for (int i = 0; i < k.Lanes; i++) code.Line($"float result{i} = index == at{i} ? d{i} : 0f;");
            Store(code, k, s, 3, "index");
        }
    }

    /// <summary>Windows overlap: an element asks every window it lies in whether it is the first maximum there.</summary>
    private static void GatherMaximum(CodeWriter code, GpuKernel.Pooling k, GpuSignature s)
    {
        Window w = k.Window;
        int high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width);
        Lanes(code, k, "0f");
        using (Windows(code, k, high, wide, out CodeWriter.Block inner))
        {
            code.Line($"int row = {Quotient("below", w.StrideHeight)}, column = {Quotient("beside", w.StrideWidth)};");
            code.Line($"int top = {WindowText.First("row", w.StrideHeight, w.PadTop)}, left = {WindowText.First("column", w.StrideWidth, w.PadLeft)};");
            for (int i = 0; i < k.Lanes; i++) code.Line($"float best{i} = float.NegativeInfinity; int at{i} = -1;");
            using (code.Open($"for (int p = 0; p < {Int(w.KernelHeight)}; p++)"))
            using (code.Open($"for (int q = 0; q < {Int(w.KernelWidth)}; q++)"))
            {
                Inside(code, k, WindowText.ReachesOutside(w, k.Height, k.Width), "p", "q");
                Func<int, string> x = Load(code, k, s, 1, "x", $"(yy * {Int(k.Width)} + xx)");
                code.Line($"int index = yy * {Int(k.Width)} + xx;");
                for (int i = 0; i < k.Lanes; i++)
                    code.Line($"if (at{i} < 0 || {x(i)} > best{i} || ({x(i)} != {x(i)} && best{i} == best{i})) {{ best{i} = {x(i)}; at{i} = index; }}");
            }

            Func<int, string> d = Load(code, k, s, 2, "d", $"(row * {Int(wide)} + column)");
            for (int i = 0; i < k.Lanes; i++) code.Line($"if (at{i} == place) result{i} += {d(i)};");
            inner.Dispose();
        }

        Store(code, k, s, 3, "place");
    }

    private static void GatherAverage(CodeWriter code, GpuKernel.Pooling k, GpuSignature s)
    {
        Window w = k.Window;
        int high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width);
        bool padded = WindowText.ReachesOutside(w, k.Height, k.Width);
        Lanes(code, k, "0f");
        using (Windows(code, k, high, wide, out CodeWriter.Block inner))
        {
            code.Line($"int row = {Quotient("below", w.StrideHeight)}, column = {Quotient("beside", w.StrideWidth)};");
            Func<int, string> d = Load(code, k, s, 1, "d", $"(row * {Int(wide)} + column)");
            string share = CSharp.Float(1.0 / (w.KernelHeight * w.KernelWidth));
            if (padded)
            {
                code.Line($"int top = {WindowText.First("row", w.StrideHeight, w.PadTop)}, left = {WindowText.First("column", w.StrideWidth, w.PadLeft)};");
                code.Line("int across = 0, down = 0;");
                code.Line($"for (int p = 0; p < {Int(w.KernelHeight)}; p++) down += {Within(Sum("top", Times("p", w.DilationHeight)), k.Height)} ? 1 : 0;");
                code.Line($"for (int q = 0; q < {Int(w.KernelWidth)}; q++) across += {Within(Sum("left", Times("q", w.DilationWidth)), k.Width)} ? 1 : 0;");
                code.Line("float share = 1f / (down * across);");
                share = "share";
            }

            for (int i = 0; i < k.Lanes; i++) code.Line($"result{i} += {d(i)} * {share};");
            inner.Dispose();
        }

        Store(code, k, s, 2, "place");
    }

    /// <summary>Opens loops over the windows that an element lies in: <c>below</c> and <c>beside</c> are their places times the stride.</summary>
    private static CodeWriter.Block Windows(CodeWriter code, GpuKernel.Pooling k, int high, int wide, out CodeWriter.Block inner)
    {
        Window w = k.Window;
        CodeWriter.Block outer = code.Open($"for (int u = 0; u < {Int(w.KernelHeight)}; u++)");
        code.Line($"int below = {Sum($"place / {Int(k.Width)}", Int(w.PadTop))} - {Times("u", w.DilationHeight)};");
        code.Line($"if ({WindowText.Misses("below", w.StrideHeight, high)}) continue;");
        inner = code.Open($"for (int v = 0; v < {Int(w.KernelWidth)}; v++)");
        code.Line($"int beside = {Sum($"place % {Int(k.Width)}", Int(w.PadLeft))} - {Times("v", w.DilationWidth)};");
        code.Line($"if ({WindowText.Misses("beside", w.StrideWidth, wide)}) continue;");
        return outer;
    }

    /// <summary>The element <c>yy</c>, <c>xx</c> of a window; those outside the image are passed over.</summary>
    private static void Inside(CodeWriter code, GpuKernel.Pooling k, bool padded, string u = "u", string v = "v")
    {
        code.Line($"int yy = {Sum("top", Times(u, k.Window.DilationHeight))}, xx = {Sum("left", Times(v, k.Window.DilationWidth))};");
        if (padded) code.Line($"if (yy < 0 || yy >= {Int(k.Height)} || xx < 0 || xx >= {Int(k.Width)}) continue;");
    }

    private static string Within(string index, int extent) => $"({index} >= 0 && {index} < {Int(extent)})";

    private static void Lanes(CodeWriter code, GpuKernel.Pooling k, string value) =>
        code.Line("float " + string.Join(", ", Enumerable.Range(0, k.Lanes).Select(i => $"result{i} = {value}")) + ";");

    /// <summary>The lanes of an argument at a place of its image.</summary>
    private static Func<int, string> Load(CodeWriter code, GpuKernel.Pooling k, GpuSignature s, int argument, string name, string place) =>
        VectorAccess.Load(code, name, s[argument], k.Lanes, k.Aligned, new Term("sample", k.Strides[argument]), new Term(place, k.Channels), new Term("lane", k.Lanes));

    private static void Store(CodeWriter code, GpuKernel.Pooling k, GpuSignature s, int operands, string place)
    {
        string[] names = [.. s.Arguments.Skip(operands).Select(argument => argument.Name)];
        VectorAccess.Store(
            code,
            s[0],
            k.Lanes,
            k.Aligned,
            [new Term("sample", k.Strides[0]), new Term(place, k.Channels), new Term("lane", k.Lanes)],
            i => Apply(k.Epilogue, $"result{i}", names, [.. k.Strides.Skip(operands)], "sample", place, i == 0 ? "channel" : $"channel + {i}"));
    }
}
