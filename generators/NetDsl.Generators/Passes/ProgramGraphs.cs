using NetDsl.Generators.Autodiff;
using NetDsl.Generators.Generation;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Passes;

/// <summary>One program of a network, for any target.</summary>
/// <param name="Name"><c>train</c>, <c>evaluate</c>, <c>predict</c>, <c>forward</c>, <c>backward</c>, <c>output:name</c> or <c>generate</c>.</param>
/// <param name="Graph">The graph after all rewrites, with just the results that the program gives.</param>
/// <param name="Columns">All columns of the network, read by this program or not.</param>
internal sealed record ProgramGraph(string Name, Graph Graph, IReadOnlyList<ProgramColumn> Columns);

/// <summary>A column of data in a program.</summary>
internal sealed record ProgramColumn(InputRole Role, string Name, Value Value);

/// <summary>The graphs of all programs of a network.</summary>
internal static class ProgramGraphs
{
    public static IReadOnlyList<ProgramGraph> Of(NetworkSpec spec, ShapeResult shapes)
    {
        Graph training = shapes.Training!, inference = shapes.Inference!;
        Graph bare = inference with { LayerOutputs = [], Losses = [], StateUpdates = [] };
        var predictions = Predictions(inference);
        var programs = new List<ProgramGraph>();
        if (training.Losses.Count > 0)
        {
            Graph gradients = AutodiffStage.WithGradients(training);
            programs.Add(Finish("train", gradients with { Losses = LossesAlone(training), Outputs = [], LayerOutputs = [] }, false));
            programs.Add(Finish("evaluate", bare with { Losses = LossesAlone(inference), Outputs = predictions }, false));
        }

        programs.Add(Finish("predict", bare with { Outputs = predictions }, false));
        programs.Add(Finish("forward", bare with { LayerOutputs = [.. inference.LayerOutputs.Where(layer => layer.Value.Type.DType == DType.F32)] }, spec.Inspectable));

        Graph backward = AutodiffStage.Backward(training, spec.InputGradients);
        programs.Add(Finish("backward", backward with { Outputs = [], StateUpdates = [], LayerOutputs = [] }, false));

        int declared = spec.Layers.Count(layer => layer.Kind == "Output");
        foreach (NamedValue output in bare.Outputs.Take(declared))
            programs.Add(Finish("output:" + output.Name, bare with { Outputs = [output] }, false));
        if (TokenStep.Of(inference) is { } step) programs.Add(Finish("generate", step, false));
        return programs;
    }

    /// <summary>What <c>Predict</c> gives: what a loss that reads the output, be it the first loss there or not, makes of it (probabilities, numbers as the targets are), else the output itself.</summary>
    private static IReadOnlyList<NamedValue> Predictions(Graph inference) =>
        [.. inference.Outputs.Select(output => inference.Losses.FirstOrDefault(loss => ReferenceEquals(loss.Raw, output.Value) && !ReferenceEquals(loss.Prediction, loss.Raw)) is { } loss
            ? output with { Value = loss.Prediction }
            : output)];

    /// <summary>The losses without the tensors they were declared on, which a program need not keep.</summary>
    private static IReadOnlyList<LossValue> LossesAlone(Graph graph) =>
        [.. graph.Losses.Select(loss => loss with { Raw = loss.PerSample, Prediction = loss.PerSample })];

    private static ProgramGraph Finish(string name, Graph graph, bool keepLayerOutputs)
    {
        ProgramColumn[] columns = [.. graph.Nodes.Where(node => node.Op is Op.Input).Select(node => new ProgramColumn(((Op.Input)node.Op).Role, ((Op.Input)node.Op).Column, node.Output))];
        return new ProgramGraph(name, PassPipeline.Run(graph with { Name = name }, keepLayerOutputs), columns);
    }
}
