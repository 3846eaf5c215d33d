using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>Images (height, width, channels).</summary>
internal static class Images
{
    /// <summary>The error of a layer that works on images alone.</summary>
    public static void Require(LayerContext context, Value x)
    {
        if (x.Type.Rank != 3) throw context.WrongRank(x, "an image (height, width, channels)");
    }
}
