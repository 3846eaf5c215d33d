using System.IO.Compression;
using NetDsl.Tests.Files;
using Xunit;

namespace NetDsl.Tests.Data;

public class IdxFileTests
{
    private static readonly byte[] s_images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_are_read_packed_or_not(bool packed)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("images", packed ? Pack(s_images) : s_images);
        Column column = IdxFile.Read(path, "image");
        Assert.Equal([1, 3], column.Shape);
        Assert.Equal(2, column.Count);
        Assert.Equal([40, 50, 60], column.Sample<byte>(1).ToArray());
        Assert.Equal([3, 1], IdxFile.Read(path, "image", 3, 1).Shape);
    }

    /// <summary>The size in the footer is that of the last member alone.</summary>
    [Fact]
    public void Packed_files_of_several_members_are_read_and_a_wrong_size_is_damage()
    {
        using TemporaryFolder folder = new();
        byte[] whole = Pack(s_images), wrong = Pack(s_images);
        foreach (int size in (int[])[0, 1, 5, 1 << 20, int.MaxValue])
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(wrong.AsSpan(wrong.Length - 4), size);
            string path = folder.Write($"size{size}", wrong);
            Assert.Contains("it cannot be unpacked", Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, "image")).Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, IdxFile.Read(folder.Write("halves", [.. Pack(s_images[..9]), .. Pack(s_images[9..])]), "image").Count);
        Assert.Equal(2, IdxFile.Read(folder.Write("empty end", [.. whole, .. Pack([])]), "image").Count);
        Assert.Equal(2, IdxFile.Read(folder.Write("zeros behind", [.. whole, 0, 0, 0, 0, 0, 0, 0, 0]), "image").Count);
    }

    [Fact]
    public void Labels_have_one_dimension()
    {
        using TemporaryFolder folder = new();
        Column column = IdxFile.Read(folder.Write("labels", [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]), "label");
        Assert.Empty(column.Shape);
        Assert.Equal([7, 8, 9], column.Values<byte>().ToArray());
    }

    public static TheoryData<byte[], string> Damages => new()
    {
        { [], "it has 0 bytes" },
        { [0, 0, 8], "it has 3 bytes" },
        { [.. "PK"u8, .. s_images], "it is not in the IDX format: it begins with the bytes 50 4b" },
        { With(2, 13), "its elements are of type 0d; unsigned bytes (08) are read" },
        { With(3, 0), "its header of 0 dimensions" },
        { [0, 0, 8, 3, 0, 0, 0, 2], "it has 8 bytes, and its header of 3 dimensions takes 16" },
        { With(4, 0x80), "dimension 1 of 3 is -2147483646" },
        { With(11, 0), "dimension 2 of 3 is 0" },
        { With(4, 0x7f), "its dimensions 2130706434x1x3 are more than can be" },
        { s_images[..^1], "its dimensions 2x1x3 need 6 bytes, and 5 follow the header" },
        { [.. s_images, 1], "need 6 bytes, and 7 follow the header" },
        { Pack(s_images)[..^12], "follow the header" },
        { With(Pack(s_images), 14), "it cannot be unpacked" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_named_with_what_is_wrong(byte[] bytes, string what)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("images.gz", bytes);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, "image"));
        Assert.StartsWith($"The file '{path}' is damaged: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_shape_and_no_file_are_errors()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("images", s_images);
        Assert.Contains("its samples are 1x3, and 2x2 is expected", Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, "image", 2, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => IdxFile.Read(folder.File("none"), "image"));
    }

    internal static byte[] Pack(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] With(int index, byte value)
    {
        byte[] bytes = [.. s_images];
        bytes[index] = value;
        return bytes;
    }

    private static byte[] With(byte[] packed, int flipped)
    {
        packed[flipped] ^= 0xff;
        return packed;
    }
}
