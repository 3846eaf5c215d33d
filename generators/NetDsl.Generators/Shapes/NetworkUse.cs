using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>A network that is being inserted into another.</summary>
/// <param name="index">Its index among the networks in the outermost one.</param>
/// <param name="outer">The network around it, where that is inserted too.</param>
/// <param name="trainable">Nothing around it says <c>Trainable = false</c>: the network around it trains its tensors.</param>
internal sealed class NetworkUse(int index, NetworkUse? outer, bool trainable)
{
    /// <summary>Neither it nor a network around it is frozen.</summary>
    public bool IsTrainable => Trainable && Outer?.IsTrainable != false;

    /// <summary>What a tensor is to each network that it is within, and to the outermost one.</summary>
    /// <param name="use">The innermost of them.</param>
    /// <param name="role">What it is there.</param>
    public static (ParameterRole Role, EquatableArray<PartRole> Within) RolesOf(NetworkUse? use, ParameterRole role)
    {
        var within = new List<PartRole>();
        for (; use is not null; use = use.Outer)
        {
            within.Insert(0, new PartRole(use.Index, role));
            if (role == ParameterRole.Trainable && !use.Trainable) role = ParameterRole.Frozen;
        }

        return (role, within.ToEquatableArray());
    }

    private int Index { get; } = index;

    private NetworkUse? Outer { get; } = outer;

    private bool Trainable { get; } = trainable;
}
