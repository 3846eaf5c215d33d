using System.Runtime.CompilerServices;
using NetDsl.Engines;
using NetDsl.Gpu.Tests.Tiny;
using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Gpu.Tests;

[Collection(nameof(FailureTests))]
[CollectionDefinition(nameof(FailureTests), DisableParallelization = true)]
public class FailureTests
{
    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void A_kernel_that_does_not_compile_is_named_and_the_next_network_runs(string device)
    {
        using NetworkRuntime healthy = TinyGpu.Create(device);
        float[] expected = TinyGpu.Predict(healthy, [1, 2]);
        using (NetworkRuntime broken = TinyGpu.Create(device, TinyGpu.Broken))
        {
            GpuKernelException error = Assert.Throws<GpuKernelException>(() => TinyGpu.Predict(broken, [1, 2]));
            Assert.StartsWith("The kernel Broken (Dense7) failed to compile on the device '", error.Message, StringComparison.Ordinal);
            Assert.Equal(("Broken", "Dense7"), (error.Kernel, error.Layer));
            Assert.NotNull(error.InnerException);
        }

        Assert.Equal(expected, TinyGpu.Predict(healthy, [1, 2]));
        using NetworkRuntime next = TinyGpu.Create(device);
        next.Fit(TinyData.Clusters(6), new FitOptions { Output = null, StopOnCtrlC = false });
        Assert.NotSame(((GpuEngine)healthy.Engine).Device, ((GpuEngine)next.Engine).Device);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Disposing_frees_the_devices_memory(string device)
    {
        long before = TestDevices.Find(device).AllocatedBytes;
        NetworkRuntime runtime = TinyGpu.Create(device);
        GpuDevice used = ((GpuEngine)runtime.Engine).Device;
        runtime.Fit(TinyData.Clusters(30), new FitOptions { Output = null, StopOnCtrlC = false, ValidationSplit = 0.2 });
        Parallel.For(0, 8, _ => TinyGpu.Predict(runtime, [1, 2]));
        Assert.Same(TestDevices.Find(device), used);
        Assert.True(used.AllocatedBytes > before);
        runtime.Dispose();
        runtime.Dispose();
        Assert.Equal(before, used.AllocatedBytes);
        Assert.Throws<ObjectDisposedException>(() => TinyGpu.Predict(runtime, [1, 2]));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void A_network_that_nobody_disposed_leaves_the_account_when_it_is_collected(string device)
    {
        GpuDevice used = TestDevices.Find(device);
        long before = used.AllocatedBytes;
        Forget(device);
        for (int i = 0; i < 20 && used.AllocatedBytes > before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(before, used.AllocatedBytes);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void A_batch_of_more_elements_than_kernels_count_is_refused(string device)
    {
        const int elements = 1 << 20, samples = 2100;
        GpuPrograms wide = TinyGpu.Programs with { Predict = TinyGpu.Programs.Predict with { ActivationFloats = elements } };
        using NetworkRuntime runtime = TinyGpu.Create(device, wide);
        bool fits = (long)elements * samples * sizeof(float) <= TestDevices.Find(device).FreeBytes;
        Exception error = Assert.ThrowsAny<GpuException>(() => runtime.Begin(ProgramKind.Predict, samples).Dispose());
        Assert.Contains(fits ? "at most 2047 samples fit one batch" : "free", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Too_little_memory_says_what_is_needed_and_what_is_free(string device)
    {
        GpuPrograms huge = TinyGpu.Programs with { Predict = TinyGpu.Programs.Predict with { ActivationFloats = int.MaxValue } };
        using NetworkRuntime runtime = TinyGpu.Create(device, huge);
        GpuMemoryException error = Assert.Throws<GpuMemoryException>(() => TinyGpu.Predict(runtime, new float[2 * 1000]));
        Assert.Equal(((1000L * int.MaxValue) + GpuEngine.Guard) * sizeof(float), error.Needed);
        Assert.InRange(error.Free, 0, error.Needed - 1);
        Assert.Contains("the program 'predict' of Tiny at a batch of 1000", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void What_does_not_lie_within_an_arena_is_refused_before_the_launch(string device)
    {
        foreach (GpuEntry entry in (GpuEntry[])
        [
            f => f.Parameters(int.MaxValue, 16),
            f => f.Gradients(-1, 16),
            f => f.Activation(200, 16),
            f => f.Activation(0, 0, 5000, 10),
            f => f.Scratch(10_000, 0),
            f => f.Fixed(0, 1000),
        ])
        {
            GpuPrograms programs = TinyGpu.Programs with { Predict = TinyGpu.Programs.Predict with { Entry = entry } };
            using NetworkRuntime runtime = TinyGpu.Create(device, programs);
            Assert.Throws<ArgumentOutOfRangeException>(() => TinyGpu.Predict(runtime, [1, 2, 3, 4]));
        }
    }

    [Fact]
    public void A_column_that_was_not_set_is_an_error()
    {
        using NetworkRuntime runtime = TinyGpu.Create("ilgpu-cpu");
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
        {
            using ProgramRun run = runtime.Begin(ProgramKind.Train, 1);
            run.SetInput(0, (float[])[1, 2]);
            run.Execute();
        });
        Assert.Contains("was not set", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
        {
            using ProgramRun run = runtime.Begin(ProgramKind.Train, 1);
            run.SetLabels(0, [3]);
        });
        Assert.Throws<NotSupportedException>(() => runtime.Parameter(0).Span.Length);
    }

    [Fact]
    public void Rows_of_resident_data_are_checked_on_the_host()
    {
        using NetworkRuntime runtime = TinyGpu.Create("ilgpu-cpu");
        using Data.BatchReader data = new(runtime.Info, TinyData.Clusters(6));
        using ResidentData resident = runtime.Engine.TryReside([data.Input(0)], [data.Target(0)])!;
        EngineRun run = runtime.Engine.Rent(ProgramKind.Evaluate, 0, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => run.SetRows(resident, [0, 6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.SetRows(resident, 5));
        Assert.Throws<ArgumentException>(() => run.SetRows(resident, [1]));
        run.SetRows(resident, [5, 0]);
        run.Release();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(string device)
    {
        NetworkRuntime runtime = TinyGpu.Create(device);
        TinyGpu.Predict(runtime, [1, 2]);
        Assert.True(((GpuEngine)runtime.Engine).Device.AllocatedBytes > 0);
    }
}
