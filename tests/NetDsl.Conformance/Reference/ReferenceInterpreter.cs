using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>
/// Evaluates a graph in double precision, node after node, element after element: the meaning of every op. It shares no
/// code with the compiler beyond the records that a graph is made of, and finds the shape of every result by itself.
/// </summary>
internal static class ReferenceInterpreter
{
    /// <summary>Evaluates every node.</summary>
    /// <returns>Every value of the graph.</returns>
    /// <exception cref="InvalidOperationException">A node's declared type is not the type of what it computes.</exception>
    public static ReferenceRun Run(Graph graph, ReferenceInputs inputs)
    {
        var values = new Dictionary<Value, Tensor>();
        foreach (Node node in graph.Nodes)
        {
            Tensor[] operands = [.. node.Inputs.Select(input => values[input])];
            Tensor[] results = Evaluate(node.Op, operands[..node.OperandCount], inputs);
            if (node.Epilogue is { } epilogue)
                results[0] = ElementwiseOps.Epilogue(epilogue, results[0], operands[node.OperandCount..], inputs);
            if (results.Length != node.Outputs.Count)
                throw new InvalidOperationException($"{node.Op.Name} has {results.Length} results and the graph declares {node.Outputs.Count}.");
            for (int i = 0; i < results.Length; i++)
            {
                CheckType(node, node.Outputs[i], results[i]);
                values.Add(node.Outputs[i], results[i]);
            }
        }

        return new ReferenceRun(graph, values);
    }

    private static Tensor[] Evaluate(Op op, Tensor[] x, ReferenceInputs inputs) => op switch
    {
        Op.Input input => [Column(input, inputs)],
        Op.Parameter parameter => [Tensor.Of(parameter.Type, 1, inputs.Parameters[parameter.Index])],
        Op.Map map => [ElementwiseOps.Map(map, x, inputs)],
        Op.Reduce reduce => [ElementwiseOps.Reduce(reduce, x, inputs)],
        Op.MatMul matMul => [MatMulOps.MatMul(matMul, x[0], x[1])],
        Op.Conv2D conv => [ConvolutionOps.Forward(conv.Window, x[0], x[1])],
        Op.Conv2DInputGradient gradient => [ConvolutionOps.InputGradient(gradient.Window, [.. gradient.InputShape], x[0], x[1])],
        Op.Conv2DFilterGradient gradient => [ConvolutionOps.FilterGradient(gradient.Window, x[0], x[1])],
        Op.MaxPool2D pool => [PoolingOps.Max(pool.Window, x[0])],
        Op.MaxPool2DGradient pool => [PoolingOps.MaxGradient(pool.Window, x[0], x[1])],
        Op.AveragePool2D pool => [PoolingOps.Average(pool.Window, x[0])],
        Op.AveragePool2DGradient pool => [PoolingOps.AverageGradient(pool.Window, [.. pool.InputShape], x[0])],
        Op.DepthwiseConv2D conv => [ConvolutionOps.Depthwise(conv.Window, x[0], x[1])],
        Op.DepthwiseConv2DInputGradient conv => [ConvolutionOps.DepthwiseInputGradient(conv.Window, [.. conv.InputShape], x[0], x[1])],
        Op.DepthwiseConv2DFilterGradient conv => [ConvolutionOps.DepthwiseFilterGradient(conv.Window, x[0], x[1])],
        Op.Softmax => [SoftmaxOps.Softmax(x[0])],
        Op.SoftmaxGradient => [SoftmaxOps.Gradient(x[0], x[1])],
        Op.SoftmaxCrossEntropy loss => [SoftmaxOps.CrossEntropy(loss.Rule, x[0], x[1])],
        Op.SoftmaxCrossEntropyGradient loss => [SoftmaxOps.CrossEntropyGradient(loss.Rule, x[0], x[1], x[2])],
        Op.LabelDiffers differs => [SoftmaxOps.LabelDiffers(differs.Label, x[0])],
        Op.SoftmaxCrossEntropyWithGradient fused => SoftmaxOps.CrossEntropyWithGradient(fused, x[0], x[1], inputs),
        Op.Attention attention => AttentionOps.Forward(attention, x[0], x[1], x[2], attention.Masked ? x[3] : null),
        Op.AttentionGradient attention => AttentionOps.Gradient(attention, x[0], x[1], x[2], x[5], attention.Masked ? x[6] : null),
        Op.Recurrence recurrence => RecurrentOps.Forward(recurrence, x),
        Op.RecurrenceGradient recurrence => RecurrentOps.Gradient(recurrence, x),
        Op.Reshape reshape => [MovementOps.Reshape(x[0], [.. reshape.Shape])],
        Op.Transpose transpose => [MovementOps.Transpose([.. transpose.Permutation], x[0])],
        Op.SetRow => [GatherOps.SetRow(x[0], x[1], x[2])],
        Op.Gather => [GatherOps.Gather(x[0], x[1])],
        Op.GatherGradient gradient => [GatherOps.Gradient(gradient.Rows, x[0], x[1])],
        Op.Concat concat => [MovementOps.Concat(concat.Axis, x)],
        Op.Slice slice => [MovementOps.Slice(slice, x[0])],
        Op.Pad pad => [MovementOps.Pad(pad, x[0])],
        _ => throw new InvalidOperationException($"{op.Name} has no meaning: add it to the reference interpreter."),
    };

    private static Tensor Column(Op.Input input, ReferenceInputs inputs)
    {
        if (!inputs.Columns.TryGetValue(input.Column, out double[]? data))
            throw new ArgumentException($"There is no column \"{input.Column}\"; there are {string.Join(", ", inputs.Columns.Keys)}.", nameof(inputs));
        return Tensor.Of(input.Type, inputs.Batch, data);
    }

    private static void CheckType(Node node, Value declared, Tensor computed)
    {
        if (declared.Type.Batched == computed.Batched && declared.Type.Shape.SequenceEqual(computed.Shape)) return;
        throw new InvalidOperationException(
            $"{node.Op.Name} of {node.Origin.Layer} is declared as {declared} and computes {(computed.Batched ? "a batch of " : "")}({string.Join(", ", computed.Shape)}).");
    }
}

/// <summary>What a graph evaluated to.</summary>
internal sealed class ReferenceRun(Graph graph, IReadOnlyDictionary<Value, Tensor> values)
{
    /// <summary>The elements of any value of the graph.</summary>
    public double[] this[Value value] => values[value].Data;

    /// <summary>An output by its name.</summary>
    public double[] Output(string name) => this[graph.Outputs.Single(o => o.Name == name).Value];

    /// <summary>The loss of each sample, unweighted.</summary>
    public double[] Loss(string name) => this[graph.Losses.Single(l => l.Name == name).PerSample];

    /// <summary>The gradient by a parameter, by its path.</summary>
    public double[] Gradient(string path) => this[graph.Gradients.Single(g => graph.Parameters[g.Parameter].Path == path).Value];

    /// <summary>The gradient by an input column.</summary>
    public double[] InputGradient(string column) => this[graph.InputGradients.Single(g => g.Name == column).Value];

    /// <summary>The next content of a state tensor, by its path.</summary>
    public double[] State(string path) => this[graph.StateUpdates.Single(s => graph.Parameters[s.Parameter].Path == path).Value];

    /// <summary>What is minimised: the sum over the losses of weight times the mean over the samples.</summary>
    public double TotalLoss => graph.Losses.Sum(loss => loss.Weight * this[loss.PerSample].Average());
}
