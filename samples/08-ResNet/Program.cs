using NetDsl;
using NetDsl.Samples;

SampleInfo about = new("Trains a residual network on the clothes of Fashion-MNIST.", Epochs: 8, Batch: 64, Weights: "resnet.safetensors");
return Sample.Run(args, about, run =>
{
    (DataSet train, DataSet test) = FashionMnist.Load();
    using ResNet net = ResNet.Create(new NetworkOptions { Device = run.Device, Seed = run.Seed });
    Console.WriteLine(net.Summary(run.Batch));
    Adam adam = new(0.002);
    FitResult fit = run.Train(progress => net.Fit(train.Take(run.Limit), new FitOptions
    {
        Epochs = run.Epochs,
        BatchSize = run.Batch,
        Optimizer = adam,
        ValidationSplit = 0.1,
        Progress = new CosineDecay(adam, progress),
        Output = null, // The sample draws a table of its own.
    }));

    EvaluationReport report = net.Evaluate(test);
    Console.WriteLine(report);
    net.Save(run.Weights);
    run.Report(fit, report);
});
