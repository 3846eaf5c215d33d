using NetDsl.Generators.IR;

namespace NetDsl.Generators.Emit;

/// <summary>Writes the halves of a training step: gradients of the loss, and gradients from given gradients of the outputs.</summary>
internal static class StepEmitter
{
    public static void Write(CodeWriter code, NetworkSurface surface)
    {
        var inputs = new Spans("Inputs", "input", surface.Inputs, false);
        var targets = new Spans("Targets", surface.Targets.Count == 1 && surface.Targets[0].Value.Type.DType == DType.I32 ? "labels" : "target", surface.Targets, false);
        var outputGradients = new Spans("OutputGradients", "outputGradient", surface.Outputs, false);
        NamedValue[] numbers = [.. surface.Inputs.Where(input => input.Value.Type.DType == DType.F32)];
        var inputGradients = new Spans("InputGradients", "inputGradient", numbers, true);

        inputs.WriteStruct(code, "The inputs, one sample after the other in each.");
        if (surface.Graph.Losses.Count > 0)
        {
            targets.WriteStruct(code, "The targets, one sample after the other in each.");
            Gradients(code, inputs, targets);
        }

        outputGradients.WriteStruct(code, "Gradients by the outputs, one sample after the other in each.");
        Backward(code, inputs, outputGradients, null);
        if (!surface.Spec.InputGradients || numbers.Length == 0) return;
        inputGradients.WriteStruct(code, "Where the gradients by the inputs go.");
        Backward(code, inputs, outputGradients, inputGradients);
    }

    private static void Gradients(CodeWriter code, Spans inputs, Spans targets)
    {
        code.Gap();
        code.Line("/// <summary>Forward, losses and backward for one batch: fills the gradients that <see cref=\"Apply\"/> uses.</summary>");
        code.Line("/// <returns>The total loss: the sum over the losses of weight times mean over the samples.</returns>");
        using (code.Open($"public float Gradients({string.Join(", ", new[] { inputs.Declaration, targets.Declaration }.Where(d => d.Length > 0))})"))
        {
            Begin(code, inputs, "Train");
            for (int i = 0; i < targets.Values.Count; i++)
                code.Line($"run.{(targets.Values[i].Value.Type.DType == DType.I32 ? "SetLabels" : "SetTarget")}({CSharp.Int(i)}, {targets.At(i)});");
            PredictionEmitter.Execute(code, inputs, bytes: false, inputs.At);
            code.Line("return run.Loss;");
        }
    }

    private static void Backward(CodeWriter code, Spans inputs, Spans outputGradients, Spans? inputGradients)
    {
        code.Gap();
        code.Line("/// <summary>Forward in training mode, then backward from gradients of the outputs: fills the gradients that <see cref=\"Apply\"/> uses.</summary>");
        using (code.Open($"public void Backward({inputs.Declaration}, {outputGradients.Declaration}{(inputGradients is null ? "" : ", " + inputGradients.Declaration)})"))
        {
            Begin(code, inputs, "Backward");
            for (int i = 0; i < outputGradients.Values.Count; i++) code.Line($"run.SetOutputGradient({CSharp.Int(i)}, {outputGradients.At(i)});");
            PredictionEmitter.Execute(code, inputs, bytes: false, inputs.At);
            for (int i = 0; inputGradients is not null && i < inputGradients.Values.Count; i++)
                code.Line($"run.CopyInputGradient({CSharp.Int(inputs.Values.ToList().IndexOf(inputGradients.Values[i]))}, {inputGradients.At(i)});");
        }
    }

    private static void Begin(CodeWriter code, Spans inputs, string kind)
    {
        code.Line($"int samples = _runtime.CountSamples({inputs.NameAt(0)}, {inputs.At(0)}.Length, 0);");
        code.Line($"using global::NetDsl.Networks.ProgramRun run = _runtime.Begin(global::NetDsl.Networks.ProgramKind.{kind}, samples);");
    }
}
