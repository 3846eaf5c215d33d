using NetDsl;
using NetDsl.Samples;

const int Folds = 5;

SampleInfo about = new("Cross-validates a small network on a table of measures of tumours.", Epochs: 100, Batch: 16, Weights: "tabular-mlp.safetensors");
return Sample.Run(args, about, run =>
{
    DataSet table = Tumours.Read().Take(run.Limit);
    NetworkOptions options = new() { Device = run.Device, Seed = run.Seed };
    FitOptions fit = new() { Epochs = run.Epochs, BatchSize = run.Batch, Optimizer = new Sgd(0.1), Output = null };

    // Each sample is tested once, by a network that has not seen it.
    List<double> accuracies = [], areas = [];
    foreach ((DataSet train, DataSet test) in table.Folds(Folds, run.Seed))
    {
        using TabularMlp net = TabularMlp.Create(options);
        net.Fit(train, fit);
        var report = (BinaryReport)net.Evaluate(test).Losses[0];
        accuracies.Add(report.Accuracy);
        areas.Add(report.RocAuc);
        Console.WriteLine(FormattableString.Invariant($"fold {accuracies.Count} of {Folds}: {test.Count} samples, accuracy {report.Accuracy:P2}, ROC AUC {report.RocAuc:0.0000}"));
    }

    double mean = accuracies.Average();
    double deviation = Math.Sqrt(accuracies.Sum(accuracy => (accuracy - mean) * (accuracy - mean)) / (Folds - 1));
    Console.WriteLine(FormattableString.Invariant($"accuracy {mean:P2}, deviation {100 * deviation:0.00} points; ROC AUC {areas.Average():0.0000}"));
    Console.WriteLine();

    // The one to keep learns from all of them.
    using TabularMlp final = TabularMlp.Create(options);
    FitResult result = run.Train(progress => final.Fit(table, new FitOptions
    {
        Epochs = run.Epochs,
        BatchSize = run.Batch,
        Optimizer = new Sgd(0.1),
        Progress = progress,
        Output = null, // The sample draws a table of its own.
    }));
    final.Save(run.Weights);
    run.Report(result, final.Evaluate(table));
});
