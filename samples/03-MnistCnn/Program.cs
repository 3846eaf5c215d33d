using NetDsl;
using NetDsl.Samples;

SampleInfo about = new("Trains a small convolutional network on the handwritten digits of MNIST.", Epochs: 5, Batch: 32, Weights: "mnist-cnn.safetensors");
return Sample.Run(args, about, run =>
{
    (DataSet train, DataSet test) = Mnist.Load();
    using MnistCnn net = MnistCnn.Create(new NetworkOptions { Device = run.Device, Seed = run.Seed });
    Console.WriteLine(net.Summary(run.Batch));

    FitResult fit = run.Train(progress => net.Fit(train.Take(run.Limit), new FitOptions
    {
        Epochs = run.Epochs,
        BatchSize = run.Batch,
        Optimizer = new Adam(0.001),
        ValidationSplit = 0.1,
        Progress = progress,
        Output = null, // The sample draws a table of its own.
    }));

    EvaluationReport report = net.Evaluate(test); // Once: what was chosen was chosen on the validation split.
    Console.WriteLine(report);
    net.Save(run.Weights);
    run.Report(fit, report);
});
