using NetDsl.Generators.Model;

namespace NetDsl.Generators.Emit;

/// <summary>
/// Gives the members of a generated type different names that are neither the type's own nor one that every object has. A name that
/// is free stays as it is, whatever the others are called.
/// </summary>
internal static class MemberNames
{
    /// <summary>The names, in the order of <paramref name="wanted"/>.</summary>
    /// <param name="wanted">What the members would be called best.</param>
    /// <param name="suffix">What is appended, as often as needed, to a name that is taken.</param>
    /// <param name="taken">The type's own name and those of its other members.</param>
    public static string[] Of(IEnumerable<string> wanted, string suffix, params string[] taken)
    {
        string[] names = [.. wanted];
        var used = new HashSet<string>(GeneratedMembers.OfObject.Concat(taken), StringComparer.Ordinal);
        var settled = new bool[names.Length];
        for (int i = 0; i < names.Length; i++) settled[i] = used.Add(names[i]);
        for (int i = 0; i < names.Length; i++)
        {
            while (!settled[i]) settled[i] = used.Add(names[i] += suffix);
        }

        return names;
    }
}
