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
        for (int k = 0; k < names.Length; k++)
        {
            string name = CSharp.Camel(ShortName(arguments[k].Label));
            names[k] = name;
            for (int i = 2; !taken.Add(names[k]); i++) names[k] = name + CSharp.Int(i);
        }

        return names;
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
