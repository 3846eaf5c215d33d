namespace NetDsl;

/// <summary>Rows and columns of zeros around an image: (height, width, channels) becomes (height + top + bottom, width + left + right, channels). No parameters.</summary>
/// <example><code>[ZeroPadding2D(1)]</code></example>
public sealed class ZeroPadding2DAttribute : LayerAttribute
{
    /// <summary>The same on each of the four sides.</summary>
    /// <param name="border">Rows and columns on each side; 0 or more.</param>
    public ZeroPadding2DAttribute(int border) => (Top, Bottom, Left, Right) = (border, border, border, border);

    /// <summary>Each side by itself.</summary>
    /// <param name="top">Rows above; 0 or more.</param>
    /// <param name="bottom">Rows below; 0 or more.</param>
    /// <param name="left">Columns on the left; 0 or more.</param>
    /// <param name="right">Columns on the right; 0 or more.</param>
    public ZeroPadding2DAttribute(int top, int bottom, int left, int right) => (Top, Bottom, Left, Right) = (top, bottom, left, right);

    /// <summary>Rows above.</summary>
    public int Top { get; }

    /// <summary>Rows below.</summary>
    public int Bottom { get; }

    /// <summary>Columns on the left.</summary>
    public int Left { get; }

    /// <summary>Columns on the right.</summary>
    public int Right { get; }
}
