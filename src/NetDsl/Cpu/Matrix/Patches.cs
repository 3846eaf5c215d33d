namespace NetDsl.Cpu;

/// <summary>
/// The patches of images that a convolution multiplies with its filter: output (oh, ow) sees the pixels
/// (oh * StepH + OriginH + i * SpaceH, ow * StepW + OriginW + j * SpaceW) for i below TapsH and j below TapsW, zero outside of
/// the image. A patch in the order (i, j, channel) is a row of the product, cut into segments that are dense in memory.
/// </summary>
/// <param name="H">Height of the images.</param>
/// <param name="W">Width of the images.</param>
/// <param name="C">Channels of the images.</param>
/// <param name="OutH">Rows of outputs.</param>
/// <param name="OutW">Columns of outputs.</param>
/// <param name="StepH">Pixel rows from one output row to the next.</param>
/// <param name="StepW">Pixels from one output to the next.</param>
/// <param name="TapsH">Rows of a patch.</param>
/// <param name="TapsW">Columns of a patch.</param>
/// <param name="SpaceH">Pixel rows from one row of a patch to the next.</param>
/// <param name="SpaceW">Pixels from one column of a patch to the next.</param>
/// <param name="OriginH">Pixel row of the first patch's first row; negative where there is padding.</param>
/// <param name="OriginW">Pixel column of the first patch's first column.</param>
/// <param name="Joined">Whether the columns of a patch may form one segment where they are neighbours.</param>
internal readonly record struct Patches(
    int H, int W, int C, int OutH, int OutW, int StepH, int StepW, int TapsH, int TapsW, int SpaceH, int SpaceW, int OriginH, int OriginW, bool Joined)
{
    private bool OneSegmentRows => Joined && SpaceW == 1;

    /// <summary>Segments of a patch.</summary>
    public int Segments => OneSegmentRows ? TapsH : TapsH * TapsW;

    /// <summary>Elements of a segment.</summary>
    public int SegmentLength => OneSegmentRows ? TapsW * C : C;

    /// <summary>Whether patches reach over the edge of the image, so that they are read from a copy with zeros around it.</summary>
    public bool Padded => OriginH < 0 || OriginW < 0 || OriginH + ExtentH(OutH) > H || OriginW + Width > W;

    /// <summary>Elements from one pixel row to the next, in the copy where there is one.</summary>
    public int Pitch => (Padded ? Width : W) * C;

    /// <summary>Pixels of a row that the patches see.</summary>
    private int Width => TapsW == 0 ? 0 : ((OutW - 1) * StepW) + ((TapsW - 1) * SpaceW) + 1;

    /// <summary>The patches of a convolution, columns joined.</summary>
    public static Patches Of(in Conv2DGeometry g) => new(
        g.H, g.W, g.C, g.OH, g.OW, g.StrideH, g.StrideW, g.KH, g.KW, g.DilationH, g.DilationW, -g.PadTop, -g.PadLeft, Joined: true);

    /// <summary>Pixel rows that <paramref name="rows"/> rows of outputs see.</summary>
    public int ExtentH(int rows) => TapsH == 0 ? 0 : ((rows - 1) * StepH) + ((TapsH - 1) * SpaceH) + 1;

    /// <summary>Floats of a copy of what <paramref name="rows"/> rows of outputs of one sample see.</summary>
    public long CopyFloats(int rows) => Padded ? Cut.Align((long)ExtentH(Math.Min(rows, OutH)) * Width * C) : 0;

    /// <summary>Offset of each segment from the first.</summary>
    public unsafe void SegmentOffsets(nint* segments)
    {
        int columns = OneSegmentRows ? 1 : TapsW;
        for (int i = 0; i < TapsH; i++)
            for (int j = 0; j < columns; j++)
                segments[(i * columns) + j] = ((nint)i * SpaceH * Pitch) + ((nint)j * SpaceW * C);
    }

    /// <summary>Where the patches of output row <paramref name="row"/> begin in an image that needs no padding.</summary>
    public unsafe float* InPlace(float* image, int row) =>
        image + ((((nint)row * StepH) + OriginH) * Pitch) + ((nint)OriginW * C);

    /// <summary>Copies what some rows of outputs see, zeros where there is no pixel.</summary>
    public unsafe void CopyPadded(float* image, int firstRow, int rows, float* copy)
    {
        if (TapsH == 0 || TapsW == 0) return;
        int top = (firstRow * StepH) + OriginH, height = ExtentH(rows);
        int left = Math.Clamp(-OriginW, 0, Width), right = Math.Clamp(W - OriginW, left, Width);
        for (int i = 0; i < height; i++, copy += Pitch)
        {
            int pixelRow = top + i;
            Span<float> target = new(copy, Pitch);
            if (pixelRow < 0 || pixelRow >= H || left == right)
            {
                target.Clear();
                continue;
            }

            target[..(left * C)].Clear();
            new ReadOnlySpan<float>(image + ((((nint)pixelRow * W) + OriginW + left) * C), (right - left) * C).CopyTo(target[(left * C)..]);
            target[(right * C)..].Clear();
        }
    }
}
