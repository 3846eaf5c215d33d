namespace NetDsl.Generators.IR;

/// <summary>
/// Checks what every stage may rely on: values are made once and before they are read, their types are those that
/// <see cref="OpTypes"/> infers, indices are in range and results exist. Runs before and after each pass.
/// </summary>
internal static class GraphVerifier
{
    /// <exception cref="IRException">An invariant is broken; the message names <paramref name="stage"/>, the node and the value.</exception>
    public static void Verify(Graph graph, string stage)
    {
        var made = new HashSet<Value>();
        var labels = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
        {
            string where = $"{stage}: {GraphPrinter.Print(node)}";
            foreach (Value input in node.Inputs) Require(made.Contains(input), where, $"%{input.Label} is read before it is made");
            VerifyOp(graph, node, where);
            VerifyEpilogue(node, where);
            foreach (Value output in node.Outputs)
            {
                Require(made.Add(output), where, $"%{output.Label} is made twice");
                Require(!labels.ContainsKey(output.Label), where, $"another value is called %{output.Label}");
                labels.Add(output.Label, output);
            }
        }

        VerifyResults(graph, made, $"{stage}: graph {graph.Name}");
    }

    private static void VerifyOp(Graph graph, Node node, string where)
    {
        Require(node.EpilogueOperands >= 0 && node.EpilogueOperands <= node.Inputs.Count, where, $"it has {node.Inputs.Count} inputs, and {node.EpilogueOperands} of them are the epilogue's");
        TensorType[] types;
        try
        {
            types = OpTypes.Infer(node.Op, [.. node.Inputs.Take(node.OperandCount).Select(input => input.Type)]);
        }
        catch (IRException exception)
        {
            throw new IRException($"{where}: {exception.Message}");
        }

        Require(types.Length == node.Outputs.Count, where, $"{types.Length} results were expected");
        for (int i = 0; i < types.Length; i++)
            Require(types[i].Equals(node.Outputs[i].Type), where, $"the type of %{node.Outputs[i].Label} should be {types[i]}");
        if (node.Op is not Op.Parameter parameter) return;
        Require(parameter.Index >= 0 && parameter.Index < graph.Parameters.Count, where, $"there are {graph.Parameters.Count} parameters");
        ParameterInfo info = graph.Parameters[parameter.Index];
        Require(info.Type.Equals(parameter.Type), where, $"parameter {info.Path} is {info.Type}");
    }

    private static void VerifyEpilogue(Node node, string where)
    {
        if (node.Epilogue is not { } epilogue)
        {
            Require(node.EpilogueOperands == 0, where, "it has operands of an epilogue and none");
            return;
        }

        Require(ScalarExpressions.OperandCount(epilogue) <= node.EpilogueOperands + 1, where, "the epilogue reads an operand that is not there");
        if (node.Op is Op.MatMulWithSlope { Slope: var slope })
            Require(ScalarExpressions.OperandCount(slope) <= node.EpilogueOperands + 1, where, "the slope reads an operand that is not there");
        foreach (Value operand in node.Inputs.Skip(node.OperandCount))
            Require(OpTypes.BroadcastsTo(operand.Type, node.Output.Type), where, $"the epilogue's operand {operand} does not broadcast to {node.Output.Type}");
    }

    private static void VerifyResults(Graph graph, HashSet<Value> made, string where)
    {
        foreach (Value result in graph.Results
            .Concat(graph.Inputs.Select(input => input.Value))
            .Concat(graph.Losses.SelectMany(loss => new[] { loss.Raw, loss.Prediction })))
        {
            Require(made.Contains(result), where, $"no node makes %{result.Label}");
        }

        foreach (LossValue loss in graph.Losses)
            Require(loss.PerSample.Type.Equals(TensorType.Batch()), where, $"loss {loss.Name} is {loss.PerSample.Type} and not one number per sample");
        VerifyParameterValues(graph, graph.Gradients, ParameterRole.Trainable, where);
        VerifyParameterValues(graph, graph.StateUpdates, ParameterRole.State, where);
        foreach (StandardizeValue standardize in graph.Standardize)
        {
            foreach (int index in new[] { standardize.Mean, standardize.Deviation, standardize.Fitted })
                Require(index >= 0 && index < graph.Parameters.Count && graph.Parameters[index].Role == ParameterRole.State, where, $"parameter {index} of a Standardize is no state");
        }
    }

    private static void VerifyParameterValues(Graph graph, IEnumerable<ParameterValue> values, ParameterRole role, string where)
    {
        var seen = new HashSet<int>();
        foreach (ParameterValue value in values)
        {
            Require(value.Parameter >= 0 && value.Parameter < graph.Parameters.Count, where, $"there is no parameter {value.Parameter} for %{value.Value.Label}");
            ParameterInfo info = graph.Parameters[value.Parameter];
            Require(seen.Add(value.Parameter), where, $"{info.Path} has two values");
            Require(info.Role == role, where, $"{info.Path} is {info.Role} and not {role}");
            Require(info.Type.Equals(value.Value.Type), where, $"{value.Value} is not of the type {info.Type} of {info.Path}");
        }
    }

    private static void Require(bool condition, string where, string message)
    {
        if (!condition) throw new IRException($"{where}: {message}.");
    }
}
