using NetDsl.Conformance.Reference;
using NetDsl.Generators.Autodiff;
using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>Rewrites keep the meaning: results before and after, both in the reference interpreter.</summary>
public sealed class PassMeaningTests
{
    [Theory]
    [MemberData(nameof(SampleNetworks.Names), MemberType = typeof(SampleNetworks))]
    public void Training_gives_the_same_losses_gradients_and_state(string network)
    {
        ShapeResult shapes = ShapeStage.Run(SampleNetworks.Spec(network));
        if (shapes.Training!.Losses.Count == 0) return;
        Graph before = AutodiffStage.WithGradients(shapes.Training);
        Graph after = ProgramGraphs.Of(SampleNetworks.Spec(network), shapes).Single(p => p.Name == "train").Graph;
        (ReferenceRun expected, ReferenceRun actual) = Run(before, after);
        foreach (LossValue loss in before.Losses) Close(expected.Loss(loss.Name), actual.Loss(loss.Name), loss.Name);
        foreach (ParameterValue gradient in before.Gradients)
        {
            string path = before.Parameters[gradient.Parameter].Path;
            Close(expected.Gradient(path), actual.Gradient(path), path);
        }

        foreach (ParameterValue state in before.StateUpdates)
        {
            string path = before.Parameters[state.Parameter].Path;
            Close(expected.State(path), actual.State(path), path);
        }

        Assert.True(after.Nodes.Count < before.Nodes.Count, "Nothing was rewritten.");
    }

    [Theory]
    [MemberData(nameof(SampleNetworks.Names), MemberType = typeof(SampleNetworks))]
    public void Backward_gives_the_same_gradients_of_weights_and_inputs(string network)
    {
        var spec = SampleNetworks.Spec(network, inputGradients: true);
        ShapeResult shapes = ShapeStage.Run(spec);
        Graph before = AutodiffStage.Backward(shapes.Training!, inputGradients: true);
        Graph after = ProgramGraphs.Of(spec, shapes).Single(p => p.Name == "backward").Graph;
        (ReferenceRun expected, ReferenceRun actual) = Run(before, after);
        foreach (NamedValue gradient in before.InputGradients) Close(expected.InputGradient(gradient.Name), actual.InputGradient(gradient.Name), gradient.Name);
        foreach (ParameterValue gradient in before.Gradients)
        {
            string path = before.Parameters[gradient.Parameter].Path;
            Close(expected.Gradient(path), actual.Gradient(path), path);
        }
    }

    [Theory]
    [MemberData(nameof(SampleNetworks.Names), MemberType = typeof(SampleNetworks))]
    public void Inference_gives_the_same_outputs_kept_layers_included(string network)
    {
        foreach (bool inspectable in new[] { false, true })
        {
            var spec = SampleNetworks.Spec(network, inspectable);
            ShapeResult shapes = ShapeStage.Run(spec);
            Graph after = ProgramGraphs.Of(spec, shapes).Single(p => p.Name == "forward").Graph;
            (ReferenceRun expected, ReferenceRun actual) = Run(shapes.Inference!, after);
            foreach (NamedValue output in shapes.Inference!.Outputs) Close(expected.Output(output.Name), actual.Output(output.Name), output.Name);
            if (inspectable) Assert.Equal(shapes.Inference.LayerOutputs.Select(l => l.Name), after.LayerOutputs.Select(l => l.Name));
            foreach (NamedValue layer in after.LayerOutputs)
                Close(expected[shapes.Inference.LayerOutputs.Single(l => l.Name == layer.Name).Value], actual[layer.Value], layer.Name);
        }
    }

    private static (ReferenceRun Before, ReferenceRun After) Run(Graph before, Graph after)
    {
        ReferenceInputs inputs = SampleInputs.For(before, batch: 3);
        return (ReferenceInterpreter.Run(before, inputs), ReferenceInterpreter.Run(after, inputs));
    }

    private static void Close(double[] expected, double[] actual, string what) => Numbers.AssertClose(expected, actual, 1e-9, what);
}
