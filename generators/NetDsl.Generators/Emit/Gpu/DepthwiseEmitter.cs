using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Gpu;
using static NetDsl.Generators.Emit.Gpu.KernelWriter;

namespace NetDsl.Generators.Emit.Gpu;

/// <summary>Writes convolutions of each channel by itself and their gradients; an item has some neighbouring channels of one place, or of one tap of the filter.</summary>
internal static class DepthwiseEmitter
{
    /// <summary>Items of a launch.</summary>
    public static string Extent(GpuKernel.Depthwise k) => k.Kind switch
    {
        ConvolutionKind.FilterGradient => Int((long)Taps(k) * Groups(k) * k.Parts),
        _ => Times("f.Batch", (long)Places(k) * Groups(k)),
    };

    public static void Write(CodeWriter code, GpuKernel.Depthwise k, GpuSignature s)
    {
        InverseBatch(code, k.Epilogue?.Expression);
        Item(code, Extent(k).Replace("f.Batch", "a.batch"));
        code.Line($"int lane = {Remainder("item", Groups(k))};");
        if (k.Kind == ConvolutionKind.FilterGradient)
        {
            FilterGradient(code, k, s);
            return;
        }

        if (k.Epilogue is not null) code.Line($"int channel = {Times("lane", k.Lanes)};");
        code.Line($"int place = {Quotient("item", Groups(k))} % {Int(Places(k))};");
        code.Line($"int sample = item / {Int((long)Places(k) * Groups(k))};");
        Sums(code, k);
        if (k.Kind == ConvolutionKind.Forward) Forward(code, k, s);
        else InputGradient(code, k, s);
        string[] names = [.. s.Arguments.Skip(3).Select(argument => argument.Name)];
        VectorAccess.Store(
            code,
            s[0],
            k.Lanes,
            k.Aligned,
            [new Term("sample", k.Strides[0]), new Term("place", k.Channels), new Term("lane", k.Lanes)],
            i => Apply(k.Epilogue, $"sum{i}", names, [.. k.Strides.Skip(3)], "sample", "place", i == 0 ? "channel" : $"channel + {i}"));
    }

    private static void Forward(CodeWriter code, GpuKernel.Depthwise k, GpuSignature s)
    {
        Window w = k.Window;
        int wide = w.OutputWidth(k.Width);
        bool padded = WindowText.ReachesOutside(w, k.Height, k.Width);
        code.Line($"int top = {WindowText.First($"place / {Int(wide)}", w.StrideHeight, w.PadTop)};");
        code.Line($"int left = {WindowText.First($"place % {Int(wide)}", w.StrideWidth, w.PadLeft)};");
        using (code.Open($"for (int u = 0; u < {Int(w.KernelHeight)}; u++)"))
        using (code.Open($"for (int v = 0; v < {Int(w.KernelWidth)}; v++)"))
        {
            code.Line($"int yy = {Sum("top", Times("u", w.DilationHeight))}, xx = {Sum("left", Times("v", w.DilationWidth))};");
            if (padded) code.Line($"if (yy < 0 || yy >= {Int(k.Height)} || xx < 0 || xx >= {Int(k.Width)}) continue;");
            MultiplyAdd(code, k, Image(code, k, s, 1, "x", "sample", $"(yy * {Int(k.Width)} + xx)"), Filter(code, k, s));
        }
    }

