using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Training;

/// <summary>What a newcomer reads after the first mistakes.</summary>
public class SentenceTests
{
    [Fact]
    public void A_label_out_of_range_is_named_with_its_row_and_the_span()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        DataSet data = DataSet.Create(new Column("x", new float[8], 2), new Column("y", [0, 1, 2, 7]));
        Says(() => network.Fit(data, TinyData.Quiet()), "'y' has the label 7 in row 3; expected are 0 to 2 for 3 classes. The labels span 0 to 7.");
        Says(() => network.Evaluate(data), "'y' has the label 7 in row 3");
        Says(() => network.Gradients(new float[4], (int[])[0, -1]), "'CrossEntropy1' has the label -1 in row 1; expected are 0 to 2 for 3 classes. The labels span -1 to 0.");
    }

    [Fact]
    public void Labels_from_1_are_recognised()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        DataSet data = DataSet.Create(new Column("x", new float[6], 2), new Column("y", [1, 2, 3]));
        Says(() => network.Fit(data, TinyData.Quiet()), "They seem to count from 1: subtract 1.");
    }

    [Fact]
    public void One_hot_labels_are_recognised()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        const string Sentence = "seems to be one-hot: it has 3 numbers a sample where one label is expected. [CrossEntropy] takes the index of the class, 0 to 2, as one whole number.";
        DataSet data = DataSet.Create(new Column("x", new float[4], 2), new Column("y", [0f, 1, 0, 1, 0, 0], 3));
        Says(() => network.Fit(data, TinyData.Quiet()), "'y' " + Sentence);
        Says(() => network.Gradients(new float[4], (int[])[0, 1, 0, 1, 0, 0]), "'CrossEntropy1' " + Sentence);
    }

    [Fact]
    public void Labels_as_whole_floats_are_taken_and_others_are_not()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        network.Fit(DataSet.Create(new Column("x", new float[4], 2), new Column("y", [0f, 2f])), TinyData.Quiet());
        DataSet data = DataSet.Create(new Column("x", new float[4], 2), new Column("y", [0f, 0.5f]));
        Says(() => network.Fit(data, TinyData.Quiet()), "'y' has 0.5 in row 1; labels are whole numbers, 0 to 2 for 3 classes.");
        DataSet none = DataSet.Create(new Column("x", new float[4], 2), new Column("y", [0f, float.NaN]));
        Says(() => network.Fit(none, TinyData.Quiet()), "'y' has NaN in row 1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pixels_without_Rescale_are_warned_of_once(bool bytes)
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        Column x = bytes ? new Column("x", [0, 255, 17, 3], 2) : new Column("x", [0f, 255f, 17f, 3f], 2);
        DataSet data = DataSet.Create(x, new Column("y", [0, 1]));
        StringWriter output = new();
        FitResult first = network.Fit(data, TinyData.Quiet() with { Output = output });
        FitResult second = network.Fit(data, TinyData.Quiet() with { Output = output });
        const string Sentence = "the input 'input' of Tiny spans 0 to 255, as pixels do, and the network does not rescale it.";
        Assert.StartsWith(Sentence, Assert.Single(first.Warnings), StringComparison.Ordinal);
        Assert.Empty(second.Warnings);
        Assert.Equal(2, output.ToString().Split(Sentence).Length);
    }

    [Fact]
    public void Pixels_with_Rescale_and_small_numbers_are_not_warned_of()
    {
        using LinearNetwork rescaled = LinearNetwork.Create(new LinearPrograms("Rescaled", 2, 3, LossKind.CrossEntropy, rescaled: true));
        DataSet pixels = DataSet.Create(new Column("x", [0, 255, 17, 3], 2), new Column("y", [0, 1]));
        Assert.Empty(rescaled.Fit(pixels, TinyData.Quiet()).Warnings);
        using LinearNetwork plain = LinearNetwork.Classifier();
        DataSet numbers = DataSet.Create(new Column("x", [0f, 200.5f, 17f, 3f], 2), new Column("y", [0, 1]));
        Assert.Empty(plain.Fit(numbers, TinyData.Quiet()).Warnings);
        DataSet small = DataSet.Create(new Column("x", [0, 1, 1, 0], 2), new Column("y", [0, 1]));
        Assert.Empty(plain.Fit(small, TinyData.Quiet()).Warnings);
    }

    [Fact]
    public void A_sample_of_the_wrong_length_is_named_with_both_shapes()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        DataSet data = DataSet.Create(new Column("x", new float[6], 3), new Column("y", [0, 1]));
        Says(() => network.Fit(data, TinyData.Quiet()), "The column 'x' has 3 numbers a sample (3); the input 'input' of Tiny takes 2 (2).");
        Says(() => network.Predict(new float[5]), "'input' has 5 numbers, which is not a whole number of samples: the column 'input' of Tiny has 2 a sample (2).");
        Says(() => network.Predict(new float[4], new float[5]), "'output' has 5 numbers; 2 samples of the output 'output' (3) are 6.");
        Says(() => network.Runtime.Classify(new float[4]), "'input' has 4 numbers; one sample of Tiny is 2 (2).");
        Says(() => network.Gradients(new float[4], (int[])[1]), "'CrossEntropy1' has 1 numbers; 2 samples of 1 (scalar) are 2.");
    }

    [Fact]
    public void Columns_that_do_not_match_are_named_on_both_sides()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        DataSet data = DataSet.Create(new Column("x", new float[4], 2), new Column("y", [0, 1]), new Column("z", [0, 1]));
        Says(() => network.Fit(data, TinyData.Quiet()), "The data set has the columns 'x', 'y', 'z'; the network Tiny reads the input 'input' and the target 'CrossEntropy1'.");
        Says(() => network.Fit(DataSet.Create(new Column("x", new float[4], 2)), TinyData.Quiet()), "The data set has the columns 'x'; the network Tiny reads");
    }

    [Fact]
    public void A_network_without_a_loss_cannot_be_trained()
    {
        LinearPrograms programs = new("Silent", 2, 3, LossKind.CrossEntropy);
        NetworkInfo info = programs.Info with { Losses = [], Targets = [] };
        using Networks.Lent lent = new(NetworkRuntime.Create(info, programs.Programs with { Train = null, Evaluate = null }, null));
        const string Sentence = "The network Silent declares no loss, so there is nothing to train or evaluate it by.";
        Assert.StartsWith(Sentence, Assert.Throws<InvalidOperationException>(() => lent.Runtime.Fit(TinyData.Clusters(3))).Message, StringComparison.Ordinal);
        Assert.StartsWith(Sentence, Assert.Throws<InvalidOperationException>(() => lent.Runtime.Evaluate(TinyData.Clusters(3))).Message, StringComparison.Ordinal);
        Assert.StartsWith(Sentence, Assert.Throws<InvalidOperationException>(() => lent.Runtime.Begin(ProgramKind.Train, 1).Dispose()).Message, StringComparison.Ordinal);
        Assert.Contains("Silent", lent.Runtime.Summary(), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_none_are_named_with_their_row()
    {
        using LinearNetwork network = LinearNetwork.Regressor();
        DataSet data = DataSet.Create(new Column("x", [0, 1, float.NaN, 2], 2), new Column("y", [0f, 1]));
        Says(() => network.Fit(data, TinyData.Quiet()), "'x' has NaN in row 1; Line needs finite numbers.");
        using LinearNetwork yes = LinearNetwork.Yes();
        DataSet labels = DataSet.Create(new Column("x", new float[4], 2), new Column("y", [0, 2]));
        Says(() => yes.Fit(labels, TinyData.Quiet()), "'y' has 2 in row 1; a target of a loss of probabilities is 0 or 1, or between.");
    }

    [Fact]
    public void A_loss_that_runs_away_stops_the_training_before_the_weights()
    {
        using LinearNetwork network = LinearNetwork.Regressor();
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => network.Fit(TinyData.Plane(64), TinyData.Quiet(epochs: 500, batchSize: 64, new Sgd(1e6))));
        Assert.StartsWith("The loss of Line became infinite in step 1 of epoch", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Result.StepLosses);
        Assert.All(error.Result.StepLosses, loss => Assert.True(float.IsFinite(loss)));
        Assert.All(network.Weight.ToArray(), weight => Assert.True(float.IsFinite(weight)));

        // The network is free for another try: with sane weights and rate it trains.
        network.Weight.CopyFrom(new float[network.Weight.Length]);
        network.Bias.CopyFrom(new float[network.Bias.Length]);
        FitResult again = network.Fit(TinyData.Plane(64), TinyData.Quiet(epochs: 2, batchSize: 64, new Adam(0.01)));
        Assert.Equal(2, again.StepLosses.Count);
    }

    private static void Says(Action act, string sentence) =>
        Assert.Contains(sentence, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
}
