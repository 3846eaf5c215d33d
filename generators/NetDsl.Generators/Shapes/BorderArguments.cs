using System.Globalization;

namespace NetDsl.Generators.Shapes;

/// <summary>Reads how much of an image's border a layer adds or cuts.</summary>
internal static class BorderArguments
{
    /// <summary>The four sides: <c>border</c> for all, or each by its name.</summary>
    public static (int Top, int Bottom, int Left, int Right) Read(LayerContext context)
    {
        int Side(string name) => context.Int(name, 0, minimum: 0);
        int border = Side("border");
        var sides = context.Has("border") ? (border, border, border, border) : (Side("top"), Side("bottom"), Side("left"), Side("right"));
        context.Describe(string.Join(" ", new[] { sides.Item1, sides.Item2, sides.Item3, sides.Item4 }.Select(side => side.ToString(CultureInfo.InvariantCulture))));
        return sides;
    }
}
