using NetDsl.Generators.Lowering.Cpu;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Geometries of convolutions and poolings as literals.</summary>
internal static class Geometry
{
    public static string Of(CpuKernel.Convolution k)
    {
        IR.Window w = k.Window;
        return $"new Conv2DGeometry({k.Height}, {k.Width}, {k.Channels}, {w.KernelHeight}, {w.KernelWidth}, {k.Filters}, "
            + $"{w.OutputHeight(k.Height)}, {w.OutputWidth(k.Width)}, {w.StrideHeight}, {w.StrideWidth}, {w.DilationHeight}, {w.DilationWidth}, {w.PadTop}, {w.PadLeft})";
    }

    public static string Of(CpuKernel.Pooling k) => Windows(k.Window, k.Height, k.Width, k.Channels);

    public static string Of(CpuKernel.Depthwise k) => Windows(k.Window, k.Height, k.Width, k.Channels);

    private static string Windows(IR.Window w, int height, int width, int channels) =>
        $"new Pool2DGeometry({height}, {width}, {channels}, {w.OutputHeight(height)}, {w.OutputWidth(width)}, "
            + $"{w.KernelHeight}, {w.KernelWidth}, {w.StrideHeight}, {w.StrideWidth}, {w.DilationHeight}, {w.DilationWidth}, {w.PadTop}, {w.PadLeft})";

    public static string Of(CpuKernel.Attention k)
    {
        Lowering.AttentionShape s = k.Shape;
        return $"new AttentionGeometry({s.Queries}, {s.Keys}, {s.Heads}, {s.KeyHeads}, {s.Width}, {s.ValueWidth}, {CSharp.Float(s.Scale)}, {CSharp.Bool(s.Causal)})";
    }
}
