using Microsoft.CodeAnalysis;
using NetDsl.Generators.Parsing;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Diagnostics;

/// <summary>What an attribute that does not exist most likely means: C# itself says only that there is none.</summary>
internal static class MeantLayer
{
    /// <summary>Of a shorter name, what is near is a guess.</summary>
    private const int ShortestName = 4;

    /// <summary>The layer, as it is written; <see langword="null"/> where nothing is near: it may be an attribute of something else.</summary>
    public static string? Of(string name, Compilation compilation)
    {
        if (ForeignNames.All.TryGetValue(name, out string? known)) return known;
        if (compilation.GetTypeByMetadataName(WellKnownTypes.NetworkAttribute) is not { ContainingNamespace: { } language }) return null;

        IEnumerable<string> activations = language.GetTypeMembers("Activation").SelectMany(type => type.MemberNames);
        if (activations.FirstOrDefault(activation => string.Equals(activation, name, StringComparison.OrdinalIgnoreCase)) is { } activation)
            return $"Activation(Activation.{activation})";

        IEnumerable<string> layers = language.GetTypeMembers()
            .Where(type => !type.IsAbstract && WellKnownTypes.IsLayer(type))
            .Select(type => WellKnownTypes.Written(type.Name));
        return name.Length >= ShortestName ? NearestName.Find(name, layers) : null;
    }
}
