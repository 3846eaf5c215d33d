namespace NetDsl.Generators.Model;

/// <summary>The language's <c>NetDsl.Precision</c>, with the same values.</summary>
internal enum Precision
{
    /// <summary>Factors and sums of 32 bits.</summary>
    Float32,

    /// <summary>Factors rounded to 10 bits of mantissa on tensor cores, sums of 32 bits.</summary>
    TF32,
}
