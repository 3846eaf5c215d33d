using NetDsl;
using SkiaSharp;

/// <summary>Grey pictures as PNG in a folder for each class, as Keras' <c>image_dataset_from_directory</c> reads them.</summary>
internal static class PictureFolder
{
    /// <summary>Writes pictures of bytes (row by row) as <c>folder/name/00000.png</c> and so on, made larger or smaller.</summary>
    /// <param name="folder">The folder of classes; it is made.</param>
    /// <param name="name">The class.</param>
    /// <param name="pictures">Square pictures.</param>
    /// <param name="size">Height and width of the files.</param>
    public static void Write(string folder, string name, IReadOnlyList<byte[]> pictures, int size)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(path);
        Parallel.For(0, pictures.Count, i =>
        {
            int side = (int)Math.Sqrt(pictures[i].Length);
            using SKBitmap small = new(side, side, SKColorType.Gray8, SKAlphaType.Opaque);
            for (int y = 0; y < side; y++) pictures[i].AsSpan(y * side, side).CopyTo(small.GetPixelSpan()[(y * small.RowBytes)..]);
            using SKBitmap large = small.Resize(new SKImageInfo(size, size, SKColorType.Gray8, SKAlphaType.Opaque), new SKSamplingOptions(SKCubicResampler.Mitchell))
                ?? throw new InvalidOperationException($"A picture of {side} x {side} could not be made {size} x {size}.");
            using SKData png = large.Encode(SKEncodedImageFormat.Png, 100);
            using FileStream file = File.Create(Path.Combine(path, $"{i:00000}.png"));
            png.SaveTo(file);
        });
    }

    /// <summary>Columns <c>image</c> (bytes) and <c>label</c>: the place of the picture's folder in <paramref name="names"/>.</summary>
    /// <param name="folder">The folder of classes.</param>
    /// <param name="size">Height and width that all pictures have.</param>
    /// <param name="names">The classes, in the order of their labels.</param>
    /// <exception cref="InvalidDataException">A file is no picture, or has another size; the message names it.</exception>
    public static DataSet Read(string folder, int size, params string[] names)
    {
        // One of each class in turn, so that the first so many have all.
        (string Path, byte Label, int Place)[] files = [.. names
            .SelectMany((name, label) => Directory.GetFiles(Path.Combine(folder, name), "*.png").Order(StringComparer.Ordinal).Select((path, place) => (path, (byte)label, place)))
            .OrderBy(file => file.place)];
        if (files.Length == 0) throw new InvalidDataException($"There are no pictures (*.png) in {string.Join(" and ", names)} of '{folder}'.");
        byte[] pixels = new byte[files.Length * size * size];
        Parallel.For(0, files.Length, i => Decode(files[i].Path, size, pixels.AsSpan(i * size * size, size * size)));
        return new DataSet(new Column("image", pixels, size, size, 1), new Column("label", [.. files.Select(file => file.Label)]));
    }

    private static void Decode(string path, int size, Span<byte> pixels)
    {
        using SKCodec codec = SKCodec.Create(path) ?? throw new InvalidDataException($"'{path}' is no picture that can be read.");
        if (codec.Info.Width != size || codec.Info.Height != size)
            throw new InvalidDataException($"'{path}' is {codec.Info.Width} x {codec.Info.Height}, and {size} x {size} is expected.");
        using SKBitmap bitmap = new(size, size, SKColorType.Gray8, SKAlphaType.Opaque);
        SKCodecResult result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success) throw new InvalidDataException($"'{path}' is damaged: {result}.");
        for (int y = 0; y < size; y++) bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, size).CopyTo(pixels[(y * size)..]);
    }
}
