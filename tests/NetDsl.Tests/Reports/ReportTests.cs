using NetDsl.Networks;
using NetDsl.Reports;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Reports;

public class ReportTests
{
    [Fact]
    public void Figures_of_a_classification_are_those_by_hand()
    {
        // labels 0 0 0 0 1 1 2, answers 0 0 1 2 1 0 1: the network answers the class whose input is 1.
        using LinearNetwork network = LinearNetwork.Create(new LinearPrograms("Named", 3, 3, LossKind.CrossEntropy, classNames: ["cat", "dog", "owl"]));
        network.Weight.CopyFrom([5, 0, 0, 0, 5, 0, 0, 0, 5]);
        int[] answers = [0, 0, 1, 2, 1, 0, 1];
        int[] labels = [0, 0, 0, 0, 1, 1, 2];
        float[] input = new float[21];
        for (int i = 0; i < 7; i++) input[(3 * i) + answers[i]] = 1;
        DataSet data = DataSet.Create(new Column("x", input, 3), new Column("y", labels));
        foreach (int batch in (int[])[0, 1, 3, 7, 100])
        {
            EvaluationReport report = network.Evaluate(data, batch);
            ClassificationReport figures = Assert.IsType<ClassificationReport>(report["CrossEntropy1"]);
            Assert.Equal((7, 3.0 / 7), (report.Samples, report.Accuracy));
            Assert.Equal([2L, 1, 1, 1, 1, 0, 0, 1, 0], Enumerable.Range(0, 9).Select(i => figures.Confusion(i / 3, i % 3)));
            Assert.Equal(new ClassFigures("cat", 2.0 / 3, 2.0 / 4, 4.0 / 7, 4), figures.Classes[0]);
            Assert.Equal(new ClassFigures("dog", 1.0 / 3, 1.0 / 2, 2.0 / 5, 2), figures.Classes[1]);
            Assert.Equal(new ClassFigures("owl", 0, 0, 0, 1), figures.Classes[2]);
            Assert.Equal((2.0 / 3 + 1.0 / 3) / 3, figures.MacroAverage.Precision, 1e-12);
            Assert.Equal(((4 * 2.0 / 3) + (2 * 1.0 / 3)) / 7, figures.WeightedAverage.Precision, 1e-12);
            // A right answer costs log(1 + 2 exp(-5)), a wrong one 5 more.
            Assert.Equal(Math.Log(1 + (2 * Math.Exp(-5))) + (5 * 4.0 / 7), report.Loss, 1e-5);
        }
    }

