using System.Diagnostics.CodeAnalysis;

namespace NetDsl;

/// <summary>How exactly a device computes the products of matrices.</summary>
public enum Precision
{
    /// <summary>Factors and sums in 32 bits, on every device.</summary>
    [SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "The format's name, as TF32 is.")]
    Float32,

    /// <summary>
    /// On NVIDIA's tensor cores, from Ampere on, the factors of large matrix products are rounded to 10 bits of mantissa
    /// (TF32, to nearest, ties away from zero; the exponent keeps its 8 bits) and their products are summed in 32 bits: a
    /// relative error of about 1e-3 instead of 1e-7, for several times the speed. These are the products of <c>Dense</c>
    /// forward and their gradients by the input, where both the inner and the outer width are multiples of 8, the inner at
    /// least 64 and the outer at least 128. Everything else, and every other device, computes as <see cref="Float32"/> does.
    /// </summary>
    TF32,
}
