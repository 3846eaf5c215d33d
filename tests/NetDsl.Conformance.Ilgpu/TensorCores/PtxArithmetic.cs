namespace NetDsl.Conformance.Ilgpu.TensorCores;

/// <summary>What the instructions that compute give, on the bits of their operands.</summary>
internal static class PtxArithmetic
{
    private const uint DroppedBits = 0x1FFF;

    /// <exception cref="NotSupportedException">The kernels here have no need of the instruction.</exception>
    public static ulong Compute(PtxInstruction i, ulong[] x) => (i.Opcode[0], i.Type) switch
    {
        ("mov" or "cvta", _) => x[0],
        ("cvt", "f32") when i.Opcode is ["cvt", "rna", "tf32", "f32"] => RoundToTF32((uint)x[0]),
        ("setp", _) => Compare(i, x) ? 1ul : 0,
        ("selp", _) => x[2] != 0 ? x[0] : x[1],
        ("and", _) => x[0] & x[1],
        ("or", _) => x[0] | x[1],
        ("add", "u64") => unchecked(x[0] + x[1]),
        ("mul", "u32") when i.Opcode[1] == "wide" => (x[0] & uint.MaxValue) * (x[1] & uint.MaxValue),
        ("add", "s32") => Bits(unchecked((int)x[0] + (int)x[1])),
        ("sub", "s32") => Bits(unchecked((int)x[0] - (int)x[1])),
        ("mul", "s32") when i.Opcode[1] == "lo" => Bits(unchecked((int)x[0] * (int)x[1])),
        ("div", "s32") => Bits((int)x[0] / (int)x[1]),
        ("rem", "s32") => Bits((int)x[0] % (int)x[1]),
        ("min", "s32") => Bits(Math.Min((int)x[0], (int)x[1])),
        ("max", "s32") => Bits(Math.Max((int)x[0], (int)x[1])),
        ("shl", "b32") => (uint)x[0] << (int)x[1],
        ("shr", "s32") => Bits((int)x[0] >> (int)x[1]),
        ("add", "f32") => Bits(Single(x[0]) + Single(x[1])),
        ("sub", "f32") => Bits(Single(x[0]) - Single(x[1])),
        ("mul", "f32") => Bits(Single(x[0]) * Single(x[1])),
        _ => throw new NotSupportedException($"'{i}' has no row here."),
    };

    /// <summary>To nearest of 10 bits of mantissa, ties away from zero; infinities and NaN as they are.</summary>
    public static uint RoundToTF32(uint bits) =>
        float.IsFinite(BitConverter.UInt32BitsToSingle(bits)) ? unchecked(bits + ((DroppedBits + 1) / 2)) & ~DroppedBits : bits;

    private static bool Compare(PtxInstruction i, ulong[] x)
    {
        double a = i.Type == "f32" ? Single(x[0]) : i.Type == "u32" ? (uint)x[0] : (int)x[0];
        double b = i.Type == "f32" ? Single(x[1]) : i.Type == "u32" ? (uint)x[1] : (int)x[1];
        bool unordered = double.IsNaN(a) || double.IsNaN(b);
        return i.Opcode[1] switch
        {
            "eq" => a == b,
            "ne" => !unordered && a != b,
            "lt" => a < b,
            "le" => a <= b,
            "gt" => a > b,
            "ge" => a >= b,
            "leu" => unordered || a <= b,
            _ => throw new NotSupportedException($"'{i}' has no row here."),
        };
    }

    private static float Single(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static ulong Bits(int value) => unchecked((uint)value);
}
