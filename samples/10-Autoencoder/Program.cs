using NetDsl;
using NetDsl.Samples;

const int Shown = 20, Pixels = 28 * 28;

SampleInfo about = new("Trains an autoencoder on the handwritten digits of MNIST, and uses its encoder alone.", Epochs: 10, Batch: 64, Weights: "autoencoder.safetensors");
return Sample.Run(args, about, run =>
{
    (DataSet train, DataSet test) = Mnist.Load();
    train = train.Take(run.Limit);
    using Autoencoder net = Autoencoder.Create(new NetworkOptions { Device = run.Device, Seed = run.Seed });
    Console.WriteLine(net.Summary(run.Batch));
    FitResult fit = run.Train(progress => net.Fit(new DataSet(train["image"]), new FitOptions
    {
        Epochs = run.Epochs,
        BatchSize = run.Batch,
        Optimizer = new Adam(0.001),
        ValidationSplit = 0.1,
        Progress = progress,
        Output = null, // The sample draws a table of its own.
    }));
    EvaluationReport report = net.Evaluate(new DataSet(test["image"]));
    Console.WriteLine(FormattableString.Invariant($"Mean squared error of a pixel on the test images: {report.Loss:0.0000}"));

    // The encoder alone: how much the sixteen numbers say of the digit, which they were never told.
    float[] known = net.Code(Floats(train["image"])), codes = net.Code(Floats(test["image"]));
    Console.WriteLine(FormattableString.Invariant($"Digit of the training image with the nearest code: {Neighbours.Accuracy(known, train["label"].Values<byte>(), codes, test["label"].Values<byte>()):P2} of the test images right"));

    float[] originals = Floats(test["image"])[..(Shown * Pixels)], pictures = net.Picture(originals);
    ContactSheet.Write("autoencoder.png", [.. originals.Select(pixel => pixel / 255), .. pictures], 28, 28, Shown);
    Console.WriteLine("Test images and what came back are in autoencoder.png.");
    net.Save(run.Weights);
    run.Report(fit, report);
});

static float[] Floats(Column images) => Array.ConvertAll(images.Values<byte>().ToArray(), pixel => (float)pixel);
