using NetDsl.Networks;
using NetDsl.Tests.Cpu;
using Xunit;

namespace NetDsl.Tests.Generated;

/// <summary>Writing on, as a user does it. Alone, so that nothing else allocates while it counts.</summary>
[Collection(nameof(Training.AllocationTests))]
public sealed class GenerationTests
{
    private static readonly GenerationOptions Likeliest = new() { Temperature = 0, MaxTokens = 20 };

    [Fact]
    public void The_likeliest_tokens_are_those_that_Predict_ranks_first()
    {
        using WriterNet net = Learned();
        int[] text = [1, 2, 3, 0, 0, 0, 0, 0];
        float[] probabilities = net.Predict(text);
        int[] written = [.. net.Generate([1, 2, 3], Likeliest with { MaxTokens = 2 })];
        Assert.Equal(IndexOfHighest(probabilities.AsSpan(2 * 5, 5)), written[0]);
        text[3] = written[0];
        Assert.Equal(IndexOfHighest(net.Predict(text).AsSpan(3 * 5, 5)), written[1]);
    }

    /// <summary>It learned that 1, 2, 3, 4 follow each other, and knows so past its longest text.</summary>
    [Fact]
    public void What_was_learned_is_written_on()
    {
        using WriterNet net = Learned();
        Assert.Equal([4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3], net.Generate([1, 2, 3], Likeliest));
        Assert.Equal([1, 2], net.Generate([.. Enumerable.Range(0, 40).Select(i => 1 + (i % 4))], Likeliest with { MaxTokens = 2 }));
        Assert.Equal([4, 1], net.Generate([1, 2, 3], Likeliest with { Stop = [2, 0] }));
        Assert.Empty(net.Generate([1, 2, 3], Likeliest with { MaxTokens = 0 }));
    }

    [Fact]
    public void The_same_seed_writes_the_same_text_on_any_number_of_threads_and_from_two_texts_at_once()
    {
        using WriterNet one = Learned(threads: 1), two = Learned(threads: 2);
        GenerationOptions hot = new() { Temperature = 3, MaxTokens = 60, Seed = 7 };
        int[] written = [.. one.Generate([2], hot)];
        Assert.Equal(written, two.Generate([2], hot));
        Assert.NotEqual(written, [.. one.Generate([2], hot with { Seed = 8 })]);
        using TokenGenerator first = one.Generate([2], hot), second = one.Generate([2], hot);
        List<int> mixed = [];
        while (first.MoveNext() && second.MoveNext())
        {
            Assert.Equal(first.Current, second.Current);
            mixed.Add(first.Current);
        }

        Assert.Equal(written, mixed);
    }

    [Fact]
    public void A_token_allocates_nothing()
    {
        using WriterNet net = Learned(threads: 2);
        using TokenGenerator tokens = net.Generate([1], new GenerationOptions { MaxTokens = int.MaxValue, TopK = 3, TopP = 0.9 });
        for (int i = 0; i < 2000; i++) tokens.MoveNext();
        Thread.Sleep(300);
        for (int i = 0; i < 2000; i++) tokens.MoveNext();
        Frames.AllocatesNothing(() =>
        {
            for (int i = 0; i < 50; i++) tokens.MoveNext();
        });
    }

    [Fact]
    public void What_cannot_be_written_on_from_is_said()
    {
        WriterNet net = Learned();
        Assert.Contains("The prompt is empty", Assert.Throws<ArgumentException>(() => net.Generate([])).Message, StringComparison.Ordinal);
        Assert.Contains("The prompt has the token 5 at place 1; the tokens of WriterNet are 0 to 4.", Assert.Throws<ArgumentException>(() => net.Generate([0, 5])).Message, StringComparison.Ordinal);
        TokenGenerator tokens = net.Generate([1]);
        Assert.True(tokens.MoveNext());

        // What is being written holds the network, as a prediction under way does.
        net.Dispose();
        Assert.True(tokens.MoveNext());
        Assert.Throws<NotSupportedException>(tokens.Reset);
        tokens.Dispose();
        tokens.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tokens.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => net.Generate([1]));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_said()
    {
        using WriterNet net = Learned();
        net.Parameters.Dense1.Bias.CopyFrom([0, float.NaN, 0, 0, 0]);
        using TokenGenerator tokens = net.Generate([1]);
        Assert.Contains("gives NaN for the next token", Assert.Throws<InvalidOperationException>(() => tokens.MoveNext()).Message, StringComparison.Ordinal);
    }

    private static WriterNet Learned(int threads = 1)
    {
        int[] tokens = [.. Enumerable.Range(0, 4 * 8).Select(i => 1 + (((i / 8) + (i % 8)) % 4))], next = [.. tokens.Select(token => 1 + (token % 4))];
        WriterNet net = WriterNet.Create(new NetworkOptions { Threads = threads, Seed = 3, Device = Device.Cpu });
        Optimizer adam = new Adam(0.02);
        for (int step = 0; step < 60; step++)
        {
            net.Gradients(tokens, next);
            net.Apply(adam);
        }

        return net;
    }

    private static int IndexOfHighest(ReadOnlySpan<float> values) => NetworkRuntime.ArgMax(values);
}
