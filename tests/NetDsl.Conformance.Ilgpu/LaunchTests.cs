using NetDsl.Gpu;
using Xunit;

namespace NetDsl.Conformance.Ilgpu;

/// <summary>Every launch costs microseconds however little it computes, so a step has few.</summary>
public class LaunchTests
{
    private const int Pixels = 28 * 28;

    [Fact]
    public void A_training_step_of_the_mlp_takes_at_most_8_launches_and_uploads_an_index_list()
    {
        using MnistMlp network = MnistMlp.Create(new NetworkOptions { Device = Device.IlgpuCpu });
        CheckStep(network, 8);
    }

    [Fact]
    public void A_training_step_of_the_cnn_takes_at_most_16_launches_and_uploads_an_index_list()
    {
        using MnistCnn network = MnistCnn.Create(new NetworkOptions { Device = Device.IlgpuCpu });
        CheckStep(network, 16);
    }

    private static void CheckStep(INetwork network, int allowed)
    {
        // What a call of Fit costs once, the upload of the data with it, falls out of the difference between two steps and one.
        GpuStatistics step = Fit(network, steps: 2).Subtract(Fit(network, steps: 1));
        Assert.InRange(step.Launches, 2, allowed);
        Assert.InRange(step.UploadedBytes, 0, 64);
    }

    private static GpuStatistics Fit(INetwork network, int steps)
    {
        byte[] image = new byte[Pixels];
        for (int i = 0; i < image.Length; i++) image[i] = (byte)(i * 31);
        DataSet data = new(new Column("input", image, 28, 28, 1), new Column("target", [3]));
        GpuStatistics before = GpuStatistics.Of(network.Runtime)!.Value;
        FitResult fit = network.Fit(data, new FitOptions { Epochs = steps, BatchSize = 1, Output = null, StopOnCtrlC = false });
        Assert.Equal(steps, fit.StepLosses.Count);
        return GpuStatistics.Of(network.Runtime)!.Value.Subtract(before);
    }
}
