using NetDsl;
using NetDsl.Samples;

const int Train = 2000, Test = 500;

SampleInfo about = new("Trains a vision transformer to tell ankle boots from sandals, on a folder of PNG pictures.", Epochs: 4, Batch: 16, Weights: "vision-transformer.safetensors");
return Sample.Run(args, about, run =>
{
    (DataSet train, DataSet test) = Shoes.Read("shoes", Train, Test);
    Console.WriteLine($"{train.Count} pictures to train on and {test.Count} to test, from the folder shoes.");
    using VisionTransformer net = VisionTransformer.Create(new NetworkOptions { Device = run.Device, Seed = run.Seed });
    Console.WriteLine(net.Summary(run.Batch));
    Adam adam = new(0.0004) { ClipNorm = 1 };
    FitResult fit = run.Train(progress => net.Fit(train.Take(run.Limit), new FitOptions
    {
        Epochs = run.Epochs,
        BatchSize = run.Batch,
        Optimizer = adam,
        Progress = new CosineDecay(adam, progress),
        Output = null, // The sample draws a table of its own.
    }));

    EvaluationReport report = net.Evaluate(test);
    Console.WriteLine(report);
    net.Save(run.Weights);
    run.Report(fit, report);
});
