using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using NetDsl.Training;
using Xunit;

namespace NetDsl.Tests.Training;

public class FitDisplayTests
{
    [Fact]
    public void The_first_line_names_the_device_and_why_and_each_epoch_has_a_row()
    {
        using LinearNetwork network = LinearNetwork.Classifier(options: new NetworkOptions { Threads = 1 });
        StringWriter output = new() { NewLine = "\n" };
        network.Fit(TinyData.Clusters(40), TinyData.Quiet(epochs: 2) with { Output = output, ValidationSplit = 0.25 });
        string[] lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Matches(@"^Training Tiny on CPU, 1 thread, \d+-bit vectors \(no assembly that drives a GPU is referenced\)$", lines[0]);
        Assert.Equal("    epoch      loss  val loss  val acc   seconds   samples/s", lines[1]);
        Assert.Matches(@"^      1/2    \d\.\d{4}    \d\.\d{4} *\d+\.\d\d% +\d+\.\d\d +\d+$", lines[2]);
        Assert.Equal(lines[1].Length, lines[2].Length);
    }

    [Fact]
    public void Without_validation_its_columns_are_left_out()
    {
        using LinearNetwork network = LinearNetwork.Regressor();
        StringWriter output = new() { NewLine = "\n" };
        network.Fit(TinyData.Plane(10), TinyData.Quiet() with { Output = output });
        Assert.Contains("\n    epoch      loss   seconds   samples/s\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_console_a_bar_is_drawn_over_itself_and_taken_away_before_the_row()
    {
        StringWriter output = new() { NewLine = "\n" };
        FitDisplay display = new(output, 3, 4, validates: false, new LinearPrograms("Tiny", 2, 3, LossKind.CrossEntropy).Info, width: 100);
        display.Step(Progress(2));
        Assert.Equal("\repoch 1/3 [============............] 2/4  loss 0.2500  1000 samples/s", output.ToString());
        display.Step(Progress(4));
        Assert.EndsWith("[========================] 4/4  loss 0.2500  1000 samples/s", output.ToString(), StringComparison.Ordinal);
        int drawn = output.ToString().Split('\r')[^1].Length;
        display.Epoch(new EpochResult(1, 0.25, null, 2, 1000));
        Assert.Contains($"\r{new string(' ', drawn)}\r    epoch", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_bar_leaves_the_last_column_of_a_narrow_console_free()
    {
        StringWriter output = new();
        FitDisplay display = new(output, 3, 4, validates: false, new LinearPrograms("Tiny", 2, 3, LossKind.CrossEntropy).Info, width: 20);
        display.Step(Progress(2));
        Assert.Equal("\repoch 1/3 [========", output.ToString());
    }

    private static FitProgress Progress(int step) => new() { Epoch = 1, Epochs = 3, Step = step, StepsPerEpoch = 4, StepLoss = 0.3f, Loss = 0.25, SamplesPerSecond = 1000 };
}
