namespace NetDsl.Engines;

/// <summary>A network's programs for a kind of device other than the CPU. The assembly that drives the device derives from it.</summary>
public abstract record DevicePrograms;
