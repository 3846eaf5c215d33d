using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Emit;

/// <summary>What the surface of a network consists of, gathered once for the files that need it.</summary>
/// <param name="Spec">The declaration.</param>
/// <param name="Shapes">What was made of it.</param>
/// <param name="Inputs">Feature columns in order.</param>
/// <param name="Targets">Target columns in order.</param>
/// <param name="Outputs">Outputs in order; those of <c>[Output]</c> come first.</param>
/// <param name="DeclaredOutputs">How many come from <c>[Output]</c>.</param>
internal sealed record NetworkSurface(
    NetworkSpec Spec,
    ShapeResult Shapes,
    IReadOnlyList<NamedValue> Inputs,
    IReadOnlyList<NamedValue> Targets,
    IReadOnlyList<NamedValue> Outputs,
    int DeclaredOutputs)
{
    public Graph Graph => Shapes.Inference!;

    public string Name => Spec.Type.Name;

    public ParameterLayout Layout => ParameterLayout.Of(Graph.Parameters);

    public static NetworkSurface Of(NetworkSpec spec, ShapeResult shapes)
    {
        Graph graph = shapes.Inference!;
        IReadOnlyList<NamedValue> Columns(InputRole role) =>
            [.. graph.Inputs.Where(column => graph.ProducerOf(column.Value)!.Op is Op.Input input && input.Role == role)];
        return new NetworkSurface(spec, shapes, Columns(InputRole.Feature), Columns(InputRole.Target), graph.Outputs, spec.Layers.Count(layer => layer.Kind == "Output"));
    }

    /// <summary>The single loss of a network that has one input and one output, by which it is a classifier or a regressor.</summary>
    public LossValue? SingleLoss => Graph.Losses.Count == 1 && Inputs.Count == 1 && Outputs.Count == 1 ? Graph.Losses[0] : null;

    /// <summary>One class label a sample.</summary>
    public bool IsClassifier => SingleLoss is { } loss
        && ((loss.Kind == "CrossEntropy" && loss.Raw.Type.Rank == 1) || (loss.Kind == "BinaryCrossEntropy" && loss.Raw.Type.Elements == 1));

    /// <summary>It can write on, token by token.</summary>
    public bool Generates => Generation.TokenStep.Of(Graph) is not null;

    public bool IsRegressor => SingleLoss is { Kind: "MeanSquaredError" or "Regression" };

    /// <summary>The inputs are numbers, which the interfaces for all classifiers and regressors take.</summary>
    public bool TakesNumbers => Inputs.All(input => input.Value.Type.DType == DType.F32);

    /// <summary>Index of a loss's tensor among the outputs.</summary>
    public int OutputOf(LossValue loss)
    {
        for (int i = 0; i < Outputs.Count; i++)
        {
            if (ReferenceEquals(Outputs[i].Value, loss.Raw) || ReferenceEquals(Outputs[i].Value, loss.Prediction)) return i;
        }

        throw new IRException($"The loss {loss.Name} reads no output.");
    }
}
