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
    }

    public NetworkSpec Spec { get; }

    /// <summary>Forward as training runs it.</summary>
    public Graph Training { get; }

    /// <summary>Forward as prediction runs it.</summary>
    public Graph Inference { get; }

    /// <summary>Forward, losses and gradients.</summary>
    public Graph Step => AutodiffStage.WithGradients(Training);

    /// <summary>Forward of training and gradients from those of the outputs.</summary>
    public Graph Backward => AutodiffStage.Backward(Training, Spec.InputGradients);

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
