using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Networks;
using Xunit;

namespace NetDsl.Conformance;

/// <summary>Inspectable networks do all that others do, and show every layer.</summary>
/// <typeparam name="TDevice">Where they run.</typeparam>
public abstract class InspectionConformance<TDevice> : NetworkConformance<InspectableNetworks, TDevice>
    where TDevice : TestDevice, new()
{
    [DeviceTheory]
    [MemberData(nameof(Networks))]
    public void Every_layer_is_shown_in_order(string name)
    {
        var (network, graphs, driver) = Open(name);
        using (driver)
        {
            Assert.Equal(graphs.Inference.LayerOutputs.Select(layer => layer.Name), CheckLayers(network, graphs, driver, 3));
        }
    }
}
