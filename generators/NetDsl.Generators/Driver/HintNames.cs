using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Driver;

/// <summary>Names of generated files: the full metadata name, made safe for every file system.</summary>
internal static class HintNames
{
    public static string Of(string metadataName, EquatableArray<string> collisions)
    {
        var hint = new StringBuilder(metadataName.Length);
        foreach (char c in metadataName) hint.Append(char.IsLetterOrDigit(c) || c is '.' or '_' or '+' ? c : '-');
        if (collisions.Contains(metadataName)) hint.Append('-').Append(StableHash.Fnv1a(metadataName).ToString("x8", CultureInfo.InvariantCulture));
        return hint.ToString();
    }

    /// <summary>The names that differ from another one in case alone, in ordinal order.</summary>
    public static EquatableArray<string> Collisions(ImmutableArray<string> metadataNames, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return metadataNames
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(alike => alike.Count() > 1)
            .SelectMany(alike => alike)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray();
    }
}
