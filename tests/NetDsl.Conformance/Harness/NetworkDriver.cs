using NetDsl.Conformance.Reference;
using NetDsl.Cpu;
using NetDsl.Engines;
using NetDsl.Generators.IR;
using NetDsl.Networks;
using ParameterRole = NetDsl.Networks.ParameterRole;

namespace NetDsl.Conformance.Harness;

/// <summary>Runs programs of a network on its device with given numbers.</summary>
internal sealed class NetworkDriver(INetwork network) : IDisposable
{
    private NetworkInfo Info => network.Runtime.Info;

    private Engine Engine => network.Runtime.Engine;

    /// <summary>Runs a program on the weights and columns of <paramref name="inputs"/>.</summary>
    /// <param name="kind">Which program.</param>
    /// <param name="graph">A graph of the network, for the order of its parameters.</param>
    /// <param name="inputs">What the interpreter evaluates the graph on.</param>
    /// <param name="entry">Which output, for <see cref="ProgramKind.Output"/>.</param>
    /// <param name="firstSample">Place of the first sample in the whole batch, for the random numbers.</param>
    public ProgramResult Run(ProgramKind kind, Graph graph, ReferenceInputs inputs, int entry = 0, int firstSample = 0)
    {
        SetParameters(graph, inputs);
        bool trains = kind is ProgramKind.Train or ProgramKind.Backward;
        EngineRun run = trains ? Engine.RentTraining(kind, inputs.Batch) : Engine.Rent(kind, entry, inputs.Batch);
        try
        {
            SetColumns(run, kind, inputs);
            run.Execute(new RandomKey(inputs.Seed, inputs.Step, (uint)firstSample), null);
            return Results(run, kind, entry);
        }
        finally
        {
            run.Release();
        }
    }

    /// <summary>The logits behind each place of the only sample's text, written place by place.</summary>
    public float[][] Write(Graph graph, ReferenceInputs inputs)
    {
        SetParameters(graph, inputs);
        int[] text = Integers(inputs.Columns[Info.Inputs[0].Name]);
        float[] seen = new float[text.Length];
        EngineRun run = Engine.Rent(ProgramKind.Generate, 0, 1);
        try
        {
            run.Clear();
            return [.. text.Select((token, place) =>
            {
                seen[place] = 1;
                run.SetInput(0, 0, [token]);
                run.SetInput(1, 0, [place]);
                run.SetInput(2, 0, seen);
                run.Execute(default, null);
                float[] logits = new float[Info.Inputs[0].Classes];
                run.CopyOutput(0, logits);
                return logits;
            })];
        }
        finally
        {
            run.Release();
        }
    }

    /// <summary>What the network writes behind a prompt.</summary>
    public int[] Generate(Graph graph, ReferenceInputs inputs, int[] prompt, GenerationOptions options)
    {
        SetParameters(graph, inputs);
        return [.. network.Runtime.Generate(prompt, options)];
    }

    /// <summary>The outputs of layers in prediction, in the order in which <c>Inspect</c> shows them.</summary>
    public List<(string Layer, int[] Shape, float[] Values)> Inspect(Graph graph, ReferenceInputs inputs)
    {
        SetParameters(graph, inputs);
        List<(string, int[], float[])> layers = [];
        using ProgramRun run = network.Runtime.Begin(ProgramKind.Inspect, inputs.Batch);
        for (int i = 0; i < Info.Inputs.Length; i++)
        {
            double[] column = inputs.Columns[Info.Inputs[i].Name];
            if (Info.Inputs[i].Kind == ColumnKind.Labels) run.SetInput(i, Integers(column));
            else run.SetInput(i, Floats(column));
        }

        run.Execute((layer, shape, values) => layers.Add((layer, shape.ToArray(), values.ToArray())));
        return layers;
    }

    public void Dispose() => network.Dispose();

    private void SetParameters(Graph graph, ReferenceInputs inputs)
    {
        for (int i = 0; i < graph.Parameters.Count; i++)
        {
            int index = Array.FindIndex(Info.Parameters, p => p.Path == graph.Parameters[i].Path);
            network.Runtime.Parameter(index).CopyFrom(Floats(inputs.Parameters[i]));
        }
    }

