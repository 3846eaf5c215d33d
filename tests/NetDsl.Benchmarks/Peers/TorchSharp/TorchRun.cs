using NetDsl.Benchmarks.Workloads;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetDsl.Benchmarks.Peers.TorchSharp;

/// <summary>
/// The sample in TorchSharp: the images as one tensor of floats, shuffled batches by index, a scope for each step, the loss read in
/// each step, the validation without gradients after each epoch.
/// </summary>
internal sealed class TorchRun(int threads) : WholeRun
{
    private const int TestBatch = 256;

    public override string Name => FormattableString.Invariant($"TorchSharp, {threads} thread{(threads == 1 ? "" : "s")}");

    protected override double Train(int epochs, int samples)
    {
        set_num_threads(threads);
        random.manual_seed(1);
        using DisposeScope scope = NewDisposeScope();
        (DataSet train, DataSet test) = Mnist.Load();
        train = train.Take(Math.Min(samples, train.Count));
        (Tensor images, Tensor labels) = Tensors(train);
        long validation = (long)(train.Count * ValidationSplit), count = train.Count - validation;
        (Tensor testImages, Tensor testLabels) = Tensors(test);

        using Sequential model = Sequential(
            ("conv1", Conv2d(1, 32, 3)),
            ("relu1", ReLU()),
            ("pool1", MaxPool2d(2)),
            ("flatten", Flatten()),
            ("dense1", Linear(13 * 13 * 32, 64)),
            ("relu2", ReLU()),
            ("dense2", Linear(64, 10)));
        using optim.Optimizer optimizer = optim.Adam(model.parameters(), LearningRate);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            model.train();
            double lossSum = 0;
            using Tensor order = randperm(count);
            for (long first = 0; first < count; first += Batch)
            {
                using DisposeScope step = NewDisposeScope();
                Tensor rows = order.narrow(0, first, Math.Min(Batch, count - first));
                Tensor x = images.index_select(0, rows), y = labels.index_select(0, rows);
                optimizer.zero_grad();
                Tensor loss = functional.cross_entropy(model.forward(x), y);
                loss.backward();
                optimizer.step();
                lossSum += loss.item<float>() * rows.shape[0];
            }

            if (!double.IsFinite(lossSum)) throw new InvalidOperationException($"The loss of {Name} became infinite or not a number.");
            if (validation > 0) Accuracy(model, images.narrow(0, count, validation), labels.narrow(0, count, validation));
        }

        return Accuracy(model, testImages, testLabels);
    }

    private static (Tensor Images, Tensor Labels) Tensors(DataSet data)
    {
        Tensor images = tensor(data["image"].Values<byte>().ToArray(), [data.Count, 1, 28, 28]).to(ScalarType.Float32).div_(255);
        Tensor labels = tensor(Array.ConvertAll(data["label"].Values<byte>().ToArray(), label => (long)label));
        return (images, labels);
    }

    /// <summary>The share of images whose digit is found.</summary>
    private static double Accuracy(Sequential model, Tensor images, Tensor labels)
    {
        model.eval();
        using var _ = no_grad();
        long right = 0, count = images.shape[0];
        for (long first = 0; first < count; first += TestBatch)
        {
            using DisposeScope scope = NewDisposeScope();
            long size = Math.Min(TestBatch, count - first);
            Tensor found = model.forward(images.narrow(0, first, size)).argmax(1);
            right += found.eq(labels.narrow(0, first, size)).sum().item<long>();
        }

        return (double)right / count;
    }
}
