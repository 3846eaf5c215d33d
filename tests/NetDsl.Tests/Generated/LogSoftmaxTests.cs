using Xunit;

namespace NetDsl.Tests.Generated;

/// <summary>The logarithm of a softmax of numbers whose exponentials no float holds: what is taken off is the greatest of them and nothing else.</summary>
public class LogSoftmaxTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(63)]
    public void Rows_in_whole_vectors(int at)
    {
        using LogSoftmaxOf64 net = LogSoftmaxOf64.Create();
        Check(net.Forward, 64, at);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(66)]
    public void Rows_with_a_rest(int at)
    {
        using LogSoftmaxOf67 net = LogSoftmaxOf67.Create();
        Check(net.Forward, 67, at);
    }

    /// <summary>Longer than the rows whose steps are joined: the greatest is a reduction of its own.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2048)]
    [InlineData(4098)]
    public void Rows_too_long_to_be_joined(int at)
    {
        using LogSoftmaxOf4099 net = LogSoftmaxOf4099.Create();
        Check(net.Forward, 4099, at);
    }

    private static void Check(ForwardRows forward, int columns, int at)
    {
        float[] input = new float[2 * columns], output = new float[2 * columns];
        Array.Fill(input, -300f);
        input[at] = -200f;
        Array.Fill(input, 100f, columns, columns);
        input[columns + at] = 200f;
        forward(input, output);
        for (int i = 0; i < output.Length; i++) Assert.Equal(i % columns == at ? 0f : -100f, output[i]);
    }

    private delegate void ForwardRows(ReadOnlySpan<float> input, Span<float> output);
}

[Network]
[Input(2, 64), Activation(Activation.LogSoftmax)]
public partial class LogSoftmaxOf64;

[Network]
[Input(2, 67), Activation(Activation.LogSoftmax)]
public partial class LogSoftmaxOf67;

[Network]
[Input(2, 4099), Activation(Activation.LogSoftmax)]
public partial class LogSoftmaxOf4099;