    [Fact]
    public void A_report_is_a_table_with_its_confusion_matrix()
    {
        ClassCounts counts = new(2);
        for (int i = 0; i < 1300; i++) counts.Add(i < 1200 ? 0 : 1, i < 1204 ? 0 : 1);
        ClassificationReport figures = new("CrossEntropy1", 1, 0.5, ["cat", "dog"], counts);
        string text = new EvaluationReport([figures], 1300, 1).ToString();
        string expected = """
            1300 samples, loss 0.5000, accuracy 99.69%

                            precision   recall       f1   support
                       cat     0.9967   1.0000   0.9983      1200
                       dog     1.0000   0.9600   0.9796       100

                 macro avg     0.9983   0.9800   0.9890      1300
              weighted avg     0.9969   0.9969   0.9969      1300

            confusion matrix (rows: labels, columns: answers)
                             cat   dog
                       cat  1200     0
                       dog     4    96
            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void More_classes_than_a_matrix_is_for_have_figures_without_one()
    {
        const int classes = 50_257;
        ClassCounts counts = new(classes);
        counts.Add(50_256, 50_256);
        counts.Add(50_256, 0);
        ClassificationReport figures = new("CrossEntropy1", 1, 0.5, [.. Enumerable.Range(0, classes).Select(i => $"{i}")], counts);
        Assert.Equal((0.5, 2, 0.5), (figures.Accuracy, figures.Answers, figures.Classes[50_256].Recall));
        Assert.Contains("at most 1024 classes", Assert.Throws<InvalidOperationException>(() => figures.Confusion(0, 0)).Message, StringComparison.Ordinal);
        Assert.InRange(new EvaluationReport([figures], 2, 1).ToString().Split('\n').Length, 4, 12);
    }

    [Fact]
    public void Figures_of_yes_and_no_are_those_by_hand()
    {
        // Scores -2 -1 1 2 3 with targets 0 1 0 1 1: of the 6 pairs of yes and no, only (1, -1) is in the wrong order.
        using LinearNetwork network = LinearNetwork.Yes(1);
        network.Weight.CopyFrom([1]);
        DataSet data = DataSet.Create(new Column("x", [-2f, -1, 1, 2, 3]), new Column("y", [0, 1, 0, 1, 1]));
        EvaluationReport report = network.Evaluate(data, 2);
        BinaryReport figures = Assert.IsType<BinaryReport>(report.Losses[0]);
        Assert.Equal(new BinaryCounts(2, 1, 1, 1), figures.Counts);
        Assert.Equal((0.6, 2.0 / 3, 2.0 / 3, 2.0 / 3), (report.Accuracy, figures.Precision, figures.Recall, figures.F1));
        Assert.Equal(5.0 / 6, figures.RocAuc, 1e-12);
        double loss = (Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(1)) + Math.Log(1 + Math.Exp(1)) + Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(-3))) / 5;
        Assert.Equal(loss, report.Loss, 1e-6);
        Assert.Contains("ROC AUC 0.8333", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_scores_share_their_rank_and_one_kind_of_target_has_no_area()
    {
        Assert.Equal(0.5, BinaryFigures.RocAuc([1, 1, 1, 1], [true, false, true, false]));
        // Pairs: (0.5, 0.5) half, (0.5, 0.1) right, (0.9, both) right: 3.5 of 4.
        Assert.Equal(0.875, BinaryFigures.RocAuc([0.5f, 0.9f, 0.5f, 0.1f], [true, true, false, false]));
        Assert.Equal(double.NaN, BinaryFigures.RocAuc([1, 2], [true, true]));
    }

    [Fact]
    public void Several_answers_a_sample_count_alike_and_have_no_area()
    {
        using LinearNetwork network = LinearNetwork.Yes(1, 2);
        network.Weight.CopyFrom([1, -1]);
        EvaluationReport report = network.Evaluate(DataSet.Create(new Column("x", [1f, 2]), new Column("y", [1f, 1, 1, 0], 2)));
        BinaryReport figures = Assert.IsType<BinaryReport>(report.Losses[0]);
        Assert.Equal(0.75, report.Accuracy);
        Assert.Equal(double.NaN, figures.RocAuc);
        Assert.DoesNotContain("ROC", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_of_predicted_numbers_are_those_by_hand()
    {
        // Column 0: predictions 1 2 3, targets 1 2 5: R2 = 1 - 4 / (26 / 3). Column 1 never changes and is missed.
        using LinearNetwork network = LinearNetwork.Regressor(1, 2);
        network.Weight.CopyFrom([1, 1]);
        DataSet data = DataSet.Create(new Column("x", [1f, 2, 3]), new Column("y", [1f, 2, 2, 2, 5, 2], 2));
        EvaluationReport report = network.Evaluate(data, 2);
        RegressionReport figures = Assert.IsType<RegressionReport>(report.Losses[0]);
        Assert.Equal(1, figures.MeanSquaredError, 1e-12);
        Assert.Equal(1, report.Loss, 1e-6);
        Assert.Equal(4.0 / 6, figures.MeanAbsoluteError, 1e-12);
        Assert.Equal((1 - (4 / (26.0 / 3))) / 2, figures.R2, 1e-12);
        Assert.Equal(double.NaN, report.Accuracy);
        Assert.Equal("3 samples, loss 1.0000\nmean squared error 1.000000, mean absolute error 0.666667, R2 0.2692", report.ToString());
    }

    [Fact]
    public void A_loss_whose_target_is_a_tensor_of_the_network_has_its_loss_alone()
    {
        LinearPrograms programs = new("Auto", 2, 2, LossKind.MeanSquaredError);
        NetworkInfo info = programs.Info with { Targets = [], Losses = [programs.Info.Losses[0] with { Target = -1 }] };
        using Networks.Lent lent = new(NetworkRuntime.Create(info, programs.Programs, null));
        RegressionReport figures = Assert.IsType<RegressionReport>(lent.Runtime.Evaluate(DataSet.Create(new Column("x", new float[6], 2))).Losses[0]);
        Assert.True(double.IsFinite(figures.Loss));
        Assert.Equal(double.NaN, figures.MeanSquaredError);
    }

    [Fact]
    public void A_network_is_evaluated_in_batches_of_at_least_one_sample()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Evaluate(TinyData.Clusters(3), -1));
    }
}
