using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>A graph means the same before and after all rewrites, held against the reference interpreter.</summary>
public class PassesKeepMeaningTests
{
    private const int Batch = 3;

    public static TheoryData<string> Networks => [.. NetworkFamilies.Cases.Select(network => network.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_training_step(string name)
    {
        NetworkGraphs graphs = GraphsOf(name);
        if (graphs.Training.Losses.Count > 0) Check(graphs.Step);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_backward_pass(string name) => Check(GraphsOf(name).Backward);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Inference(string name) => Check(GraphsOf(name).Inference);

    private static NetworkGraphs GraphsOf(string name) => NetworkGraphs.Of(NetworkFamilies.Find(name).Source, NetworkCase.Type);

    private static void Check(Graph graph)
    {
        foreach (bool keepLayerOutputs in new[] { false, true })
        {
            Graph rewritten = PassPipeline.Run(graph, keepLayerOutputs);
            var inputs = new ReferenceInputs(Batch, TestData.Columns(graph, Batch), TestData.Parameters(graph), Seed: 7, Step: 2);
            ReferenceRun before = ReferenceInterpreter.Run(graph, inputs), after = ReferenceInterpreter.Run(rewritten, inputs);
            Same("output", graph.Outputs.Select(o => o.Value), rewritten.Outputs.Select(o => o.Value));
            Same("loss", graph.Losses.Select(l => l.PerSample), rewritten.Losses.Select(l => l.PerSample));
            Same("gradient", graph.Gradients.Select(g => g.Value), rewritten.Gradients.Select(g => g.Value));
            Same("state", graph.StateUpdates.Select(s => s.Value), rewritten.StateUpdates.Select(s => s.Value));
            Same("input gradient", graph.InputGradients.Select(g => g.Value), rewritten.InputGradients.Select(g => g.Value));
            if (keepLayerOutputs) Same("layer", graph.LayerOutputs.Select(l => l.Value), rewritten.LayerOutputs.Select(l => l.Value));

            void Same(string what, IEnumerable<Value> expected, IEnumerable<Value> actual)
            {
                Value[] e = [.. expected], a = [.. actual];
                Assert.Equal(e.Length, a.Length);
                for (int i = 0; i < e.Length; i++) Numbers.AssertClose(before[e[i]], after[a[i]], 1e-9, $"{what} {e[i].Label}");
            }
        }
    }
}
