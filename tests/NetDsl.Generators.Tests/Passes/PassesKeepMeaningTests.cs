using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>The graph of each program means the same before and after all rewrites, held against the reference interpreter.</summary>
public class PassesKeepMeaningTests
{
    private const int Batch = 3;

    public static TheoryData<string> Networks => [.. NetworkFamilies.Cases.Select(network => network.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_program_of(string name)
    {
        NetworkGraphs graphs = NetworkGraphs.Of(NetworkFamilies.Find(name).Source, NetworkCase.Type);
        foreach (bool inspectable in new[] { false, true })
        {
            IReadOnlyList<ProgramGraph> programs = ProgramGraphs.Of(graphs.Spec with { Inspectable = inspectable }, ShapeStage.Run(graphs.Spec));
            Assert.Equal(graphs.Training.Losses.Count > 0, programs.Any(program => program.Name == "train"));
            foreach (ProgramGraph program in programs)
            {
                if (program.Name == "generate") CheckWriting(program, graphs.Inference);
                else Check(program, graphs);
            }
        }
    }

    /// <summary>Place by place, with the caches of the place before, it gives the logits of the whole text.</summary>
    private static void CheckWriting(ProgramGraph program, Graph whole)
    {
        ReferenceInputs inputs = TestData.Inputs(whole, Batch);
        NamedValue tokens = whole.Inputs[0];
        double[] expected = ReferenceInterpreter.Run(whole, inputs)[whole.Losses.Single().Raw], text = inputs.Columns[tokens.Name];
        int length = tokens.Value.Type.Shape[0], classes = expected.Length / (Batch * length);
        Dictionary<string, double[]> columns = program.Columns.ToDictionary(column => column.Name, column => new double[Batch * column.Value.Type.Elements]);
        for (int place = 0; place < length; place++)
        {
            for (int sample = 0; sample < Batch; sample++)
            {
                columns[tokens.Name][sample] = text[(sample * length) + place];
                columns["place"][sample] = place;
                columns["seen"][(sample * length) + place] = 1;
            }

            ReferenceRun run = ReferenceInterpreter.Run(program.Graph, inputs with { Columns = columns });
            double[] logits = [.. Enumerable.Range(0, Batch).SelectMany(sample => expected.Skip(((sample * length) + place) * classes).Take(classes))];
            Numbers.AssertClose(logits, run[program.Graph.Outputs[0].Value], 1e-9, $"logits of place {place}");
            foreach (NamedValue cache in program.Graph.Outputs.Skip(1)) columns[cache.Name] = run[cache.Value];
        }
    }

    private static void Check(ProgramGraph program, NetworkGraphs graphs)
    {
        Graph before = program.Name switch
        {
            "train" => graphs.Step,
            "backward" => graphs.Backward,
            _ => graphs.Inference,
        };
        ReferenceInputs inputs = TestData.Inputs(before, Batch);
        ReferenceRun expected = ReferenceInterpreter.Run(before, inputs), actual = ReferenceInterpreter.Run(program.Graph, inputs);
        foreach (NamedValue output in program.Graph.Outputs)
        {
            NamedValue declared = before.Outputs.Single(o => o.Name == output.Name);
            Same($"output {output.Name}", program.Name is "predict" or "evaluate" ? graphs.Prediction(declared) : declared.Value, output.Value);
        }

        foreach (LossValue loss in program.Graph.Losses) Same($"loss {loss.Name}", before.Losses.Single(l => l.Name == loss.Name).PerSample, loss.PerSample);
        foreach (ParameterValue gradient in program.Graph.Gradients) Same($"gradient {gradient.Parameter}", before.Gradients.Single(g => g.Parameter == gradient.Parameter).Value, gradient.Value);
        foreach (ParameterValue state in program.Graph.StateUpdates) Same($"state {state.Parameter}", before.StateUpdates.Single(s => s.Parameter == state.Parameter).Value, state.Value);
        foreach (NamedValue gradient in program.Graph.InputGradients) Same($"input gradient {gradient.Name}", before.InputGradients.Single(g => g.Name == gradient.Name).Value, gradient.Value);
        foreach (NamedValue layer in program.Graph.LayerOutputs) Same($"layer {layer.Name}", before.LayerOutputs.Single(l => l.Name == layer.Name).Value, layer.Value);
        Assert.NotEmpty(program.Graph.Results);
        if (program.Name == "train") Assert.Equal(before.Gradients.Count, program.Graph.Gradients.Count);

        void Same(string what, Value e, Value a) => Numbers.AssertClose(expected[e], actual[a], 1e-9, $"{program.Name}: {what}");
    }
}
