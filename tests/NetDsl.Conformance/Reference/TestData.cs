using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Columns and parameters for the graphs of a network. All are 32-bit floats, so that the interpreter starts from the same numbers.</summary>
internal static class TestData
{
    /// <summary>Columns and parameters of a graph.</summary>
    public static ReferenceInputs Inputs(Graph graph, int batch) =>
        new(batch, Columns(graph, batch), Parameters(graph), Seed: 0x1234_5678_9abc, Step: 3);

    /// <summary>Some of the samples.</summary>
    public static ReferenceInputs Part(ReferenceInputs inputs, int first, int count) => inputs with
    {
        Batch = count,
        Columns = inputs.Columns.ToDictionary(
            column => column.Key,
            column => column.Value[(first * (column.Value.Length / inputs.Batch))..((first + count) * (column.Value.Length / inputs.Batch))]),
    };

    /// <summary>A value for every column of a graph; labels cover their classes.</summary>
    public static Dictionary<string, double[]> Columns(Graph graph, int batch)
    {
        var columns = new Dictionary<string, double[]>();
        foreach (NamedValue input in graph.Inputs)
        {
            TensorType type = input.Value.Type;
            int count = type.Elements * batch;
            var op = (Op.Input)graph.ProducerOf(input.Value)!.Op;
            columns.Add(input.Name, type.DType == DType.I32
                ? Ignoring(SpreadNumbers.Labels(count, Classes(graph, input.Value)), graph, input.Value)
                : Round(SpreadNumbers.Make(count, columns.Count, Target01(graph, input.Value) ? 0 : -1.5, Target01(graph, input.Value) ? 1 : 1.5)));
            if (op.Role == InputRole.OutputGradient) columns[input.Name] = Round(SpreadNumbers.Make(count, 40 + columns.Count));
        }

        return columns;
    }

    /// <summary>Weights of the size that initialisers give, and everything else different from its initial value.</summary>
    public static double[][] Parameters(Graph graph) =>
        [.. graph.Parameters.Select((parameter, i) =>
        {
            double size = parameter.Path.EndsWith("/weight", StringComparison.Ordinal) ? 1.7 / Math.Sqrt(parameter.FanIn) : 0.5;
            bool positive = parameter.Path.EndsWith("/variance", StringComparison.Ordinal) || parameter.Path.EndsWith("/deviation", StringComparison.Ordinal) || parameter.Path.EndsWith("/scale", StringComparison.Ordinal);
            return Round(SpreadNumbers.Make(parameter.Type.Elements, 20 + i, positive ? 0.5 : -size, positive ? 1.5 : size));
        })];

    private static double[] Round(double[] values) => [.. values.Select(value => (double)(float)value)];

    /// <summary>Classes that the loss over these labels has, or rows of the table that they index.</summary>
    private static int Classes(Graph graph, Value labels)
    {
        Node? loss = graph.Nodes.FirstOrDefault(node => node.Op is Op.SoftmaxCrossEntropy && ReferenceEquals(node.Inputs[1], labels));
        return loss is not null
            ? loss.Inputs[0].Type.Shape[^1]
            : graph.Nodes.First(node => node.Op is Op.Gather && ReferenceEquals(node.Inputs[1], labels)).Inputs[0].Type.Shape[0];
    }

    /// <summary>Some labels, and all of the second sample, are the one that does not count.</summary>
    private static double[] Ignoring(double[] labels, Graph graph, Value column)
    {
        var loss = graph.Nodes.FirstOrDefault(node => node.Op is Op.SoftmaxCrossEntropy && ReferenceEquals(node.Inputs[1], column))?.Op as Op.SoftmaxCrossEntropy;
        if (loss?.Rule.Ignored is not { } ignored || graph.ProducerOf(column)!.Op is not Op.Input { Role: InputRole.Target }) return labels;
        int each = column.Type.Elements;
        return [.. labels.Select((label, i) => i % 3 == 1 || i / each == 1 ? ignored : label)];
    }

    /// <summary>Targets of binary cross-entropy are probabilities.</summary>
    private static bool Target01(Graph graph, Value column) =>
        graph.Losses.Any(loss => loss.Kind == "BinaryCrossEntropy" && loss.Target is not null && graph.Inputs.Any(i => i.Name == loss.Target && ReferenceEquals(i.Value, column)));
}
