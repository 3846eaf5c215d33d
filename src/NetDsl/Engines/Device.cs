using System.Globalization;

namespace NetDsl;

/// <summary>
/// Where a network computes. <see cref="Auto"/> is the fastest device that answers; a device asked for by name is that device
/// or an error.
/// </summary>
public sealed record Device
{
    private Device(string name, string kind, int index) => (Name, Kind, Index) = (name, kind, index);

    /// <summary>A GPU where an assembly that drives one is referenced and a device answers, else the CPU.</summary>
    public static Device Auto { get; } = new("auto", "auto", 0);

    /// <summary>The CPU.</summary>
    public static Device Cpu { get; } = new("cpu", "cpu", 0);

    /// <summary>The name, in lower case: <c>auto</c>, <c>cpu</c>, or that of a registered engine, with its number where one was given (<c>gpu:1</c>).</summary>
    public string Name { get; }

    /// <summary>The name of the engine, without a number.</summary>
    internal string Kind { get; }

    /// <summary>Which of several devices of the kind.</summary>
    internal int Index { get; }

    /// <summary>Reads a device's name, as a command line gives it.</summary>
    /// <param name="name">
    /// <c>auto</c>, <c>cpu</c>, or the name of an engine that <see cref="Engines.EngineRegistry"/> knows; case does not matter. One of
    /// several devices of an engine by its number from 0: <c>gpu:1</c>.
    /// </param>
    /// <exception cref="ArgumentException">No such device is known here (the message lists those that are), or the number is none.</exception>
    public static Device Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string key = name.Trim().ToLowerInvariant();
        if (key == Auto.Name) return Auto;
        (string kind, string? number) = key.Split(':', 2) is [var first, var second] ? (first, second) : (key, null);
        if (Engines.EngineRegistry.Find(kind) is not null)
        {
            if (number is null) return new Device(key, kind, 0);
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index)) return new Device(string.Create(CultureInfo.InvariantCulture, $"{kind}:{index}"), kind, index);
            throw new ArgumentException($"The device '{name}' has no number behind the colon; expected is one from 0, as in '{kind}:0'.", nameof(name));
        }

        string known = string.Join(", ", Engines.EngineRegistry.Names.Prepend(Auto.Name).Select(known => $"'{known}'"));
        throw new ArgumentException($"The device '{name}' is not available; available are {known}. A GPU needs a reference to the assembly that drives it.", nameof(name));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
