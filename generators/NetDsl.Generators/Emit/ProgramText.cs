using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit;

/// <summary>What the comments of a program say.</summary>
internal static class ProgramText
{
    public static string About(string program) => program switch
    {
        "train" => "A training step: forward, losses, and the gradients of all trainable weights.",
        "evaluate" => "Losses and predictions of the inference graph.",
        "predict" => "Predictions: probabilities under a classification loss.",
        "forward" => "Outputs as declared.",
        "backward" => "Forward of the training graph, and gradients from given gradients of the outputs.",
        _ => $"One output and its ancestors alone: {CSharp.Xml(program.Substring(program.IndexOf(':') + 1))}.",
    };

    /// <summary><c>Conv2D1, forward: (28, 28, 1) to (26, 26, 32)</c>.</summary>
    public static string Heading(Origin origin, Node? node)
    {
        string layer = origin.Layer == "" ? origin.Kind : origin.Layer;
        string phase = origin.Phase.ToString().ToLowerInvariant();
        if (node is null) return $"{layer}, copied to where they belong";
        if (node.Op is Op.PooledConv2D or Op.PooledConv2DFilterGradient) layer += " with the pooling after it";
        string from = node.Inputs.Count == 0 ? "" : CSharp.Shape(node.Inputs[0].Type.Shape) + " to ";
        return $"{layer}, {phase}: {from}{CSharp.Shape(node.Output.Type.Shape)}";
    }
}
