using System.Globalization;
using System.Text.RegularExpressions;
using NetDsl.Generators.Emit;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;
using NetDsl.Generators.Tests.Passes;
using NetDsl.Generators.Tests.Shapes;
using NetDsl.Generators.Tests.Snapshots;
using Xunit;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>The generated text itself: stable, deterministic, shared where structures are equal, and within the JIT's limits.</summary>
public sealed partial class GeneratedSourceTests
{
    [Fact]
    public void The_surface_of_the_cnn() => Snapshot.Verify(Surface(SampleNetworks.MnistCnn().ToSpec()), "MnistCnn.Surface");

    [Fact]
    public void The_programs_of_the_cnn() => Snapshot.Verify(Programs(SampleNetworks.MnistCnn().ToSpec()), "MnistCnn.Cpu");

    [Fact]
    public void The_surface_of_a_network_with_two_losses() => Snapshot.Verify(Surface(SampleNetworks.Spec("two losses", inputGradients: true)), "TwoLosses.Surface");

    [Fact]
    public void The_programs_of_a_residual_network() => Snapshot.Verify(Programs(SampleNetworks.Spec("batch norm and residual")), "Residual.Cpu");

    [Theory]
    [MemberData(nameof(SampleNetworks.Names), MemberType = typeof(SampleNetworks))]
    public void The_same_text_every_time_and_under_any_culture(string network)
    {
        NetworkSpec spec = SampleNetworks.Spec(network);
        string expected = Surface(spec) + Programs(spec);
        CultureInfo culture = CultureInfo.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NegativeSign = "~";
        hostile.NumberFormat.NumberGroupSeparator = "'";
        try
        {
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal(expected, Surface(spec) + Programs(spec));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.DoesNotContain('\r', expected);
    }

    [Fact]
    public void Twelve_equal_blocks_emit_one_copy_of_their_kernels()
    {
        Assert.Equal(Kernels(Stack(repeat: 4)), Kernels(Stack(repeat: 12)));

        static List<string> Kernels(NetworkSpec spec) => [.. KernelName().Matches(Programs(spec)).Select(match => match.Groups[1].Value)];
    }

    /// <summary>GPT-2 small's structure and sizes: 1,024 tokens of 50,257, a width of 768, 12 heads, 3,072 units.</summary>
    [Fact]
    public void Twelve_layers_of_a_transformer_emit_one_copy_of_their_kernels()
    {
        NetworkSpec two = Transformer(layers: 2), twelve = Transformer(layers: 12);
        Assert.Equal(124_439_808, ShapeStage.Run(twelve).Training!.Parameters.Sum(parameter => parameter.Shape.Aggregate(1L, (product, extent) => product * extent))); // As GPT-2 small.
        Assert.Equal(Kernels(Programs(two)), Kernels(Programs(twelve)));
        Assert.InRange(Kernels(Programs(twelve)).Count, 10, 60);
        Assert.Equal(GpuKernels(two), GpuKernels(twelve));

        static List<string> Kernels(string programs) => [.. KernelName().Matches(programs).Select(match => match.Groups[1].Value)];
        static List<string> GpuKernels(NetworkSpec spec) => [.. GpuKernelName().Matches(EmitStage.GpuPrograms(spec, ShapeStage.Run(spec))!).Select(match => match.Groups[1].Value)];
    }

    /// <summary>A deep network's program goes on in further methods, each of a size that RyuJIT optimises in full.</summary>
    [Fact]
    public void No_method_exceeds_the_budget_of_calls()
    {
        string text = Programs(Stack(repeat: 120));
        int longest = 0, calls = 0;
        foreach (string line in text.Split('\n'))
        {
            if (line.Contains("private static void")) calls = 0;
            if (CallOfKernel().IsMatch(line)) longest = Math.Max(longest, ++calls);
        }

        Assert.InRange(longest, 1, NetDsl.Generators.Emit.Cpu.ProgramEmitter.CallsPerMethod);
        Assert.Contains("Train_2(in f);", text);
    }

    [Fact]
    public void A_network_with_errors_gets_complete_stubs_and_no_programs()
    {
        NetworkSpec spec = new Declared().Input(4).Add("Conv2D", new { filters = 3, kernel = 3 }).ToSpec();
        ShapeResult shapes = ShapeStage.Run(spec);
        Assert.Null(EmitStage.CpuPrograms(spec, shapes));
        string stub = EmitStage.Surface(spec, shapes);
        foreach (string member in new[] { "Create(", "Load(", "Fit(", "Evaluate(", "Predict(", "Classify(", "Save(", "Dispose(" }) Assert.Contains(member, stub);
    }

    [Fact]
    public void The_structural_hash_depends_on_names_order_and_shapes_alone()
    {
        string Hash(object dense, string activation = "ReLU") => InfoEmitter.StructuralHash(ShapeStage.Run(new Declared().Input(4).Add("Dense", dense)
            .Add("Activation", new { kind = Enum.Parse<Activation>(activation) }).Add("Dense", new { units = 2 }).Add("CrossEntropy").ToSpec()).Training!.Parameters);

        string hash = Hash(new { units = 3 });
        Assert.Equal(hash, Hash(new { units = 3, Trainable = false }));
        Assert.Equal(hash, Hash(new { units = 3, KernelInitializer = Initializer.HeNormal }, "Tanh"));
        Assert.NotEqual(hash, Hash(new { units = 5 }));
        Assert.NotEqual(hash, Hash(new { units = 3, Name = "first" }));
        Assert.NotEqual(hash, Hash(new { units = 3, UseBias = false }));
    }

    private static string Surface(NetworkSpec spec) => EmitStage.Surface(spec, ShapeStage.Run(spec));

    private static string Programs(NetworkSpec spec) => EmitStage.CpuPrograms(spec, ShapeStage.Run(spec))!;

    private static NetworkSpec Stack(int repeat)
    {
        Declared body = new Declared("Body").Add("Dense", new { units = 8, Activation = Activation.ReLU });
        return new Declared().With(body).Input(8).Residual("Body", new { Repeat = repeat }).Add("Dense", new { units = 2 }).Add("CrossEntropy").ToSpec();
    }

    private static NetworkSpec Transformer(int layers)
    {
        Declared attention = new Declared("Attending").Add("LayerNorm").Add("MultiHeadAttention", new { heads = 12, Causal = true });
        Declared thinking = new Declared("Thinking").Add("LayerNorm").Add("FeedForward", new { units = 3072 });
        Declared layer = new Declared("DecoderLayer").Residual("Attending").Residual("Thinking");
        return new Declared().With(attention).With(thinking).With(layer)
            .Add("TokenInput", new { length = 1024, vocabulary = 50257 }).Add("Embedding", new { dimensions = 768, Name = "tokens" }).Add("PositionalEmbedding")
            .Block("DecoderLayer", new { Repeat = layers })
            .Add("LayerNorm").Add("Dense", new { units = 50257, UseBias = false, WeightsOf = "tokens" }).Add("CrossEntropy").ToSpec();
    }

    [GeneratedRegex(@"internal static void (\w+)\(in CpuFrame f, ")]
    private static partial Regex KernelName();

    [GeneratedRegex(@"internal static void (\w+)\(")]
    private static partial Regex GpuKernelName();

    [GeneratedRegex(@"^\s+\w+\(f, \w+: ")]
    private static partial Regex CallOfKernel();
}
