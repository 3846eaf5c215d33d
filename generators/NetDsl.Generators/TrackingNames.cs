namespace NetDsl.Generators;

/// <summary>Names of the generator's steps, by which tests see why one ran again.</summary>
internal static class TrackingNames
{
    /// <summary>Symbols to a spec, for every network at each change of the compilation: that is how Roslyn works, and why it may read blocks of other files.</summary>
    public const string Gather = "Gather";

    /// <summary>A changed spec to its graphs.</summary>
    public const string Shapes = "Shapes";

    /// <summary>Networks whose names differ in case alone, which files on disk cannot.</summary>
    public const string NameCollisions = "NameCollisions";

    /// <summary>The text of the public surface, which the editor sees.</summary>
    public const string Surface = "Surface";

    /// <summary>The text of the programs for the CPU, which only a build needs.</summary>
    public const string Kernels = "Kernels";

    /// <summary>Attributes that do not exist.</summary>
    public const string UnknownLayers = "UnknownLayers";

    /// <summary>The compilation where analyzers are switched off, and nothing else.</summary>
    public const string WithoutAnalyzers = "WithoutAnalyzers";

    /// <summary>Whether the GPU's runtime is referenced.</summary>
    public const string GpuReference = "GpuReference";

    /// <summary>The programs for the GPU.</summary>
    public const string GpuKernels = "GpuKernels";

    /// <summary>The file that registers the GPU.</summary>
    public const string GpuModule = "GpuModule";
}
