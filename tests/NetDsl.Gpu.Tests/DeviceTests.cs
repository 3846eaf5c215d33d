using NetDsl.Engines;
using NetDsl.Gpu.Tests.Tiny;
using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Gpu.Tests;

public class DeviceTests
{
    [Fact]
    public void The_devices_have_names_and_numbers()
    {
        Assert.Equal("gpu", Device.Gpu.Name);
        Assert.Equal("cuda", Device.Cuda.Name);
        Assert.Equal("opencl", Device.OpenCL.Name);
        Assert.Equal(Device.Parse("ilgpu-cpu"), Device.IlgpuCpu);
        Assert.Equal("gpu:1", Device.Parse("GPU:1").Name);
        Assert.NotEqual(Device.Gpu, Device.Parse("gpu:1"));
        Assert.Throws<ArgumentException>(() => Device.Parse("gpu:first"));
        Assert.Throws<ArgumentException>(() => Device.Parse("gpu:-1"));
        GpuDevices.Register();
        Assert.Equal(["gpu", "cpu"], EngineRegistry.Names.Take(2));
    }

    [Fact]
    public void A_number_that_is_too_high_is_an_error_that_counts()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => TinyGpu.Create("ilgpu-cpu:3"));
        Assert.Equal("The network Tiny cannot run on the device 'ilgpu-cpu:3': there is 1 simulated device, numbered from 0, and number 3 was asked for.", error.Message);
    }

    [Fact]
    public void Auto_takes_a_gpu_or_says_why_not()
    {
        using NetworkRuntime runtime = TinyGpu.Create("auto");
        StringWriter output = new();
        runtime.Fit(TinyData.Clusters(6), new FitOptions { Output = output, StopOnCtrlC = false });
        string first = output.ToString().Split('\n')[0];
        if (DeviceFinder.Gpu.Find(0, out string? reason) is not null)
        {
            Assert.DoesNotContain("on CPU", first, StringComparison.Ordinal);
            return;
        }

        Assert.StartsWith("Training Tiny on CPU, ", first, StringComparison.Ordinal);
        Assert.Contains($"(gpu: {reason})", first, StringComparison.Ordinal);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => TinyGpu.Create("gpu"));
        Assert.Equal($"The network Tiny cannot run on the device 'gpu': {reason}.", error.Message);
    }

    [Fact]
    public void A_network_without_programs_for_a_gpu_says_so()
    {
        GpuDevices.Register();
        NetworkOptions options = new() { Device = Device.IlgpuCpu };
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => NetworkRuntime.Create(TinyGpu.Linear.Info, TinyGpu.Linear.Programs, options));
        Assert.Contains("Tiny has no programs for a GPU", error.Message, StringComparison.Ordinal);
    }

    [OpenCLFact]
    public void OpenCL_is_by_name_only_where_it_is_a_cpu()
    {
        using NetworkRuntime runtime = TinyGpu.Create("opencl");
        Assert.StartsWith("OpenCL, ", runtime.DeviceDescription, StringComparison.Ordinal);
    }
}
