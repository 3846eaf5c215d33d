using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Networks;
using Xunit;

namespace NetDsl.Conformance.Cpu;

/// <summary>Work is cut by shape and batch alone, so the number of threads changes no bit.</summary>
public class ThreadTests
{
    public static TheoryData<string> Networks => [.. NetworkFamilies.Cases.Select(network => network.Name)];

    public static TheoryData<string> Inspectable => [.. InspectableNetworks.Cases.Select(network => network.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_same_bits_on_one_two_and_three_threads(string name) => Check(NetworkFamilies.Find(name));

    [Theory]
    [MemberData(nameof(Inspectable))]
    public void The_same_bits_on_one_two_and_three_threads_where_every_layer_is_kept(string name) =>
        Check(InspectableNetworks.Cases.Single(network => network.Name == name));

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_batch_long_enough_for_slices_has_the_bits_of_small_ones(string name)
    {
        const int samples = 1031, piece = 61;
        NetworkCase network = NetworkFamilies.Find(name);
        LoadedNetwork loaded = LoadedNetwork.Of(network, new OnCpu());
        Graph graph = loaded.Graphs.Inference;
        ReferenceInputs inputs = TestData.Inputs(graph, samples);
        using NetworkDriver driver = new(loaded.Create(Device.Cpu, threads: 3));
        foreach (ProgramKind kind in graph.Losses.Count == 0 ? [ProgramKind.Predict, ProgramKind.Forward] : new[] { ProgramKind.Predict, ProgramKind.Forward, ProgramKind.Evaluate })
        {
            var together = driver.Run(kind, graph, inputs).All.ToList();
            for (int first = 0; first < samples; first += piece)
            {
                int count = Math.Min(piece, samples - first);
                var part = driver.Run(kind, graph, TestData.Part(inputs, first, count)).All.ToList();
                for (int i = 0; i < part.Count; i++)
                {
                    int elements = part[i].Values.Length / count;
                    Bits.Same(together[i].Values[(first * elements)..((first + count) * elements)], part[i].Values, $"{kind}: {part[i].Name} from sample {first} on");
                }
            }
        }
    }

    private static void Check(NetworkCase network)
    {
        LoadedNetwork loaded = LoadedNetwork.Of(network, new OnCpu());
        foreach (int batch in new[] { 5, 33 })
        {
            using NetworkDriver one = new(loaded.Create(Device.Cpu, threads: 1));
            var expected = Bits.OfAll(one, loaded.Graphs, batch);
            foreach (int threads in new[] { 2, 3 })
            {
                using NetworkDriver more = new(loaded.Create(Device.Cpu, threads));
                Bits.Same(expected, Bits.OfAll(more, loaded.Graphs, batch), $"{threads} threads");
            }
        }
    }
}
