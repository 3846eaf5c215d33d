using NetDsl.Networks;

namespace NetDsl.Tests.Tiny;

/// <summary>A network around <see cref="LinearPrograms"/>, with the members that the compiler would write.</summary>
internal sealed class LinearNetwork(LinearPrograms programs, NetworkRuntime runtime) : INetwork
{
    public NetworkRuntime Runtime => runtime;

    public ParameterView Weight => runtime.Parameter(0);

    public ParameterView Bias => runtime.Parameter(1);

    public static LinearNetwork Create(LinearPrograms programs, NetworkOptions? options = null) =>
        new(programs, NetworkRuntime.Create(programs.Info, programs.Programs, options));

    public static LinearNetwork Classifier(int features = 2, int classes = 3, NetworkOptions? options = null) =>
        Create(new LinearPrograms("Tiny", features, classes, LossKind.CrossEntropy), options);

    public static LinearNetwork Regressor(int features = 2, int outputs = 1, NetworkOptions? options = null) =>
        Create(new LinearPrograms("Line", features, outputs, LossKind.MeanSquaredError), options);

    public static LinearNetwork Yes(int features = 2, int outputs = 1, NetworkOptions? options = null) =>
        Create(new LinearPrograms("Yes", features, outputs, LossKind.BinaryCrossEntropy), options);

    public LinearNetwork Load(string path, NetworkOptions? options = null) =>
        new(programs, NetworkRuntime.Load(programs.Info, programs.Programs, path, options));

    public FitResult Fit(DataSet data, FitOptions? options, CancellationToken cancellation = default) => runtime.Fit(data, options, cancellation);

    public EvaluationReport Evaluate(DataSet data, int batchSize = 0) => runtime.Evaluate(data, batchSize);

    public void Apply(Optimizer optimizer) => runtime.Apply(optimizer);

    public float Gradients(ReadOnlySpan<float> input, ReadOnlySpan<int> labels)
    {
        int samples = runtime.CountSamples("input", input.Length, 0);
        using ProgramRun run = runtime.Begin(ProgramKind.Train, samples);
        run.SetInput(0, input);
        run.SetLabels(0, labels);
        run.Execute();
        return run.Loss;
    }

    public float Gradients(ReadOnlySpan<float> input, ReadOnlySpan<float> targets)
    {
        int samples = runtime.CountSamples("input", input.Length, 0);
        using ProgramRun run = runtime.Begin(ProgramKind.Train, samples);
        run.SetInput(0, input);
        run.SetTarget(0, targets);
        run.Execute();
        return run.Loss;
    }

    public void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        using ProgramRun run = runtime.Begin(ProgramKind.Backward, runtime.CountSamples("input", input.Length, 0));
        run.SetInput(0, input);
        run.SetOutputGradient(0, outputGradient);
        run.Execute();
        run.CopyInputGradient(0, inputGradient);
    }

    public float[] Predict(ReadOnlySpan<float> input)
    {
        float[] output = new float[runtime.CountSamples("input", input.Length, 0) * runtime.Info.Outputs[0].Elements];
        Predict(input, output);
        return output;
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        int samples = runtime.CountSamples("input", input.Length, 0);
        runtime.CheckLength("output", output.Length, samples, 0);
        (int features, int outputs) = (runtime.Info.Inputs[0].Elements, runtime.Info.Outputs[0].Elements);
        for (int first = 0; first < samples; first += runtime.PredictionBatch)
        {
            int count = Math.Min(runtime.PredictionBatch, samples - first);
            using ProgramRun run = runtime.Begin(ProgramKind.Predict, count);
            run.SetInput(0, input.Slice(first * features, count * features));
            run.Execute();
            run.CopyOutput(0, output.Slice(first * outputs, count * outputs));
        }
    }

    public void Save(string path) => runtime.Save(path);

    public void Dispose() => runtime.Dispose();
}
