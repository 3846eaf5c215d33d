using SkiaSharp;

/// <summary>Many small pictures on one, for samples that make pictures.</summary>
internal static class ContactSheet
{
    private const int Gap = 2;

    /// <summary>Writes grey pictures side by side as a PNG.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="pictures">Pixels from 0 (black) to 1, row by row, picture after picture.</param>
    /// <param name="height">Rows of a picture.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="columns">Pictures in a row of the sheet.</param>
    public static void Write(string path, ReadOnlySpan<float> pictures, int height, int width, int columns)
    {
        int count = pictures.Length / (height * width), rows = (count + columns - 1) / columns;
        using SKBitmap sheet = new((columns * (width + Gap)) + Gap, (rows * (height + Gap)) + Gap, SKColorType.Gray8, SKAlphaType.Opaque);
        sheet.Erase(SKColors.Gray);
        for (int i = 0; i < count; i++)
        {
            int left = Gap + (i % columns * (width + Gap)), top = Gap + (i / columns * (height + Gap));
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    byte grey = (byte)Math.Clamp((int)MathF.Round(255 * pictures[(((i * height) + y) * width) + x]), 0, 255);
                    sheet.SetPixel(left + x, top + y, new SKColor(grey, grey, grey));
                }
            }
        }

        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, 100);
        using FileStream file = File.Create(path);
        png.SaveTo(file);
    }
}
