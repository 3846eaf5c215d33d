using NetDsl.Tests.Cpu;
using Xunit;

namespace NetDsl.Tests.Generated;

/// <summary>Alone, so that nothing else allocates while it counts.</summary>
[Collection(nameof(Training.AllocationTests))]
public sealed class StepAllocationTests
{
    [Fact]
    public void A_step_and_a_prediction_allocate_nothing_on_any_thread()
    {
        using var net = PatchNet.Create(new NetworkOptions { Threads = 2 });
        DataSet data = Samples.Patches(96);
        byte[] pixels = data["image"].Values<byte>().ToArray();
        float[] images = [.. pixels.Select(p => (float)p)];
        int[] labels = data["label"].Values<int>().ToArray();
        float[] probabilities = new float[96 * 3];
        Optimizer adam = new Adam(0.01);

        // The methods under the meter are compiled, and the pool and the workers' slots filled, by the first rounds.
        for (int i = 0; i < 60; i++) Step();
        Thread.Sleep(300);
        for (int i = 0; i < 30; i++) Step();
        Frames.AllocatesNothing(Step);

        void Step()
        {
            net.Gradients(images, labels);
            net.Apply(adam);
            net.Predict(images, probabilities);
        }
    }
}
