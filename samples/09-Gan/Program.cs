using System.Diagnostics;
using NetDsl;
using NetDsl.Samples;

const int Pixels = 28 * 28, Shown = 100, Judged = 5000;

SampleInfo about = new("Trains two networks against each other until one of them draws digits.", Epochs: 15, Batch: 64, Weights: "gan-generator.safetensors");
return Sample.Run(args, about, run =>
{
    (DataSet train, _) = Mnist.Load();
    train = train.Take(run.Limit);
    float[] images = Array.ConvertAll(train["image"].Values<byte>().ToArray(), pixel => pixel / 255f);
    if (train.Count < run.Batch) throw new ArgumentException($"--limit: a batch of {run.Batch} needs as many images, and there are {train.Count}.");

    NetworkOptions options = new() { Device = run.Device, Seed = run.Seed };
    using Judge judge = Judge.Create(options);
    judge.Fit(new DataSet(new Column("image", images, 28, 28, 1), train["label"]), new FitOptions { Epochs = 3, BatchSize = 128, Output = null });

    using Gan gan = Gan.Create(options);
    Console.WriteLine(gan.Summary(run.Batch));
    Console.WriteLine(FormattableString.Invariant($"Score of real digits: {judge.Score(images[..(Math.Min(Judged, train.Count) * Pixels)]):0.00} (10 is the most)"));

    Random random = new((int)run.Seed);
    Duel duel = new(gan, run.Batch, random);
    float[] always = new float[Judged * Generator.Noise], batch = new float[run.Batch * Pixels];
    Duel.Fill(always, random); // The same for every sheet, so that they can be compared.
    int[] order = [.. Enumerable.Range(0, train.Count)];
    int steps = train.Count / run.Batch;
    List<float> losses = [];
    long started = Stopwatch.GetTimestamp();
    for (int epoch = 1; epoch <= run.Epochs; epoch++)
    {
        random.Shuffle(order);
        (double Discriminator, double Generator) loss = (0, 0);
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < run.Batch; i++) images.AsSpan(order[(step * run.Batch) + i] * Pixels, Pixels).CopyTo(batch.AsSpan(i * Pixels));
            (float ofDiscriminator, float ofGenerator) = duel.Step(batch);
            losses.Add(ofDiscriminator);
            loss = (loss.Discriminator + (ofDiscriminator / steps), loss.Generator + (ofGenerator / steps));
        }

        float[] made = gan.Generator.Forward(always);
        ContactSheet.Write("gan.png", made.AsSpan(0, Shown * Pixels), 28, 28, 10);
        Console.WriteLine(FormattableString.Invariant($"epoch {epoch,2}/{run.Epochs}: discriminator {loss.Discriminator:0.000}, generator {loss.Generator:0.000}, score {judge.Score(made):0.00}, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
    }

    Console.WriteLine("A hundred made digits are in gan.png.");
    gan.Generator.Save(run.Weights);
    run.Report(losses, Stopwatch.GetElapsedTime(started).TotalSeconds);
});
