using System.Runtime.CompilerServices;
using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>What an optimizer's pass does to each gradient before it uses it: into -Limit to Limit, then times Scale.</summary>
internal readonly struct GradientClip(float limit, float scale)
{
    /// <summary>Added to the norm in <see cref="ScaleOf"/>, as PyTorch does, so that a norm of zero divides nothing.</summary>
    public const double NormEpsilon = 1e-6;

    /// <summary>The largest magnitude that is left; infinite for no limit.</summary>
    public float Limit => limit;

    /// <summary>The limit of an optimizer's gradients, one by one.</summary>
    public static float LimitOf(Optimizer optimizer) => optimizer.ClipValue is { } value ? (float)value : float.PositiveInfinity;

    /// <summary>min(1, clipNorm / (norm + 1e-6)) (as torch.nn.utils.clip_grad_norm_).</summary>
    public static float ScaleOf(double clipNorm, double norm) => (float)Math.Min(1, clipNorm / (norm + NormEpsilon));

    // The native forms return their second operand where one is NaN, so that NaN stays NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Apply<TLanes>(TLanes gradient)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.MaxNative(TLanes.Create(-limit), TLanes.MinNative(TLanes.Create(limit), gradient)) * TLanes.Create(scale);
}
