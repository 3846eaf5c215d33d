using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Networks;
using Xunit;

namespace NetDsl.Conformance.Harness;

/// <summary>Comparison of runs bit for bit.</summary>
internal static class Bits
{
    /// <summary>Every number of every program.</summary>
    public static List<(string Name, float[] Values)> OfAll(NetworkDriver driver, NetworkGraphs graphs, int batch)
    {
        List<(string, float[])> all = [];
        Add(ProgramKind.Forward, graphs.Inference);
        Add(ProgramKind.Predict, graphs.Inference);
        Add(ProgramKind.Backward, graphs.Backward);
        if (graphs.Training.Losses.Count == 0) return all;
        Add(ProgramKind.Train, graphs.Step);
        Add(ProgramKind.Evaluate, graphs.Inference);
        return all;

        void Add(ProgramKind kind, Graph graph) =>
            all.AddRange(driver.Run(kind, graph, TestData.Inputs(graph, batch)).All.Select(value => ($"{kind}: {value.Name}", value.Values)));
    }

    /// <summary>Fails where names or bits differ.</summary>
    public static void Same(List<(string Name, float[] Values)> expected, List<(string Name, float[] Values)> actual, string when)
    {
        Assert.Equal(expected.Select(value => value.Name), actual.Select(value => value.Name));
        for (int i = 0; i < expected.Count; i++) Same(expected[i].Values, actual[i].Values, $"{expected[i].Name}, {when}");
    }

    /// <summary>Fails at the first element whose bits differ.</summary>
    public static void Same(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])) continue;
            Assert.Fail($"{what}: element {i} of {expected.Length} is {actual[i]:G9}, expected {expected[i]:G9}.");
        }
    }
}
