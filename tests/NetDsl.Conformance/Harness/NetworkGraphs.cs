using Microsoft.CodeAnalysis;
using NetDsl.Generators.Autodiff;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Parsing;
using NetDsl.Generators.Shapes;

namespace NetDsl.Conformance.Harness;

/// <summary>What the compiler makes of a network before any rewriting: the graphs that the interpreter evaluates.</summary>
internal sealed class NetworkGraphs
{
    private NetworkGraphs(NetworkSpec spec, Graph training, Graph inference)
    {
        Spec = spec;
        Training = training;
        Inference = inference;
        Step = AutodiffStage.WithGradients(training);
        Backward = AutodiffStage.Backward(training, spec.InputGradients);
    }

    public NetworkSpec Spec { get; }

    /// <summary>Forward as training runs it.</summary>
    public Graph Training { get; }

    /// <summary>Forward as prediction runs it.</summary>
    public Graph Inference { get; }

    /// <summary>Forward, losses and gradients.</summary>
    public Graph Step { get; }

    /// <summary>Forward of training and gradients from those of the outputs.</summary>
    public Graph Backward { get; }

    /// <summary>Outputs that <c>[Output]</c> declares; they come first.</summary>
    public int DeclaredOutputs => Spec.Layers.Count(layer => layer.Kind == "Output");

    /// <summary>
    /// What <c>Predict</c> gives for an output of the inference graph: what a loss that reads it makes of it (probabilities, numbers as the
    /// targets are), else the output itself.
    /// </summary>
    public Value Prediction(NamedValue output) => Inference.Losses
        .Where(loss => ReferenceEquals(loss.Raw, output.Value) && !ReferenceEquals(loss.Prediction, loss.Raw))
        .Select(loss => loss.Prediction)
        .FirstOrDefault(output.Value);

    /// <summary>The graphs of the network called <paramref name="type"/> (its metadata name) in C# source.</summary>
    /// <exception cref="InvalidOperationException">There is no such network, or it has errors or warnings.</exception>
    public static NetworkGraphs Of(string source, string type)
    {
        Compilation compilation = NetworkCompiler.Declare(source, ProjectSettings.Ordinary);
        INamedTypeSymbol symbol = compilation.GetTypeByMetadataName(type) ?? throw new InvalidOperationException($"There is no type {type} in the source.");
        NetworkSpec spec = NetworkParser.Parse(symbol, compilation, CancellationToken.None);
        ShapeResult shapes = ShapeStage.Run(spec);
        string[] found = [.. spec.Errors.Concat(shapes.Diagnostics).Select(d => $"{d.Id} {string.Join(" | ", d.Arguments)}").Distinct()];
        if (found.Length > 0 || shapes.Training is null || shapes.Inference is null)
            throw new InvalidOperationException($"{type} has diagnostics: {string.Join("; ", found)}");
        return new NetworkGraphs(spec, shapes.Training, shapes.Inference);
    }
}
