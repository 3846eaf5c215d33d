using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Files;

public class WeightFileTests
{
    [Fact]
    public void What_is_saved_is_loaded_to_the_bit()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.safetensors");
        using LinearNetwork network = LinearNetwork.Classifier(options: new NetworkOptions { Seed = 5 });
        network.Weight.CopyFrom([float.NaN, float.PositiveInfinity, -0f, float.Epsilon, float.MaxValue, 1 / 3f]);
        network.Save(path);
        using LinearNetwork loaded = network.Load(path);
        Assert.Equal(Bits(network.Weight), Bits(loaded.Weight));
        Assert.Equal(Bits(network.Bias), Bits(loaded.Bias));
        Assert.Equal([path], Directory.GetFiles(folder.Path));

        static int[] Bits(ParameterView view) => Array.ConvertAll(view.ToArray(), BitConverter.SingleToInt32Bits);
    }

    [Fact]
    public void The_file_is_safetensors_with_names_shapes_and_offsets()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.safetensors");
        using LinearNetwork network = LinearNetwork.Classifier();
        network.Weight.CopyFrom([1, 2, 3, 4, 5, 6]);
        network.Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(8 + length + (9 * 4), bytes.Length);
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, length));
        Assert.Equal("Tiny", header.RootElement.GetProperty("__metadata__").GetProperty("netdsl.network").GetString());
        Assert.Equal("""{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}""", header.RootElement.GetProperty("Dense1/weight").GetRawText());
        Assert.Equal("""{"dtype":"F32","shape":[3],"data_offsets":[24,36]}""", header.RootElement.GetProperty("Dense1/bias").GetRawText());
        Assert.Equal(3f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length + 8)));
    }

    [Fact]
    public void Saving_replaces_the_file_and_a_failure_leaves_the_old_one()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.safetensors", [1, 2, 3]);
        Assert.Throws<NotSupportedException>(() => NetDsl.Files.AtomicFile.Write(path, stream =>
        {
            stream.Write([9, 9]);
            throw new NotSupportedException();
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
        using LinearNetwork network = LinearNetwork.Classifier();
        network.Save(path);
        network.Load(path).Dispose();
        Assert.Throws<DirectoryNotFoundException>(() => network.Save(folder.File("none/a.safetensors")));
    }

    [Fact]
    public void Another_networks_file_says_which()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.safetensors");
        using LinearNetwork network = LinearNetwork.Classifier();
        network.Save(path);
        using LinearNetwork regressor = LinearNetwork.Regressor();
        Assert.Equal(
            $"'{path}' is of the network Tiny (2 tensors and 9 numbers) and cannot be loaded into Line (2 tensors and 3 numbers).",
            Assert.Throws<WeightFileException>(() => regressor.Load(path)).Message);
        using LinearNetwork larger = LinearNetwork.Classifier(2, 4);
        Assert.Contains("is of a network Tiny of another structure: 2 tensors and 9 numbers, and Tiny now has 2 tensors and 12 numbers", Assert.Throws<WeightFileException>(() => larger.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_a_missing_file()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        Assert.Throws<FileNotFoundException>(() => network.Load("there-is-none.safetensors"));
    }

    private const string Metadata = "\"__metadata__\":{\"netdsl.format\":\"1\",\"netdsl.network\":\"Tiny\",\"netdsl.structure\":\"hash of Tiny 2x3 False\"}";
    private const string Weight = "\"Dense1/weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}";
    private const string Bias = "\"Dense1/bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[24,36]}";

    public static TheoryData<string, int, string> Damages => new()
    {
        { $"{{{Metadata},{Weight},{Bias}}}", 35, "is cut off: its tensors need 36 bytes, and 35 are there." },
        { $"{{{Metadata},{Weight},{Bias}}}", 37, "is damaged: 1 bytes follow its last tensor." },
        { $"{{{Metadata},{Weight},{Bias}", 36, "is damaged: its header is not valid (" },
        { "[]", 0, "is damaged: its header is not valid (it is not an object)." },
        { $"{{{Metadata},{Weight}}}", 24, "is damaged: the tensor 'Dense1/bias' of Tiny is missing." },
        { $"{{{Metadata},{Weight},{Bias},\"more\":{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[36,40]}}}}", 40, "is damaged: Tiny has no tensor 'more'." },
        { $"{{{Metadata},{Weight},{Weight},{Bias}}}", 36, "is damaged: its header is not valid (the tensor 'Dense1/weight' is there twice)." },
        { $"{{{Metadata},{Weight.Replace("F32", "F16", StringComparison.Ordinal)},{Bias}}}", 36, "has elements of type F16; F32 is expected." },
        { $"{{{Metadata},{Weight.Replace("[2,3]", "[3,2]", StringComparison.Ordinal)},{Bias}}}", 36, "has the shape [3, 2]; [2, 3] is expected." },
        { $"{{{Metadata},{Weight.Replace("[2,3]", "[-2,-3]", StringComparison.Ordinal)},{Bias}}}", 36, "has a negative extent." },
        { $"{{{Metadata},{Weight.Replace("[2,3]", "\"2,3\"", StringComparison.Ordinal)},{Bias}}}", 36, "its header is not valid (" },
        { $"{{{Metadata},{Weight.Replace("[2,3]", "[2.5,3]", StringComparison.Ordinal)},{Bias}}}", 36, "its header is not valid (" },
        { $"{{{Metadata},{Weight.Replace("24", "20", StringComparison.Ordinal)},{Bias}}}", 36, "the tensor 'Dense1/bias' leaves a gap behind the one before it." },
        { $"{{{Metadata},{Weight.Replace("24", "28", StringComparison.Ordinal)},{Bias}}}", 36, "the tensor 'Dense1/bias' overlaps the one before it." },
        { $"{{{Metadata},{Weight.Replace("24", "20", StringComparison.Ordinal)},{Bias.Replace("24", "20", StringComparison.Ordinal)}}}", 36, "the tensor 'Dense1/weight' has 20 bytes; 24 are expected." },
        { $"{{{Metadata},{Weight.Replace("[0,24]", "[24,0]", StringComparison.Ordinal)},{Bias}}}", 36, "lies from byte 24 to 0." },
        { $"{{{Metadata},{Weight.Replace("[0,24]", "[-4,20]", StringComparison.Ordinal)},{Bias}}}", 36, "lies from byte -4 to 20." },
        { $"{{{Metadata},{Weight.Replace("[0,24]", "[0]", StringComparison.Ordinal)},{Bias}}}", 36, "the tensor 'Dense1/weight' has 1 offsets" },
        { $"{{{Metadata},{Weight.Replace("\"dtype\":\"F32\",", "", StringComparison.Ordinal)},{Bias}}}", 36, "the tensor 'Dense1/weight' has no 'dtype'" },
        { $"{{{Metadata},\"Dense1/weight\":3,{Bias}}}", 36, "its header is not valid (" },
        { $"{{{Weight},{Bias}}}", 36, "is a safetensors file, and not one that a NetDsl network saved" },
        { $"{{{Metadata.Replace("\"1\"", "\"2\"", StringComparison.Ordinal)},{Weight},{Bias}}}", 36, "has version 2 of the format of NetDsl; this library reads version 1." },
        { $"{{{Metadata.Replace("\"1\"", "1", StringComparison.Ordinal)},{Weight},{Bias}}}", 36, "its header is not valid (" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_named_with_what_is_wrong(string header, int dataBytes, string what)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        Refuses([.. length, .. json, .. new byte[dataBytes]], what);
    }

    public static TheoryData<byte[], string> Beginnings => new()
    {
        { [], "is not a safetensors file: it has 0 bytes" },
        { [1, 2, 3], "is not a safetensors file: it has 3 bytes" },
        { [0, 0, 0, 0, 0, 0, 0, 0], "its first 8 bytes give a header of 0 bytes" },
        { [255, 255, 255, 255, 255, 255, 255, 255], "its first 8 bytes give a header of -1 bytes" },
        { [.. "PK\u0003\u0004 a zip file"u8], "is not a safetensors file: its first 8 bytes give" },
        { [100, 0, 0, 0, 0, 0, 0, 0, (byte)'{'], "is cut off: its header has 100 bytes, and the file has 9." },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void What_is_no_safetensors_file_is_refused(byte[] bytes, string what) => Refuses(bytes, what);

    [Fact]
    public void A_file_cut_off_at_any_byte_is_refused()
    {
        using TemporaryFolder folder = new();
        using LinearNetwork network = LinearNetwork.Classifier();
        network.Save(folder.File("whole"));
        byte[] bytes = File.ReadAllBytes(folder.File("whole"));
        for (int length = 0; length < bytes.Length; length++)
        {
            string path = folder.Write("cut", bytes[..length]);
            Assert.Throws<WeightFileException>(() => network.Load(path));
        }
    }

    [Fact]
    public void A_flipped_byte_of_the_header_is_refused_or_means_the_same()
    {
        using TemporaryFolder folder = new();
        using LinearNetwork network = LinearNetwork.Classifier();
        network.Save(folder.File("whole"));
        byte[] bytes = File.ReadAllBytes(folder.File("whole"));
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        for (int i = 0; i < header; i++)
        {
            byte[] flipped = [.. bytes];
            flipped[i] ^= 0x15;
            string path = folder.Write("flipped", flipped);
            Exception? error = Record.Exception(() =>
            {
                using LinearNetwork loaded = network.Load(path);
                Assert.Equal(network.Weight.ToArray(), loaded.Weight.ToArray());
            });
            Assert.True(error is null or WeightFileException, $"byte {i}: {error}");
        }
    }

    private static void Refuses(byte[] bytes, string what)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.safetensors", bytes);
        LinearPrograms programs = new("Tiny", 2, 3, LossKind.CrossEntropy);
        WeightFileException error = Assert.Throws<WeightFileException>(() => NetworkRuntime.Load(programs.Info, programs.Programs, path, null));
        Assert.StartsWith($"'{path}' ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Path);
    }
}
