using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Conformance.Cpu;

/// <summary>The chosen networks have all that the whole catalogue has, and the catalogue has all that there is.</summary>
public class RepresentativeNetworksTests
{
    [Fact]
    public void Every_op_is_in_the_catalogue_and_among_the_chosen_networks()
    {
        // A convolution is joined with its pooling when it is lowered for the CPU, and so is its gradient, and what is done to a row, and an activation with its derivative, and products that are added up.
        Type[] joined = [typeof(Op.PooledConv2D), typeof(Op.PooledConv2DFilterGradient), typeof(Op.RowSteps), typeof(Op.MatMulWithSlope), typeof(Op.MatMulSum)];
        string[] all = [.. typeof(Op).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !joined.Contains(type)).Select(type => type.Name).Order()];
        Assert.NotEmpty(all);
        Assert.Equal(all, Ops(NetworkFamilies.Cases).Order());
        Assert.Equal(all, Ops(RepresentativeNetworks.Cases).Order());
    }

    /// <summary>A family without a class here would be run by nothing.</summary>
    [Fact]
    public void Every_network_of_the_catalogue_runs_here()
    {
        IEnumerable<Type> families = typeof(RepresentativeNetworksTests).Assembly.GetTypes()
            .Where(type => type.BaseType is { IsGenericType: true } test && test.GetGenericTypeDefinition() == typeof(NetworkConformance<,>))
            .Select(type => type.BaseType!.GetGenericArguments()[0]);
        string[] run = [.. families.SelectMany(family => (IReadOnlyList<NetworkCase>)family.GetProperty(nameof(NetworkFamilies.Cases))!.GetValue(null)!).Select(network => network.Name)];
        Assert.Empty(NetworkFamilies.Cases.Select(network => network.Name).Except(run));
    }

    [Fact]
    public void Every_layer_is_in_the_catalogue_and_among_the_chosen_networks()
    {
        string[] all =
        [
            .. typeof(LayerAttribute).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
                .Select(type => type.Name.Split('`')[0].Replace("Attribute", "", StringComparison.Ordinal))
                .Distinct()
                .Order(),
        ];
        Assert.NotEmpty(all);
        Assert.Equal(all, Layers(NetworkFamilies.Cases).Order());
        Assert.Equal(all, Layers(RepresentativeNetworks.Cases).Order());
    }

    [Fact]
    public void Every_activation_is_in_the_catalogue_and_among_the_chosen_networks()
    {
        foreach (Activation activation in Enum.GetValues<Activation>().Where(activation => activation != default))
        {
            string text = $"Activation.{activation}";
            Assert.Contains(NetworkFamilies.Cases, network => Uses(network, text));
            Assert.True(RepresentativeNetworks.Cases.Any(network => Uses(network, text)), text);
        }

        static bool Uses(NetworkCase network, string text) =>
            (network.Layers + network.Blocks).Split(text).Skip(1).Any(rest => !char.IsLetterOrDigit(rest[0]));
    }

    /// <summary>Ops of the programs as lowering gets them, and of the graphs before any rewriting.</summary>
    private static HashSet<string> Ops(IEnumerable<NetworkCase> networks)
    {
        HashSet<string> ops = [];
        foreach (NetworkCase network in networks)
        {
            NetworkGraphs graphs = NetworkGraphs.Of(network.Source, NetworkCase.Type);
            foreach (Graph graph in new[] { graphs.Step, graphs.Inference, graphs.Backward }) ops.UnionWith(graph.Nodes.Select(node => node.Op.Name));
            foreach (ProgramGraph program in ProgramGraphs.Of(graphs.Spec, ShapeStage.Run(graphs.Spec)))
                ops.UnionWith(program.Graph.Nodes.Select(node => node.Op.Name));
        }

        return ops;
    }

    private static HashSet<string> Layers(IEnumerable<NetworkCase> networks)
    {
        HashSet<string> layers = [];
        foreach (NetworkCase network in networks)
        {
            NetworkSpec spec = NetworkGraphs.Of(network.Source, NetworkCase.Type).Spec;
            layers.UnionWith(spec.Layers.Concat(spec.Blocks.SelectMany(block => block.Layers)).Select(layer => layer.Kind));
        }

        return layers;
    }
}
