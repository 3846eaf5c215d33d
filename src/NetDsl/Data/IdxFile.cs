using System.Buffers.Binary;
using System.IO.Compression;
using NetDsl.Networks;

namespace NetDsl;

/// <summary>
/// The IDX format of MNIST (yann.lecun.com/exdb/mnist): two zero bytes, the elements' type, the number of dimensions, each
/// dimension in 4 bytes with the high byte first, then the elements.
/// </summary>
public static class IdxFile
{
    private const byte UnsignedBytes = 0x08;

    // What a byte of a deflated file can become at most (zlib.net/zlib_tech.html: 1032).
    private const long MostPerByte = 1032;

    /// <summary>Reads a file of unsigned bytes, gzipped or not, as a column: the first dimension counts the samples.</summary>
    /// <param name="path">The file; gzip is recognised by its content.</param>
    /// <param name="name">Name of the column.</param>
    /// <param name="shape">Shape per sample, where it is not the file's further dimensions: <c>28, 28, 1</c>. The same number of elements.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another format; the message names it and says what is wrong.</exception>
    public static Column Read(string path, string name, params int[] shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(path, Unpack(path, File.ReadAllBytes(path)), name, shape);
    }

    /// <summary>Reads the content of a file.</summary>
    internal static Column Parse(string path, byte[] bytes, string name, int[] shape)
    {
        if (bytes.Length < 4) throw Damaged(path, $"it has {bytes.Length} bytes, and 4 come before the dimensions");
        if (bytes[0] != 0 || bytes[1] != 0) throw Damaged(path, $"it is not in the IDX format: it begins with the bytes {bytes[0]:x2} {bytes[1]:x2} and not with 00 00");
        if (bytes[2] != UnsignedBytes) throw Damaged(path, $"its elements are of type {bytes[2]:x2}; unsigned bytes (08) are read");
        int rank = bytes[3];
        int header = 4 + (4 * rank);
        if (rank == 0 || bytes.Length < header) throw Damaged(path, $"it has {bytes.Length} bytes, and its header of {rank} dimensions takes {header}");
        int[] dimensions = new int[rank];
        long elements = 1;
        for (int i = 0; i < rank; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * i)));
            if (dimensions[i] < 1) throw Damaged(path, $"dimension {i + 1} of {rank} is {dimensions[i]}");
            elements *= dimensions[i];
            if (elements > Array.MaxLength) throw Damaged(path, $"its dimensions {Extents.Show(dimensions)} are more than can be");
        }

        if (bytes.Length - header != elements)
            throw Damaged(path, $"its dimensions {Extents.Show(dimensions)} need {elements} bytes, and {bytes.Length - header} follow the header");
        int[] perSample = shape.Length > 0 ? shape : dimensions[1..];
        if (Extents.Product(perSample) != Extents.Product(dimensions.AsSpan(1)))
            throw Damaged(path, $"its samples are {Extents.Show(dimensions.AsSpan(1))}, and {Extents.Show(perSample)} is expected");
        return new Column(name, bytes, header, perSample);
    }

    /// <summary>The content of a file that may be gzipped.</summary>
    internal static byte[] Unpack(string path, byte[] file)
    {
        if (file.Length < 2 || file[0] != 0x1f || file[1] != 0x8b) return file;
        try
        {
            using GZipStream gzip = new(new MemoryStream(file), CompressionMode.Decompress);
            byte[] content = new byte[Math.Clamp(Math.Min(SizeOf(file), MostPerByte * file.Length), 1, Array.MaxLength)];
            int length = 0;
            while (true)
            {
                // One byte more than the size that the file gives, to see the end.
                if (length == content.Length)
                {
                    int next = gzip.ReadByte();
                    if (next < 0) return content;
                    if (length == Array.MaxLength) throw Damaged(path, "its content is longer than an array can be");
                    Array.Resize(ref content, (int)Math.Min(Array.MaxLength, 2L * content.Length));
                    content[length++] = (byte)next;
                    continue;
                }

                int read = gzip.Read(content, length, content.Length - length);
                if (read == 0) return content[..length];
                length += read;
            }
        }
        catch (InvalidDataException error)
        {
            throw Damaged(path, $"it cannot be unpacked ({error.Message.TrimEnd('.')})", error);
        }
    }

    /// <summary>The size of the content modulo 2^32, which is in the last four bytes (RFC 1952); a hint, since it may be wrong.</summary>
    private static long SizeOf(byte[] file) => file.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(file.Length - 4));

    private static InvalidDataException Damaged(string path, string what, Exception? inner = null) => new($"The file '{path}' is damaged: {what}.", inner);
}
