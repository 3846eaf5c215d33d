namespace NetDsl;

/// <summary>
/// Where a network computes. <see cref="Auto"/> is the fastest device that answers; a device asked for by name is that device
/// or an error.
/// </summary>
public sealed record Device
{
    private Device(string name) => Name = name;

    /// <summary>A GPU where an assembly that drives one is referenced and a device answers, else the CPU.</summary>
    public static Device Auto { get; } = new("auto");

    /// <summary>The CPU.</summary>
    public static Device Cpu { get; } = new("cpu");

    /// <summary>The name, in lower case: <c>auto</c>, <c>cpu</c>, or that of a registered engine.</summary>
    public string Name { get; }

    /// <summary>Reads a device's name, as a command line gives it.</summary>
    /// <param name="name"><c>auto</c>, <c>cpu</c>, or the name of an engine that <see cref="Engines.EngineRegistry"/> knows; case does not matter.</param>
    /// <exception cref="ArgumentException">No such device is known here; the message lists those that are.</exception>
    public static Device Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string key = name.Trim().ToLowerInvariant();
        if (key == Auto.Name) return Auto;
        if (Engines.EngineRegistry.Find(key) is not null) return new Device(key);
        string known = string.Join(", ", Engines.EngineRegistry.Names.Prepend(Auto.Name).Select(known => $"'{known}'"));
        throw new ArgumentException($"The device '{name}' is not available; available are {known}. A GPU needs a reference to the assembly that drives it.", nameof(name));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
