using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Networks;

public class PredictTests
{
    [Fact]
    public void Chunks_and_single_samples_give_the_same_bits()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        float[] input = [.. Enumerable.Range(0, 2 * ((2 * network.Runtime.PredictionBatch) + 5)).Select(i => (i % 37 / 18f) - 1)];
        float[] all = network.Predict(input);
        for (int sample = 0; sample < input.Length / 2; sample++)
            Assert.Equal(network.Predict(input.AsSpan(2 * sample, 2)), all.AsSpan(3 * sample, 3).ToArray());
    }

    [Fact]
    public void No_samples_give_no_answers()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        Assert.Empty(network.Predict([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Gradients([], (int[])[]));
    }

    [Fact]
    public void Any_number_of_threads_predict_at_once()
    {
        using LinearNetwork network = LinearNetwork.Classifier(options: new NetworkOptions { Threads = 2 });
        float[][] inputs = [.. Enumerable.Range(1, 16).Select(count => Enumerable.Range(0, 2 * 37 * count).Select(i => ((i * count) % 29 / 14f) - 1).ToArray())];
        float[][] expected = [.. inputs.Select(input => network.Predict(input))];
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            int which = i % inputs.Length;
            Assert.Equal(expected[which], network.Predict(inputs[which]));
        });
    }

    [Fact]
    public void A_class_has_its_label_its_name_and_its_probability()
    {
        LinearPrograms programs = new("Named", 2, 3, LossKind.CrossEntropy, classNames: ["cat", "dog", "owl"]);
        using LinearNetwork network = LinearNetwork.Create(programs);
        network.Weight.CopyFrom([0, 5, 0, 0, 0, 5]);
        Classification dog = network.Runtime.Classify([1f, 0f]);
        Assert.Equal((1, "dog"), (dog.Label, dog.Name));
        Assert.Equal(network.Predict([1f, 0f]), dog.Probabilities);
        Assert.Equal(dog.Probabilities[1], dog.Probability);
        Assert.Equal("dog (98.7%)", dog.ToString());
        Assert.Equal("owl", network.Runtime.Classify((byte[])[0, 1]).Name);
        using LinearNetwork unnamed = LinearNetwork.Classifier();
        Assert.Equal(unnamed.Runtime.Classify([1f, 0f]).Label.ToString(System.Globalization.CultureInfo.InvariantCulture), unnamed.Runtime.Classify([1f, 0f]).Name);
    }

    [Fact]
    public void One_probability_is_two_classes()
    {
        using LinearNetwork network = LinearNetwork.Yes();
        network.Weight.CopyFrom([2, 0]);
        Classification yes = network.Runtime.Classify([1f, 0f]);
        Assert.Equal(1, yes.Label);
        Assert.Equal(0.880797f, yes.Probability, 1e-5f);
        Assert.Equal(1, yes.Probabilities.Sum(), 1e-6);
        Assert.Equal(0, network.Runtime.Classify([-1f, 0f]).Label);
    }

    [Fact]
    public void What_does_not_classify_says_so()
    {
        using LinearNetwork regressor = LinearNetwork.Regressor();
        Assert.Contains("Line does not classify", Assert.Throws<InvalidOperationException>(() => regressor.Runtime.Classify([1f, 2f])).Message, StringComparison.Ordinal);
        using LinearNetwork several = LinearNetwork.Yes(2, 3);
        Assert.Throws<InvalidOperationException>(() => several.Runtime.Classify([1f, 2f]));
    }

    [Fact]
    public void Bytes_are_the_same_as_floats_at_every_length()
    {
        for (int features = 1; features < 150; features += 7)
        {
            using LinearNetwork network = LinearNetwork.Classifier(features);
            byte[] bytes = [.. Enumerable.Range(0, features).Select(i => (byte)(255 - (3 * i)))];
            Assert.Equal(
                network.Runtime.Classify(Array.ConvertAll(bytes, value => (float)value)).Probabilities,
                network.Runtime.Classify(bytes).Probabilities);
        }
    }

    [Fact]
    public void Inspect_shows_each_layer_with_its_shape_and_values()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        network.Weight.CopyFrom([1, 2, 3, 4, 5, 6]);
        network.Bias.CopyFrom([0.5f, 0, 0]);
        List<(string Layer, int[] Shape, float[] Values)> seen = [];
        network.Runtime.Inspect([1f, 0f, 0f, 2f], (layer, shape, values) => seen.Add((layer, shape.ToArray(), values.ToArray())));
        (string layer, int[] shape, float[] values) = Assert.Single(seen);
        Assert.Equal("Dense1", layer);
        Assert.Equal([2, 3], shape);
        Assert.Equal([1.5f, 2, 3, 8.5f, 10, 12], values);
    }

    [Fact]
    public void Backward_gives_the_gradients_of_weights_and_input_for_a_given_one_of_the_output()
    {
        using LinearNetwork network = LinearNetwork.Regressor(2, 2);
        network.Weight.CopyFrom([1, 2, 3, 4]);
        float[] inputGradient = new float[4];
        network.Backward([1f, 2f, 3f, 4f], [1f, 0f, 0f, 1f], inputGradient);
        Assert.Equal([1f, 3, 2, 4], inputGradient);
        Assert.Equal([1f, 3, 2, 4], network.Weight.GradientToArray());
        Assert.Equal([1f, 1], network.Bias.GradientToArray());
        network.Apply(new Sgd(1));
        Assert.Equal([0f, -1, 1, 0], network.Weight.ToArray());
        Assert.Contains("2 samples of the output", Assert.Throws<ArgumentException>(() => network.Backward([1f, 2f, 3f, 4f], [1f], inputGradient)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_gives_its_own_output()
    {
        using Lent lent = new(TwoHeads.Create());
        lent.Runtime.Parameter(1).CopyFrom([3]);
        Assert.Equal([6f, 12], Run(1, new float[2]));
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f], Run(0, new float[4]));
        Assert.Contains("2 samples of the output 'value' (scalar) are 2", Assert.Throws<ArgumentException>(() => Run(1, new float[4])).Message, StringComparison.Ordinal);

        float[] Run(int entry, float[] output)
        {
            using ProgramRun run = lent.Runtime.BeginOutput(entry, 2);
            run.SetInput(0, [1f, 1f]);
            run.SetInput(1, [2f, 4f]);
            run.Execute();
            run.CopyOutput(0, output);
            return output;
        }
    }

    [Fact]
    public void A_gradient_that_the_program_does_not_compute_is_an_error()
    {
        using LinearNetwork network = LinearNetwork.Regressor();
        Assert.Throws<InvalidOperationException>(() =>
        {
            using ProgramRun run = network.Runtime.Begin(ProgramKind.Predict, 1);
            run.CopyInputGradient(0, new float[2]);
        });
    }
}
