using NetDsl.Conformance.Networks;
using Xunit;

namespace NetDsl.Conformance;

/// <summary>Inspectable networks do all that others do, and show every layer.</summary>
public abstract class InspectionConformance : NetworkConformance<InspectableNetworks>
{
    [Theory]
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
