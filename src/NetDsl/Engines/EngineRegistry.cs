namespace NetDsl.Engines;

/// <summary>The kinds of devices known to this process. The CPU is always one of them.</summary>
public static class EngineRegistry
{
    private static readonly Lock s_lock = new();
    private static EngineFactory[] s_factories = [new CpuEngineFactory()];

    /// <summary>Names of the devices, in the order in which <see cref="Device.Auto"/> asks for them.</summary>
    public static IEnumerable<string> Names => Volatile.Read(ref s_factories).Select(factory => factory.Name);

    /// <summary>Adds a kind of device; called by a module initialiser of the assembly that brings it.</summary>
    /// <exception cref="ArgumentException">Its name is not in lower case, or is taken.</exception>
    public static void Register(EngineFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        lock (s_lock)
        {
            if (factory.Name is "" or "auto" || factory.Name.Any(c => char.IsUpper(c) || char.IsWhiteSpace(c) || c == ':'))
                throw new ArgumentException($"The name of an engine must be one word in lower case without a colon and not 'auto'; '{factory.Name}' was given.", nameof(factory));
            if (Find(factory.Name) is not null)
                throw new ArgumentException($"An engine named '{factory.Name}' is registered already.", nameof(factory));
            EngineFactory[] factories = [.. s_factories.Append(factory).OrderByDescending(known => known.Rank).ThenBy(known => known.Name, StringComparer.Ordinal)];
            Volatile.Write(ref s_factories, factories);
        }
    }

    internal static EngineFactory? Find(string name) => Array.Find(Volatile.Read(ref s_factories), factory => factory.Name == name);

    /// <summary>The engine for a device, and a clause that says why it is this one.</summary>
    /// <exception cref="InvalidOperationException">The device was asked for by name and does not answer.</exception>
    internal static (Engine Engine, string Why) Create(Device device, EngineRequest request)
    {
        if (device != Device.Auto)
        {
            EngineFactory asked = Find(device.Kind) ?? throw new InvalidOperationException($"The device '{device}' is not available.");
            Engine engine = asked.TryCreate(request with { DeviceIndex = device.Index }, out string? reason)
                ?? throw new InvalidOperationException($"The network {request.Info.Name} cannot run on the device '{device}': {reason}.");
            return (engine, "as asked");
        }

        List<string> refusals = [];
        foreach (EngineFactory factory in Volatile.Read(ref s_factories))
        {
            if (factory.Rank < 0) continue;
            if (factory.TryCreate(request, out string? reason) is { } engine)
            {
                string why = refusals.Count > 0 ? string.Join("; ", refusals)
                    : factory.Rank == 0 ? "no assembly that drives a GPU is referenced"
                    : "the fastest device that answers";
                return (engine, why);
            }

            refusals.Add($"{factory.Name}: {reason}");
        }

        throw new InvalidOperationException($"No device can run the network {request.Info.Name}: {string.Join("; ", refusals)}.");
    }
}
