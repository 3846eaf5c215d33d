using NetDsl;
using NetDsl.Samples;

const int Length = 64; // As the network's TokenInput.

SampleInfo about = new("Trains a small transformer on a book, and lets it write on.", Epochs: 6, Batch: 32, Weights: "char-gpt.safetensors");
return Sample.Run(args, about, run =>
{
    string book = Book.Read();
    CharacterTokenizer tokenizer = CharacterTokenizer.Fit(book, most: 80);
    int[] tokens = tokenizer.Encode(book);
    int split = tokens.Length * 9 / 10; // The last tenth of the book is for testing.
    DataSet train = TokenWindows.Create(tokens.AsSpan(0, split), Length), test = TokenWindows.Create(tokens.AsSpan(split), Length);

    using CharGpt net = CharGpt.Create(new NetworkOptions { Device = run.Device, Seed = run.Seed });
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
    Console.WriteLine(FormattableString.Invariant($"On the last tenth of the book: {report.Loss:0.000} nats a character, {report.Accuracy:P1} of the next characters right."));
    Console.WriteLine();
    int[] start = tokenizer.Encode("The whale ");
    Console.WriteLine(tokenizer.Decode([.. start, .. net.Generate(start, new GenerationOptions { MaxTokens = 400, Seed = run.Seed })]));
    net.Save(run.Weights);
    tokenizer.Save(Path.ChangeExtension(run.Weights, ".tokens.json"));
    run.Report(fit, report);
});
