using NetDsl.Engines;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Networks;

public class DeviceTests
{
    [Fact]
    public void Devices_are_parsed_by_name()
    {
        Assert.Same(Device.Auto, Device.Parse("auto"));
        Assert.Equal(Device.Cpu, Device.Parse(" CPU "));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Device.Parse("tpu"));
        Assert.StartsWith("The device 'tpu' is not available; available are 'auto'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'cpu'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_of_several_is_named_by_its_number()
    {
        Assert.Equal("cpu:0", Device.Parse("CPU:0").Name);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Device.Parse("cpu:one"));
        Assert.StartsWith("The device 'cpu:one' has no number behind the colon; expected is one from 0, as in 'cpu:0'.", error.Message, StringComparison.Ordinal);
        using LinearNetwork first = LinearNetwork.Classifier(options: new NetworkOptions { Device = Device.Parse("cpu:0") });
        InvalidOperationException none = Assert.Throws<InvalidOperationException>(() =>
            LinearNetwork.Classifier(options: new NetworkOptions { Device = Device.Parse("cpu:1") }));
        Assert.Equal("The network Tiny cannot run on the device 'cpu:1': the CPU is one device, with the number 0.", none.Message);
    }

    [Fact]
    public void Another_assembly_registers_a_device_and_is_asked_before_the_cpu()
    {
        Absent absent = new();
        EngineRegistry.Register(absent);
        Assert.Throws<ArgumentException>(() => EngineRegistry.Register(absent));
        Assert.Throws<ArgumentException>(() => EngineRegistry.Register(new Absent("Upper")));
        Assert.Equal("absent", Device.Parse("Absent").Name);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
            LinearNetwork.Classifier(options: new NetworkOptions { Device = Device.Parse("absent") }));
        Assert.Equal("The network Tiny cannot run on the device 'absent': nobody is at home.", error.Message);
        using LinearNetwork asked = LinearNetwork.Classifier(options: new NetworkOptions { Device = Device.Cpu });
        Assert.EndsWith("(as asked)", asked.Runtime.DeviceDescription, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_are_as_asked()
    {
        using LinearNetwork network = LinearNetwork.Classifier(options: new NetworkOptions { Threads = 3 });
        Assert.StartsWith("CPU, 3 threads, ", network.Runtime.DeviceDescription, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkOptions { Threads = -1 });
    }

    /// <summary>Below the CPU in rank, so that it does not change what other tests see of Device.Auto.</summary>
    private sealed class Absent(string name = "absent") : EngineFactory
    {
        public override string Name => name;

        public override int Rank => -1;

        public override Engine? TryCreate(EngineRequest request, out string? reason)
        {
            reason = "nobody is at home";
            return null;
        }
    }
}
