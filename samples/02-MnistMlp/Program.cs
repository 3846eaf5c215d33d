using NetDsl;
using NetDsl.Samples;

SampleInfo about = new("Trains a network with one hidden layer on the handwritten digits of MNIST.", Epochs: 15, Batch: 128, Weights: "mnist-mlp.safetensors");
return Sample.Run(args, about, run =>
{
    (DataSet train, DataSet test) = Mnist.Load();
    using MnistMlp net = MnistMlp.Create(new NetworkOptions { Device = run.Device, Seed = run.Seed });
    Console.WriteLine(net.Summary(run.Batch));

    FitResult fit = run.Train(progress => net.Fit(train.Take(run.Limit), new FitOptions
    {
        Epochs = run.Epochs,
        BatchSize = run.Batch,
        Optimizer = new Adam(0.001),
        Progress = progress,
        Output = null, // The sample draws a table of its own.
    }));

    EvaluationReport report = net.Evaluate(test);
    Console.WriteLine(report);
    net.Save(run.Weights);
    run.Report(fit, report);
});
