using NetDsl.Generators.Lowering;

namespace NetDsl.Generators.Emit;

/// <summary>Names of a kernel's parameters, after the values of its first use.</summary>
internal static class ArgumentNames
{
    /// <param name="arguments">The arguments of the first use.</param>
    /// <param name="taken">Names that mean something else in the kernel; those given are added.</param>
    public static string[] Of(IReadOnlyList<KernelArgument> arguments, ISet<string> taken)
    {
        string[] names = new string[arguments.Count];
        for (int k = 0; k < names.Length; k++) names[k] = Of(arguments[k].Label, taken);
        return names;
    }

    /// <param name="label">The label of a value.</param>
    /// <param name="taken">Names that mean something else; the one that is given is added.</param>
    public static string Of(string label, ISet<string> taken)
    {
        string stem = CSharp.Camel(ShortName(label)), name = stem;
        for (int i = 2; !taken.Add(name); i++) name = stem + CSharp.Int(i);
        return name;
    }

    /// <summary>The last part of a label: <c>weight</c> of <c>Dense1/weight</c>, <c>dWeight</c> of its gradient.</summary>
    private static string ShortName(string label)
    {
        if (label.StartsWith("d(", StringComparison.Ordinal)) return "d" + CSharp.Pascal(ShortName(label.Substring(2).Split(')')[0]));
        string last = label.Substring(label.LastIndexOf('/') + 1);
        int number = last.LastIndexOf('_');
        return number > 0 && last.Substring(number + 1).All(char.IsDigit) ? last.Substring(0, number) : last;
    }
}