    /// <summary>An element asks every window it lies in.</summary>
    private static void InputGradient(CodeWriter code, GpuKernel.Depthwise k, GpuSignature s)
    {
        Window w = k.Window;
        int high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width);
        using (code.Open($"for (int u = 0; u < {Int(w.KernelHeight)}; u++)"))
        {
            code.Line($"int below = {Sum($"place / {Int(k.Width)}", Int(w.PadTop))} - {Times("u", w.DilationHeight)};");
            code.Line($"if ({WindowText.Misses("below", w.StrideHeight, high)}) continue;");
            using (code.Open($"for (int v = 0; v < {Int(w.KernelWidth)}; v++)"))
            {
                code.Line($"int beside = {Sum($"place % {Int(k.Width)}", Int(w.PadLeft))} - {Times("v", w.DilationWidth)};");
                code.Line($"if ({WindowText.Misses("beside", w.StrideWidth, wide)}) continue;");
                string row = Quotient("below", w.StrideHeight), column = Quotient("beside", w.StrideWidth);
                MultiplyAdd(code, k, Image(code, k, s, 1, "dy", "sample", $"({row} * {Int(wide)} + {column})"), Filter(code, k, s));
            }
        }
    }

    /// <summary>A part takes every so manieth row of all results.</summary>
    private static void FilterGradient(CodeWriter code, GpuKernel.Depthwise k, GpuSignature s)
    {
        Window w = k.Window;
        int high = w.OutputHeight(k.Height), wide = w.OutputWidth(k.Width), taps = Taps(k);
        bool padded = WindowText.ReachesOutside(w, k.Height, k.Width);
        code.Line($"int tap = {Quotient("item", Groups(k))}{(k.Parts == 1 ? "" : $" % {Int(taps)}")};");
        if (k.Parts > 1) code.Line($"int part = item / {Int((long)taps * Groups(k))};");
        code.Line($"int up = {WindowText.First($"tap / {Int(w.KernelWidth)}", w.DilationHeight, w.PadTop)}, side = {WindowText.First($"tap % {Int(w.KernelWidth)}", w.DilationWidth, w.PadLeft)};");
        Sums(code, k);
        string from = k.Parts == 1 ? "0" : "part", step = k.Parts == 1 ? "line++" : $"line += {Int(k.Parts)}";
        using (code.Open($"for (int line = {from}; line < {Times("a.batch", high)}; {step})"))
        {
            code.Line($"int sample = line / {Int(high)}, row = line % {Int(high)};");
            code.Line($"int yy = {Times("row", w.StrideHeight)} + up;");
            if (padded) code.Line($"if (yy < 0 || yy >= {Int(k.Height)}) continue;");
            using (code.Open($"for (int j = 0; j < {Int(wide)}; j++)"))
            {
                code.Line($"int xx = {Times("j", w.StrideWidth)} + side;");
                if (padded) code.Line($"if (xx < 0 || xx >= {Int(k.Width)}) continue;");
                Func<int, string> x = Image(code, k, s, 1, "x", "sample", $"(yy * {Int(k.Width)} + xx)");
                MultiplyAdd(code, k, x, Image(code, k, s, 2, "dy", "sample", $"(row * {Int(wide)} + j)"));
            }
        }

        Term[] place = [new Term("tap", k.Channels), new Term("lane", k.Lanes)];
        if (k.Parts > 1) place = [new Term("part", (long)taps * k.Channels), .. place];
        VectorAccess.Store(code, k.Parts > 1 ? "partials" : s[0], k.Lanes, k.Aligned, place, i => $"sum{i}");
    }

    private static int Taps(GpuKernel.Depthwise k) => k.Window.KernelHeight * k.Window.KernelWidth;

    private static int Groups(GpuKernel.Depthwise k) => k.Channels / k.Lanes;

    /// <summary>Places of a sample that have items.</summary>
    private static int Places(GpuKernel.Depthwise k) => k.Kind == ConvolutionKind.Forward
        ? k.Window.OutputHeight(k.Height) * k.Window.OutputWidth(k.Width)
        : k.Height * k.Width;

    private static void Sums(CodeWriter code, GpuKernel.Depthwise k) =>
        code.Line("float " + string.Join(", ", Enumerable.Range(0, k.Lanes).Select(i => $"sum{i} = 0f")) + ";");

    private static void MultiplyAdd(CodeWriter code, GpuKernel.Depthwise k, Func<int, string> left, Func<int, string> right)
    {
        for (int i = 0; i < k.Lanes; i++) code.Line($"sum{i} += {left(i)} * {right(i)};");
    }

    private static Func<int, string> Image(CodeWriter code, GpuKernel.Depthwise k, GpuSignature s, int argument, string name, string sample, string place) =>
        VectorAccess.Load(code, name, s[argument], k.Lanes, k.Aligned, new Term(sample, k.Strides[argument]), new Term(place, k.Channels), new Term("lane", k.Lanes));

    private static Func<int, string> Filter(CodeWriter code, GpuKernel.Depthwise k, GpuSignature s) =>
        VectorAccess.Load(code, "w", s[2], k.Lanes, k.Aligned, new Term($"(u * {Int(k.Window.KernelWidth)} + v)", k.Channels), new Term("lane", k.Lanes));
}
