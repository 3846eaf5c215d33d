using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NetDsl.Conformance.Harness;

/// <summary>
/// The project that a network is compiled in. Always: nullable, warnings as errors, no unsafe code, no implicit usings.
/// </summary>
internal sealed record ProjectSettings
{
    public static ProjectSettings Ordinary { get; } = new();

    /// <summary>Everything that a project can do to generated code.</summary>
    public static ProjectSettings Hostile { get; } = new()
    {
        CheckOverflow = true,
        Optimization = OptimizationLevel.Debug,
        Documentation = DocumentationMode.Diagnose,
        Culture = HostileCulture(),
    };

    /// <summary>The project references NetDsl.Gpu, so that programs for GPUs are generated besides those for the CPU.</summary>
    public bool ReferencesGpu { get; init; }

    public bool CheckOverflow { get; private init; }

    public OptimizationLevel Optimization { get; private init; } = OptimizationLevel.Release;

    public DocumentationMode Documentation { get; private init; } = DocumentationMode.Parse;

    /// <summary>The current culture while the generator runs.</summary>
    public CultureInfo Culture { get; private init; } = CultureInfo.InvariantCulture;

    /// <summary>
    /// Numbers as half of the world writes them, and a minus sign that C# does not know. Made by hand, since cultures by name
    /// are not everywhere.
    /// </summary>
    private static CultureInfo HostileCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.PositiveSign = "\u00B1";
        culture.NumberFormat.NaNSymbol = "NN";
        culture.NumberFormat.PositiveInfinitySymbol = "\u221E";
        culture.DateTimeFormat.DateSeparator = ".";
        return culture;
    }
}
