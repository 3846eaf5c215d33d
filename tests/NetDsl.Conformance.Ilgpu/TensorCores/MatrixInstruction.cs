namespace NetDsl.Conformance.Ilgpu.TensorCores;

/// <summary>
/// <c>mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32</c>: D = A B + C over the registers of a warp, after the tables of the
/// PTX ISA, "Matrix Fragments for mma.m16n8k8" (.tf32).
/// </summary>
internal static class MatrixInstruction
{
    private const int Rows = 16, Columns = 8, Inner = 8;

    public static void Run(PtxInstruction i, PtxThread[] warp)
    {
        if (string.Join('.', i.Opcode) != "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32") throw new NotSupportedException($"'{i}' has no row here.");
        string[] d = i.Operands[..4], a = i.Operands[4..8], b = i.Operands[8..10], c = i.Operands[10..14];
        var left = new float[Rows, Inner];
        var right = new float[Inner, Columns];
        var sums = new float[Rows, Columns];
        foreach (PtxThread lane in warp)
        {
            // The ISA's names: groupID = laneid >> 2, threadID_in_group = laneid % 4.
            int groupId = lane.Index % 32 >> 2, inGroup = lane.Index % 4;
            for (int r = 0; r < 4; r++)
            {
                // row = groupID for a0 and a2, else groupID + 8; col = threadID_in_group for a0 and a1, else threadID_in_group + 4.
                left[r is 0 or 2 ? groupId : groupId + 8, r is 0 or 1 ? inGroup : inGroup + 4] = Factor(lane[a[r]]);

                // row = groupID for c0 and c1, else groupID + 8; col = threadID_in_group * 2 + (i & 1).
                sums[r < 2 ? groupId : groupId + 8, (inGroup * 2) + (r & 1)] = BitConverter.UInt32BitsToSingle((uint)lane[c[r]]);
            }

            // row = threadID_in_group for b0, threadID_in_group + 4 for b1; col = groupID.
            for (int r = 0; r < 2; r++) right[r == 0 ? inGroup : inGroup + 4, groupId] = Factor(lane[b[r]]);
        }

        foreach (PtxThread lane in warp)
        {
            int groupId = lane.Index % 32 >> 2, inGroup = lane.Index % 4;
            for (int r = 0; r < 4; r++)
            {
                int row = r < 2 ? groupId : groupId + 8, column = (inGroup * 2) + (r & 1);
                double sum = sums[row, column];
                for (int k = 0; k < Inner; k++) sum += (double)left[row, k] * right[k, column];
                lane[d[r]] = BitConverter.SingleToUInt32Bits((float)sum);
            }
        }
    }

    /// <summary>A factor, which must be one of TF32: the ISA leaves open what becomes of other bits.</summary>
    private static float Factor(ulong bits) => PtxArithmetic.RoundToTF32((uint)bits) == bits
        ? BitConverter.UInt32BitsToSingle((uint)bits)
        : throw new InvalidOperationException($"The factor {BitConverter.UInt32BitsToSingle((uint)bits)} is not rounded to TF32.");
}
