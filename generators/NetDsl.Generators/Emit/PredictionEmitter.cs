using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Emit;

/// <summary>Writes what runs the inference graph: predict, forward, the entry points of outputs, classify and inspect.</summary>
internal static class PredictionEmitter
{
    public static void Write(CodeWriter code, NetworkSurface surface)
    {
        var inputs = new Spans("Inputs", "input", surface.Inputs, false);
        var outputs = new Spans("Outputs", "output", surface.Outputs, true);
        outputs.WriteStruct(code, "Where the outputs go, one sample after the other in each.");

        const string Predictions = "Predictions for any number of samples: probabilities under a classification loss, numbers as the targets are under one of standardized targets, else the outputs.";
        Run(code, "Predict", Predictions, "Begin(global::NetDsl.Networks.ProgramKind.Predict, count)", inputs, outputs, bytes: false);
        if (inputs.IsSingle && outputs.IsSingle)
        {
            Array(code, "Predict", Predictions, inputs, outputs, bytes: false);
            if (surface.TakesNumbers)
            {
                Run(code, "Predict", Predictions, "Begin(global::NetDsl.Networks.ProgramKind.Predict, count)", inputs, outputs, bytes: true);
                Array(code, "Predict", Predictions, inputs, outputs, bytes: true);
            }
        }

        const string Outputs = "Outputs as declared (logits stay logits) for any number of samples.";
        Run(code, "Forward", Outputs, "Begin(global::NetDsl.Networks.ProgramKind.Forward, count)", inputs, outputs, bytes: false);
        if (inputs.IsSingle && outputs.IsSingle) Array(code, "Forward", Outputs, inputs, outputs, bytes: false);

        string[] names = MemberNames.Of(
            surface.Outputs.Take(surface.DeclaredOutputs).Select(output => CSharp.Pascal(output.Name)),
            "Output",
            [surface.Name, .. GeneratedMembers.OfNetwork]);
        for (int i = 0; i < surface.DeclaredOutputs; i++)
        {
            NamedValue output = surface.Outputs[i];
            string name = names[i];
            var one = new Spans("", "output", [output], true);
            string about = $"The output \"{CSharp.Xml(output.Name)}\" alone, {CSharp.Shape(output.Value.Type.Shape)} a sample; only its ancestors run.";
            Run(code, name, about, $"BeginOutput({CSharp.Int(i)}, count)", inputs, one, bytes: false, first: i);
            if (inputs.IsSingle) Array(code, name, about, inputs, one, bytes: false);
        }

        if (surface.IsClassifier) Classify(code, surface.TakesNumbers ? ["float", "byte"] : ["int"]);
        if (surface.Generates) Generate(code);
        if (inputs.IsSingle) Inspect(code, surface.TakesNumbers ? "float" : "int");
    }

    /// <summary>A method that runs a program over chunks of samples, so that its memory is bounded.</summary>
    private static void Run(CodeWriter code, string method, string about, string begin, Spans inputs, Spans outputs, bool bytes, int first = 0)
    {
        string declaration = bytes ? inputs.Declaration.Replace("<float>", "<byte>") : inputs.Declaration;
        code.Gap();
        code.Line($"/// <summary>{about} Any number of threads may call this.</summary>");
        using (code.Open($"public void {method}({declaration}, {outputs.Declaration})"))
        {
            code.Line($"int samples = _runtime.CountSamples({inputs.NameAt(0)}, {inputs.At(0)}.Length, 0);");
            for (int i = 1; i < inputs.Values.Count; i++)
                code.Line($"if (_runtime.CountSamples({inputs.NameAt(i)}, {inputs.At(i)}.Length, {CSharp.Int(i)}) != samples) throw new global::System.ArgumentException($\"{inputs.Values[i].Name} has {{{inputs.At(i)}.Length / {CSharp.Int(inputs.Values[i].Value.Type.Elements)}}} samples and {inputs.Values[0].Name} has {{samples}}.\", nameof(input));");
            for (int i = 0; i < outputs.Values.Count; i++)
                code.Line($"_runtime.CheckLength({outputs.NameAt(i)}, {outputs.At(i)}.Length, samples, {CSharp.Int(first + i)});");
            using (code.Open("for (int first = 0; first < samples; first += _runtime.PredictionBatch)"))
            {
                code.Line("int count = global::System.Math.Min(_runtime.PredictionBatch, samples - first);");
                code.Line($"using global::NetDsl.Networks.ProgramRun run = _runtime.{begin};");
                Execute(code, inputs, bytes, i => Chunk(inputs, i));
                for (int i = 0; i < outputs.Values.Count; i++) code.Line($"run.CopyOutput({CSharp.Int(first == 0 ? i : 0)}, {Chunk(outputs, i)});");
            }
        }
    }

