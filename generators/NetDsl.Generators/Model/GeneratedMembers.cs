namespace NetDsl.Generators.Model;

/// <summary>Names that generated code takes, and so neither an output's entry point, nor a layer's view, nor the class itself can have.</summary>
internal static class GeneratedMembers
{
    /// <summary>Members of every object.</summary>
    public static readonly ISet<string> OfObject = new HashSet<string>(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize",
    };

    /// <summary>Members of a network's surface.</summary>
    public static readonly ISet<string> OfNetwork = new HashSet<string>(OfObject, StringComparer.Ordinal)
    {
        "Info", "Create", "Load", "Save", "Summary", "Dispose", "Fit", "Evaluate", "Apply", "Gradients", "Backward", "Predict", "Forward", "Classify", "Generate", "Inspect", "Parameters",
        "Inputs", "Targets", "Outputs", "OutputGradients", "InputGradients", "ParameterTree", "LoadCpuPrograms", "CpuProgramsCore", "LoadDevicePrograms", "GpuProgramsCore", "Over", "_runtime", "s_cpuPrograms", "s_devicePrograms",
    };
}
