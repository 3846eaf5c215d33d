using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Networks;

public class LifetimeTests
{
    [Fact]
    public void A_disposed_network_says_so_everywhere()
    {
        LinearNetwork network = LinearNetwork.Classifier();
        ParameterView weight = network.Weight;
        network.Dispose();
        network.Dispose();
        DataSet data = TinyData.Clusters(3);
        Action[] calls =
        [
            () => network.Fit(data, TinyData.Quiet()),
            () => network.Evaluate(data),
            () => network.Predict(new float[2]),
            () => network.Gradients(new float[2], (int[])[0]),
            () => network.Apply(new Adam()),
            () => network.Save("never.safetensors"),
            () => network.Runtime.Summary(),
            () => network.Runtime.Classify([1f, 2f]),
            () => weight.ToArray(),
            () => weight.CopyFrom(new float[6]),
            () => weight.GradientToArray(),
            () => _ = weight.Span[0],
        ];
        foreach (Action call in calls)
            Assert.Contains("Tiny", Assert.Throws<ObjectDisposedException>(call).ObjectName, StringComparison.Ordinal);
        Assert.False(File.Exists("never.safetensors"));
    }

    [Fact]
    public void A_network_disposed_during_a_run_lives_until_the_run_ends()
    {
        LinearNetwork network = LinearNetwork.Classifier();
        float[] expected = network.Predict([1f, 2f]);
        float[] output = new float[3];
        using (ProgramRun run = network.Runtime.Begin(ProgramKind.Predict, 1))
        {
            network.Dispose();
            run.SetInput(0, [1f, 2f]);
            run.Execute();
            run.CopyOutput(0, output);
        }

        Assert.Equal(expected, output);
        Assert.Throws<ObjectDisposedException>(() => network.Predict([1f, 2f]));
    }

    [Fact]
    public async Task Disposing_while_threads_predict_ends_in_answers_or_in_the_exception()
    {
        LinearNetwork network = LinearNetwork.Classifier();
        float[] expected = network.Predict([1f, 2f]);
        TaskCompletionSource started = new();
        Task[] tasks = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (true)
            {
                float[] answer;
                try
                {
                    answer = network.Predict([1f, 2f]);
                }
                catch (ObjectDisposedException)
                {
                    return;
                }

                Assert.Equal(expected, answer);
                started.TrySetResult();
            }
        }))];
        await started.Task;
        network.Dispose();
        await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Training_is_for_one_caller_at_a_time_and_predicting_for_any()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        DataSet data = TinyData.Clusters(9);
        List<Exception> errors = [];
        int told = 0;
        Training.FitTests.Listener listener = new(progress =>
        {
            if (told++ > 0) return;
            Exception Record(Action act) => Xunit.Record.Exception(act);
            errors.Add(Record(() => network.Fit(data, TinyData.Quiet())));
            errors.Add(Record(() => network.Gradients(new float[2], (int[])[0])));
            errors.Add(Record(() => network.Apply(new Adam())));
            errors.Add(Record(() => network.Runtime.Begin(ProgramKind.Backward, 1).Dispose()));
            Assert.Equal(3, network.Predict([1f, 2f]).Length);
            Assert.Equal(9, network.Evaluate(data).Samples);
        });
        network.Fit(data, TinyData.Quiet() with { Progress = listener });
        Assert.Equal(4, errors.Count);
        Assert.All(errors, error => Assert.StartsWith("The network Tiny is being trained already", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal));
        network.Gradients(new float[2], (int[])[0]);
        network.Fit(data, TinyData.Quiet());
    }

    [Fact]
    public void An_exception_during_training_leaves_the_network_usable()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        Training.FitTests.Listener listener = new(_ => throw new NotSupportedException("enough"));
        Assert.Throws<NotSupportedException>(() => network.Fit(TinyData.Clusters(9), TinyData.Quiet() with { Progress = listener }));
        Assert.Throws<ArgumentException>(() => network.Gradients(new float[2], (int[])[5]));
        Assert.False(network.Fit(TinyData.Clusters(9), TinyData.Quiet()).Cancelled);
    }

    [Fact]
    public void Parameters_are_views_of_the_weights()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        Assert.Equal("Dense1/weight", network.Weight.Path);
        Assert.Equal([2, 3], network.Weight.Shape.ToArray());
        network.Weight.CopyFrom([1, 2, 3, 4, 5, 7]);
        Assert.Equal([1f, 2, 3, 4, 5, 7], network.Weight.ToArray());
        Assert.Equal(7, network.Weight.Span[5]);
        Assert.Contains("Dense1/weight has 6 (2x3)", Assert.Throws<ArgumentException>(() => network.Weight.CopyTo(new float[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Weight.CopyFrom(new float[7]));
        using LinearNetwork standard = LinearNetwork.Create(new LinearPrograms("S", 2, 1, LossKind.MeanSquaredError, standardize: true));
        Assert.Contains("is state and has no gradient", Assert.Throws<InvalidOperationException>(() => standard.Runtime.Parameter(2).GradientToArray()).Message, StringComparison.Ordinal);
    }
}
