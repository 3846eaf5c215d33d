using NetDsl;
using NetDsl.Samples;

const int Words = 200; // As the network's TokenInput.

SampleInfo about = new("Trains a recurrent network to tell spam from ham.", Epochs: 10, Batch: 32, Weights: "spam-filter.safetensors");
return Sample.Run(args, about, run =>
{
    (string[] texts, byte[] labels) = Mails.Read((int)run.Seed);
    int held = texts.Length / 5; // A fifth of the mails is for testing.
    WordTokenizer tokenizer = WordTokenizer.Fit(texts[held..], most: 10_000);
    DataSet all = new(tokenizer.ToColumn("input", texts, Words, truncate: SequenceSide.After), new Column("spam", labels));
    DataSet test = all.Slice(0, held), train = all.Slice(held, all.Count - held);

    using SpamFilter net = SpamFilter.Create(new NetworkOptions { Device = run.Device, Seed = run.Seed });
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

    EvaluationReport report = net.Evaluate(test);
    Console.WriteLine(report);
    foreach (string text in (string[])["Congratulations! You have won a free offer, click here to claim your money now", "On Tuesday Tom wrote: I get an error when I apply the patch. Which version do you use? It works for me with the one from CVS."])
        Console.WriteLine(FormattableString.Invariant($"{net.Classify(tokenizer.Encode(text, Words)).Probabilities[1],6:P0} spam: {text}"));
    net.Save(run.Weights);
    tokenizer.Save(Path.ChangeExtension(run.Weights, ".tokens.json"));
    run.Report(fit, report);
});
