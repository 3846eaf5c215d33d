using NetDsl.Generators.Emit;
using NetDsl.Generators.Lowering.Gpu;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;
using NetDsl.Generators.Tests.Shapes;
using NetDsl.Generators.Tests.Snapshots;
using Xunit;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>The text of the kernels of sequences for the GPU: rows of tables, recurrent steps, attention.</summary>
public class GpuSequenceSourceTests
{
    [Fact]
    public void The_kernels_of_an_lstm_of_tokens() => Snapshot.Verify(Kernels(Lstm(12), "EmbeddingGatherGradient", "LSTMForward_20x12", "LSTMTransposed", "LSTMGradient"), "Lstm.Gpu");

    [Fact]
    public void The_kernels_of_an_attention()
    {
        NetworkSpec spec = new Declared().Input(6, 24).Add("MultiHeadAttention", new { heads = 2, Causal = true }).Add("MeanSquaredError").ToSpec();
        Snapshot.Verify(Kernels(spec, "MultiHeadAttentionForward_6x6", "MultiHeadAttentionQuery", "MultiHeadAttentionKey"), "Attention.Gpu");
    }

    /// <summary>State, sums, memory and a share for each gate are ten floats a unit, and a group has 32 KiB.</summary>
    [Theory]
    [InlineData(819, true)]
    [InlineData(820, false)]
    public void A_wide_lstm_does_without_shares(int units, bool shares) =>
        Assert.Equal(shares, Kernels(Lstm(units), "LSTMGradient").Contains("shares", StringComparison.Ordinal));

    [Theory]
    [InlineData(20, 9, 16)]
    [InlineData(20, 300, 4)]
    [InlineData(20, 5000, 1)]
    [InlineData(15, 9, 1)]
    public void Small_tables_are_shared_by_groups(int tokens, int vocabulary, int parts)
    {
        NetworkSpec spec = new Declared().Add("TokenInput", new { length = tokens, vocabulary }).Add("Embedding", new { dimensions = 6 }).Add("MeanSquaredError").ToSpec();
        GpuKernel.GatherGradient kernel = Assert.Single(Step(spec).Select(launch => launch.Kernel).OfType<GpuKernel.GatherGradient>());
        Assert.Equal(parts, kernel.Parts);
        Assert.Equal(parts > 1 ? 1 : 0, Step(spec).Count(launch => launch.Kernel is GpuKernel.Combine { Weights: var weights } && weights == 6 * vocabulary));
    }

    private static NetworkSpec Lstm(int units) =>
        new Declared().Add("TokenInput", new { length = 20, vocabulary = 9 }).Add("Embedding", new { dimensions = 6 }).Add("LSTM", new { units }).Add("MeanSquaredError").ToSpec();

    private static IReadOnlyList<GpuLaunch> Step(NetworkSpec spec) =>
        EmitStage.GpuPlans(spec, ShapeStage.Run(spec)).Single(program => program.Program.Name == "train").Launches;

    /// <summary>The kernels whose names begin so.</summary>
    private static string Kernels(NetworkSpec spec, params string[] names)
    {
        string text = EmitStage.GpuPrograms(spec, ShapeStage.Run(spec))!;
        string[] kernels = [.. text.Split("        /// <summary>").Skip(1).Where(part => names.Any(name => part.Contains("internal static void " + name, StringComparison.Ordinal)))];
        return string.Concat(kernels.Select(kernel => "/// <summary>" + kernel.Replace("\n        ", "\n", StringComparison.Ordinal).TrimEnd() + "\n\n")).TrimEnd() + "\n";
    }
}
