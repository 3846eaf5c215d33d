using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Networks;
using Xunit;

namespace NetDsl.Conformance;

/// <summary>Every network of a family as emitted for a device, against the reference interpreter in double precision.</summary>
/// <typeparam name="TFamily">The networks.</typeparam>
/// <typeparam name="TDevice">Where they run.</typeparam>
public abstract class NetworkConformance<TFamily, TDevice>
    where TFamily : INetworkFamily
    where TDevice : TestDevice, new()
{
    /// <summary>The least magnitude that a tolerance refers to.</summary>
    private const double Floor = 1e-2;

    /// <summary>Names of the networks.</summary>
    public static TheoryData<string> Networks => [.. Cases.Select(network => network.Name)];

    /// <summary>Names of the networks that have a loss.</summary>
    public static TheoryData<string> Trained => [.. Cases.Where(network => network.HasLoss).Select(network => network.Name)];

    private protected static TDevice On { get; } = new();

    private static IEnumerable<NetworkCase> Cases => TFamily.Cases.Where(On.Runs);

    [DeviceTheory]
    [MemberData(nameof(Networks))]
    public void Outputs_and_predictions(string name)
    {
        var (network, graphs, driver) = Open(name);
        using (driver)
        {
            foreach (int batch in On.Batches)
            {
                ReferenceInputs inputs = TestData.Inputs(graphs.Inference, batch);
                ReferenceRun expected = ReferenceInterpreter.Run(graphs.Inference, inputs);
                ProgramResult forward = driver.Run(ProgramKind.Forward, graphs.Inference, inputs);
                ProgramResult predict = driver.Run(ProgramKind.Predict, graphs.Inference, inputs);
                foreach (NamedValue output in graphs.Inference.Outputs)
                {
                    Check(network, expected[output.Value], forward.Outputs[output.Name], $"output {output.Name} of {batch}");
                    Check(network, expected[graphs.Prediction(output)], predict.Outputs[output.Name], $"prediction {output.Name} of {batch}");
                }

                for (int entry = 0; entry < graphs.DeclaredOutputs; entry++)
                {
                    NamedValue output = graphs.Inference.Outputs[entry];
                    ProgramResult alone = driver.Run(ProgramKind.Output, graphs.Inference, inputs, entry);
                    Check(network, expected[output.Value], Assert.Single(alone.Outputs.Values), $"output {output.Name} alone of {batch}");
                }
            }
        }
    }

    [DeviceTheory]
    [MemberData(nameof(Networks))]
    public void Layers_that_inspection_shows(string name)
    {
        var (network, graphs, driver) = Open(name);
        using (driver) CheckLayers(network, graphs, driver, 7);
    }

    [DeviceTheory]
    [MemberData(nameof(Trained))]
    public void Losses_in_evaluation(string name)
    {
        var (network, graphs, driver) = Open(name);
        using (driver)
        {
            foreach (int batch in On.Batches)
            {
                ReferenceInputs inputs = TestData.Inputs(graphs.Inference, batch);
                ReferenceRun expected = ReferenceInterpreter.Run(graphs.Inference, inputs);
                ProgramResult result = driver.Run(ProgramKind.Evaluate, graphs.Inference, inputs);
                foreach (LossValue loss in graphs.Inference.Losses) Check(network, expected[loss.PerSample], result.Losses[loss.Name], $"loss {loss.Name} of {batch}");
                foreach (NamedValue output in graphs.Inference.Outputs) Check(network, expected[graphs.Prediction(output)], result.Outputs[output.Name], $"prediction {output.Name} of {batch}");
            }
        }
    }

    [DeviceTheory]
    [MemberData(nameof(Trained))]
    public void Losses_gradients_and_state_of_a_training_step(string name)
    {
        var (network, graphs, driver) = Open(name);
        using (driver)
        {
            foreach (int batch in On.Batches)
            {
                ReferenceInputs inputs = TestData.Inputs(graphs.Step, batch);
                ReferenceRun expected = ReferenceInterpreter.Run(graphs.Step, inputs);
                ProgramResult result = driver.Run(ProgramKind.Train, graphs.Step, inputs);
                foreach (LossValue loss in graphs.Step.Losses) Check(network, expected[loss.PerSample], result.Losses[loss.Name], $"loss {loss.Name} of {batch}");
                CheckParameters(network, graphs.Step, inputs, expected, result, updates: true);
            }
        }
    }

    [DeviceTheory]
    [MemberData(nameof(Networks))]
    public void Gradients_of_a_backward_pass(string name)
    {
        var (network, graphs, driver) = Open(name);
        using (driver)
        {
            foreach (int batch in On.Batches)
            {
                ReferenceInputs inputs = TestData.Inputs(graphs.Backward, batch);
                ReferenceRun expected = ReferenceInterpreter.Run(graphs.Backward, inputs);
                ProgramResult result = driver.Run(ProgramKind.Backward, graphs.Backward, inputs);
                CheckParameters(network, graphs.Backward, inputs, expected, result, updates: false);

                // There is none by tokens.
                int numbers = graphs.Backward.Nodes.Count(node => node.Op is Op.Input { Role: InputRole.Feature, Type.DType: DType.F32 });
                Assert.Equal(numbers, graphs.Backward.InputGradients.Count);
                foreach (NamedValue gradient in graphs.Backward.InputGradients)
                    Check(network, expected[gradient.Value], result.InputGradients[gradient.Name], $"gradient of input {gradient.Name} of {batch}");
            }
        }
    }

    [DeviceTheory]
    [MemberData(nameof(Networks))]
    public void A_small_batch_in_memory_that_a_large_one_used_has_the_bits_of_a_small_batch_alone(string name)
    {
        var (_, graphs, used) = Open(name);
        var (_, _, fresh) = Open(name);
        using (used)
        using (fresh)
        {
            Bits.OfAll(used, graphs, On.Large);
            Bits.Same(Bits.OfAll(fresh, graphs, 7), Bits.OfAll(used, graphs, 7), "after a large batch");
            Bits.Same(Bits.OfAll(fresh, graphs, 7), Bits.OfAll(used, graphs, 7), "again");
        }
    }

    [DeviceTheory]
    [MemberData(nameof(Networks))]
    public void A_prediction_alone_has_the_bits_of_the_same_prediction_in_a_batch(string name)
    {
        int batch = On.Large;
        var (_, graphs, driver) = Open(name);
        using (driver)
        {
            ReferenceInputs inputs = TestData.Inputs(graphs.Inference, batch);
            ProgramResult together = driver.Run(ProgramKind.Predict, graphs.Inference, inputs);
            foreach (var (first, count) in new[] { (0, 1), (4, 1), (batch - 1, 1), (1, 2), (3, 7), (batch / 2, batch - (batch / 2)) })
            {
                ProgramResult part = driver.Run(ProgramKind.Predict, graphs.Inference, TestData.Part(inputs, first, count));
                foreach (var (output, values) in part.Outputs)
                {
                    int elements = values.Length / count;
                    Bits.Same(together.Outputs[output][(first * elements)..((first + count) * elements)], values, $"{output} of samples {first} to {first + count - 1}");
                }
            }
        }
    }

    /// <summary>Every layer that is shown has the values of the interpreter.</summary>
    /// <returns>The layers' paths.</returns>
    private protected static IReadOnlyList<string> CheckLayers(NetworkCase network, NetworkGraphs graphs, NetworkDriver driver, int batch)
    {
        ReferenceInputs inputs = TestData.Inputs(graphs.Inference, batch);
        ReferenceRun expected = ReferenceInterpreter.Run(graphs.Inference, inputs);
        var layers = driver.Inspect(graphs.Inference, inputs);
        foreach (var (layer, shape, values) in layers)
        {
            Value value = graphs.Inference.LayerOutputs.Single(l => l.Name == layer).Value;
            Assert.Equal([batch, .. value.Type.Shape], shape);
            Check(network, expected[value], values, $"layer {layer}");
        }

        return [.. layers.Select(layer => layer.Layer)];
    }

    private static void CheckParameters(NetworkCase network, Graph graph, ReferenceInputs inputs, ReferenceRun expected, ProgramResult result, bool updates)
    {
        // A gradient that is zero because its terms cancel is what rounding leaves of them: it is measured by the greatest gradient.
        double greatest = graph.Gradients.Select(gradient => expected[gradient.Value].Max(Math.Abs)).DefaultIfEmpty().Max();
        for (int i = 0; i < graph.Parameters.Count; i++)
        {
            string path = graph.Parameters[i].Path;
            if (graph.Gradients.SingleOrDefault(g => g.Parameter == i) is { } gradient)
            {
                double[] derivative = expected[gradient.Value];
                double floor = derivative.Max(Math.Abs) < 1e-12 * greatest ? Math.Max(Floor, greatest) : Floor;
                Check(network, derivative, result.Gradients[path], $"gradient of {path} of {inputs.Batch}", floor);
            }
            else if (updates && graph.StateUpdates.SingleOrDefault(s => s.Parameter == i) is { } state)
                Check(network, expected[state.Value], result.Kept[path], $"{path} after a batch of {inputs.Batch}");
            else
                Assert.Equal(Array.ConvertAll(inputs.Parameters[i], value => (float)value), result.Kept[path]);
        }
    }

    private protected static void Check(NetworkCase network, double[] expected, float[] actual, string what, double floor = Floor) =>
        Numbers.AssertClose(expected, Array.ConvertAll(actual, value => (double)value), On.Tolerance(network), what, floor);

    private protected static (NetworkCase Case, NetworkGraphs Graphs, NetworkDriver Driver) Open(string name, int threads = 2)
    {
        NetworkCase network = TFamily.Cases.Single(c => c.Name == name);
        LoadedNetwork loaded = LoadedNetwork.Of(network, On);
        return (network, loaded.Graphs, new NetworkDriver(loaded.Create(On.Device, threads)));
    }
}
