using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
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