    /// <summary>Sets the inputs and runs the program; a single input of floats is not copied where the program can read it in place.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="bytes">Whether they are given as bytes.</param>
    /// <param name="values">The expression for the samples of an input.</param>
    public static void Execute(CodeWriter code, Spans inputs, bool bytes, Func<int, string> values)
    {
        if (inputs.IsSingle && !bytes && inputs.Values[0].Value.Type.DType == DType.F32)
        {
            code.Line($"run.Execute({values(0)});");
            return;
        }

        for (int i = 0; i < inputs.Values.Count; i++) code.Line($"run.SetInput({CSharp.Int(i)}, {values(i)});");
        code.Line("run.Execute();");
    }

    private static string Chunk(Spans spans, int i)
    {
        string elements = CSharp.Int(spans.Values[i].Value.Type.Elements);
        return $"{spans.At(i)}.Slice(first * {elements}, count * {elements})";
    }

    /// <summary>The same, with the result in an array of its own.</summary>
    private static void Array(CodeWriter code, string method, string about, Spans inputs, Spans outputs, bool bytes)
    {
        string declaration = bytes ? inputs.Declaration.Replace("<float>", "<byte>") : inputs.Declaration;
        int elements = outputs.Values[0].Value.Type.Elements;
        code.Gap();
        code.Line($"/// <summary>{about}</summary>");
        code.Line($"/// <returns>{CSharp.Int(elements)} number{(elements == 1 ? "" : "s")} a sample, one sample after the other.</returns>");
        using (code.Open($"public float[] {method}({declaration})"))
        {
            code.Line($"float[] output = new float[_runtime.CountSamples(\"input\", input.Length, 0) * {CSharp.Int(elements)}];");
            code.Line($"{method}(input, output);");
            code.Line("return output;");
        }
    }

    private static void Generate(CodeWriter code)
    {
        code.Gap();
        code.Line("/// <summary>Writes on: gives the tokens that follow the prompt one by one, as <c>foreach</c> asks for them. Any number of threads may call this.</summary>");
        code.Line("/// <param name=\"prompt\">The text so far; at least one token. Of one that is longer than the network's texts the end counts.</param>");
        code.Line("/// <param name=\"options\">How tokens are drawn, and when it ends; <see langword=\"null\"/>: the defaults.</param>");
        using (code.Open("public global::NetDsl.TokenGenerator Generate(global::System.ReadOnlySpan<int> prompt, global::NetDsl.GenerationOptions? options = null)"))
            code.Line("return _runtime.Generate(prompt, options);");
    }

    private static void Classify(CodeWriter code, string[] elements)
    {
        foreach (string element in elements)
        {
            code.Gap();
            code.Line("/// <summary>The most probable class of one sample, with the probabilities of all.</summary>");
            code.Line($"public global::NetDsl.Classification Classify(global::System.ReadOnlySpan<{element}> input) => _runtime.Classify(input);");
        }
    }

    private static void Inspect(CodeWriter code, string element)
    {
        code.Gap();
        code.Line("/// <summary>Runs the inference graph and shows the output of each layer that the memory plan keeps; of every layer under <c>[Network(Inspectable = true)]</c>.</summary>");
        code.Line($"public void Inspect(global::System.ReadOnlySpan<{element}> input, global::NetDsl.LayerInspector inspector) => _runtime.Inspect(input, inspector);");
    }
}
