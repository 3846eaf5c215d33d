using System.Text.RegularExpressions;
using NetDsl.Generators.Emit;
using NetDsl.Generators.Lowering.Gpu;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;
using NetDsl.Generators.Tests.Passes;
using NetDsl.Generators.Tests.Shapes;
using NetDsl.Generators.Tests.Snapshots;
using Xunit;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>The text of the programs for the GPU: stable, shared where structures are equal, few launches, small kernels.</summary>
public sealed partial class GpuSourceTests
{
    /// <summary>PoCL takes 20 seconds for 1000 statements with many locals, and ptxas spills.</summary>
    private const int MostStatements = 500;

    [Fact]
    public void The_programs_of_the_cnn() => Snapshot.Verify(Programs(SampleNetworks.MnistCnn().ToSpec()), "MnistCnn.Gpu");

    [Fact]
    public void A_training_step_of_the_mnist_mlp_takes_at_most_eight_launches()
    {
        NetworkSpec mlp = new Declared().Input(784).Add("Rescale", new { scale = 1 / 255.0 })
            .Add("Dense", new { units = 128, Activation = Activation.ReLU }).Add("Dense", new { units = 10 }).Add("CrossEntropy").ToSpec();
        Assert.InRange(LaunchesOfStep(mlp), 1, 8);
    }

    [Fact]
    public void A_training_step_of_the_mnist_cnn_takes_at_most_sixteen_launches() =>
        Assert.InRange(LaunchesOfStep(SampleNetworks.MnistCnn().ToSpec()), 1, 16);

    [Fact]
    public void Twelve_equal_blocks_emit_one_copy_of_their_kernels()
    {
        Assert.Equal(Kernels(Stack(repeat: 4)), Kernels(Stack(repeat: 12)));

        static List<string> Kernels(NetworkSpec spec) => [.. KernelName().Matches(Programs(spec)).Select(match => match.Groups[1].Value)];
    }

    [Theory]
    [MemberData(nameof(SampleNetworks.Names), MemberType = typeof(SampleNetworks))]
    public void No_kernel_exceeds_the_budget_of_statements(string network)
    {
        string[] kernels = Programs(SampleNetworks.Spec(network)).Split("internal static void ")[1..];
        Assert.NotEmpty(kernels);
        foreach (string kernel in kernels) Assert.InRange(kernel.Split("internal struct")[0].Count(c => c == ';'), 1, MostStatements);
    }

    [Theory]
    [MemberData(nameof(SampleNetworks.Names), MemberType = typeof(SampleNetworks))]
    public void The_same_text_every_time(string network) =>
        Assert.Equal(Programs(SampleNetworks.Spec(network)), Programs(SampleNetworks.Spec(network)));

    [Fact]
    public void A_network_with_errors_gets_no_programs()
    {
        NetworkSpec spec = new Declared().Input(4).Add("Conv2D", new { filters = 3, kernel = 3 }).ToSpec();
        Assert.Null(EmitStage.GpuPrograms(spec, ShapeStage.Run(spec)));
    }

    /// <summary>Those of the program, and one for the optimizer.</summary>
    private static int LaunchesOfStep(NetworkSpec spec)
    {
        GpuProgramPlan train = EmitStage.GpuPlans(spec, ShapeStage.Run(spec)).Single(program => program.Program.Name == "train");
        return train.Launches.Count + 1;
    }

    private static string Programs(NetworkSpec spec) => EmitStage.GpuPrograms(spec, ShapeStage.Run(spec))!;

    private static NetworkSpec Stack(int repeat)
    {
        Declared body = new Declared("Body").Add("Dense", new { units = 8, Activation = Activation.ReLU });
        return new Declared().With(body).Input(8).Residual("Body", new { Repeat = repeat }).Add("Dense", new { units = 2 }).Add("CrossEntropy").ToSpec();
    }

    [GeneratedRegex(@"internal static void (\w+)\(")]
    private static partial Regex KernelName();
}
