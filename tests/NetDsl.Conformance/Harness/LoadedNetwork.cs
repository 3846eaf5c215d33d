using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Networks;

namespace NetDsl.Conformance.Harness;

/// <summary>A network that was generated, compiled and loaded, in a context of its own.</summary>
internal sealed class LoadedNetwork
{
    private static readonly ConcurrentDictionary<(NetworkCase, ProjectSettings), Lazy<LoadedNetwork>> Known = new();

    private LoadedNetwork(Type type, NetworkGraphs graphs, IReadOnlyDictionary<string, string> files)
    {
        Type = type;
        Graphs = graphs;
        Files = files;
    }

    /// <summary>The class.</summary>
    public Type Type { get; }

    /// <summary>The compiler's own graphs of the same source.</summary>
    public NetworkGraphs Graphs { get; }

    /// <summary>What was generated, by file name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>A case, compiled once in this process.</summary>
    /// <param name="network">The case.</param>
    /// <param name="device">Where it is to run; decides what the project references.</param>
    public static LoadedNetwork Of(NetworkCase network, TestDevice device)
    {
        ProjectSettings settings = ProjectSettings.Ordinary with { ReferencesGpu = device.NeedsGpuPrograms };
        return Known.GetOrAdd((network, settings), static key => new Lazy<LoadedNetwork>(() => Load(key.Item1.Source, NetworkCase.Type, key.Item2))).Value;
    }

    /// <summary>The network called <paramref name="type"/> (its metadata name) in C# source.</summary>
    /// <exception cref="CompilationFailedException">The source or what was generated has an error or a warning.</exception>
    public static LoadedNetwork Load(string source, string type, ProjectSettings settings)
    {
        // First the graphs: they say in fewer words what is wrong with a declaration.
        NetworkGraphs graphs = NetworkGraphs.Of(source, type);
        var (image, files) = NetworkCompiler.Compile(source, settings);
        var context = new AssemblyLoadContext(type, isCollectible: true);
        using var stream = new MemoryStream(image);
        Type loaded = context.LoadFromStream(stream).GetType(type, throwOnError: true)!;
        return new LoadedNetwork(loaded, graphs, files);
    }

    /// <summary>A network with initial weights.</summary>
    public INetwork Create(Device device, int threads = 2, long seed = 0)
    {
        MethodInfo create = Type.GetMethod("Create", BindingFlags.Public | BindingFlags.Static, [typeof(NetworkOptions)])
            ?? throw new InvalidOperationException($"{Type} has no Create(NetworkOptions).");
        return (INetwork)create.Invoke(null, [new NetworkOptions { Device = device, Threads = threads, Seed = seed }])!;
    }

    /// <summary>Calls a static method of a class that the source declares beside the network: user's code over the generated surface.</summary>
    /// <param name="type">The class's metadata name.</param>
    /// <param name="method">The method.</param>
    /// <param name="arguments">Its arguments.</param>
    public object? Call(string type, string method, params object?[] arguments)
    {
        MethodInfo found = Type.Assembly.GetType(type, throwOnError: true)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static)
            ?? throw new InvalidOperationException($"{type} has no public static {method}.");
        return found.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
