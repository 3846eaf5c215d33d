using NetDsl;
using NetDsl.Samples;

SampleInfo about = new("Learns exclusive or from its four rows.", Epochs: 500, Batch: 4, Weights: "xor.safetensors");
return Sample.Run(args, about, run =>
{
    float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
    DataSet data = new(new Column("input", inputs, 2), new Column("target", [0f, 1f, 1f, 0f]));
    using XorNet net = XorNet.Create(new NetworkOptions { Device = run.Device, Seed = run.Seed });
    Console.WriteLine(net.Summary(run.Batch));

    FitResult fit = run.Train(progress => net.Fit(data.Take(run.Limit), new FitOptions
    {
        Epochs = run.Epochs,
        BatchSize = run.Batch,
        Optimizer = new Adam(0.05),
        Progress = progress,
        Output = null, // The sample draws a table of its own.
    }));

    EvaluationReport report = net.Evaluate(data);
    Console.WriteLine(report);
    float[] answers = net.Predict(inputs);
    for (int i = 0; i < answers.Length; i++)
        Console.WriteLine(FormattableString.Invariant($"{inputs[2 * i]} xor {inputs[(2 * i) + 1]} = {answers[i]:0.000}"));

    net.Save(run.Weights);
    run.Report(fit, report);
});