    private void SetColumns(EngineRun run, ProgramKind kind, ReferenceInputs inputs)
    {
        for (int i = 0; i < Info.Inputs.Length; i++)
        {
            double[] column = inputs.Columns[Info.Inputs[i].Name];
            if (Info.Inputs[i].Kind == ColumnKind.Labels) run.SetInput(i, 0, Integers(column));
            else run.SetInput(i, 0, Floats(column));
        }

        if (kind is ProgramKind.Train or ProgramKind.Evaluate)
        {
            for (int i = 0; i < Info.Targets.Length; i++)
            {
                double[] column = inputs.Columns[Info.Targets[i].Name];
                if (Info.Targets[i].Kind == ColumnKind.Labels) run.SetLabels(i, 0, Integers(column));
                else run.SetTarget(i, 0, Floats(column));
            }
        }

        if (kind != ProgramKind.Backward) return;
        for (int i = 0; i < Info.Outputs.Length; i++) run.SetOutputGradient(i, Floats(inputs.Columns[$"d({Info.Outputs[i].Name})"]));
    }

    private ProgramResult Results(EngineRun run, ProgramKind kind, int entry)
    {
        var result = new ProgramResult();
        for (int i = 0; i < Info.Outputs.Length; i++)
        {
            if (!run.HasOutput(i)) continue;

            // The program of one output has it alone.
            OutputInfo output = kind == ProgramKind.Output ? Info.Outputs.Single(o => o.Entry == entry) : Info.Outputs[i];
            float[] values = new float[run.Samples * output.Elements];
            run.CopyOutput(i, values);
            result.Outputs.Add(output.Name, values);
        }

        if (kind is ProgramKind.Train or ProgramKind.Evaluate)
        {
            for (int i = 0; i < Info.Losses.Length; i++)
            {
                float[] values = new float[run.Samples];
                run.CopyLosses(i, values);
                result.Losses.Add(Info.Losses[i].Name, values);
            }
        }

        for (int i = 0; kind == ProgramKind.Backward && i < Info.Inputs.Length; i++)
        {
            if (!run.HasInputGradient(i)) continue;
            float[] values = new float[run.Samples * Info.Inputs[i].Elements];
            run.CopyInputGradient(i, values);
            result.InputGradients.Add(Info.Inputs[i].Name, values);
        }

        for (int i = 0; kind is ProgramKind.Train or ProgramKind.Backward && i < Info.Parameters.Length; i++)
        {
            if (Info.Parameters[i].Role == ParameterRole.Trainable) result.Gradients.Add(Info.Parameters[i].Path, network.Runtime.Parameter(i).GradientToArray());
            else result.Kept.Add(Info.Parameters[i].Path, network.Runtime.Parameter(i).ToArray());
        }

        return result;
    }

    private static int[] Integers(double[] values) => Array.ConvertAll(values, value => (int)value);

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);
}

/// <summary>What a program gave, by name.</summary>
internal sealed class ProgramResult
{
    public Dictionary<string, float[]> Outputs { get; } = [];

    /// <summary>The loss of each sample, unweighted.</summary>
    public Dictionary<string, float[]> Losses { get; } = [];

    public Dictionary<string, float[]> Gradients { get; } = [];

    public Dictionary<string, float[]> InputGradients { get; } = [];

    /// <summary>Frozen tensors and state after the run.</summary>
    public Dictionary<string, float[]> Kept { get; } = [];

    /// <summary>Every number under a name that says what it is.</summary>
    public IEnumerable<(string Name, float[] Values)> All =>
        Outputs.Select(o => ("output " + o.Key, o.Value))
            .Concat(Losses.Select(l => ("loss " + l.Key, l.Value)))
            .Concat(Gradients.Select(g => ("gradient of " + g.Key, g.Value)))
            .Concat(InputGradients.Select(g => ("gradient of input " + g.Key, g.Value)))
            .Concat(Kept.Select(k => (k.Key + " afterwards", k.Value)));
}
