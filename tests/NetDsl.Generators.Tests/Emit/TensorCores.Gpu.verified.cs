/// <summary>reLU = max((input weight) + bias, 0), the factors in TF32 on tensor cores.</summary>
internal static void DenseForward_72_136(DenseForward_72_136_Arguments a)
{
    // A group has 64 x 64 results, on tensor cores, with the factors rounded to TF32.
    if (!CudaAsm.IsSupported)
    {
        DenseForward_72_136_Float32(a);
        return;
    }

    int rows = a.batch;
    int firstRow = Grid.IdxX / 3 * 64;
    int firstColumn = Grid.IdxX % 3 * 64;
    ArrayView<int> memory = SharedMemory.Allocate<int>(4608);
    ArrayView<int> left = memory.SubView(0, 2304);
    ArrayView<int> right = memory.SubView(2304, 2304);
    int warp = Group.IdxX / 32;
    int lane = Group.IdxX % 32;
    int warpRow = warp / 2 * 32;
    int warpColumn = warp % 2 * 32;
    // The sums of a warp: 32 x 32, in instructions of 16 x 8, of which each lane has 4.
    CudaAsm.Emit(".reg .f32 d<32>;");
    CudaAsm.Emit("mov.f32 d0, 0f00000000; mov.f32 d1, 0f00000000; mov.f32 d2, 0f00000000; mov.f32 d3, 0f00000000;");
    CudaAsm.Emit("mov.f32 d4, 0f00000000; mov.f32 d5, 0f00000000; mov.f32 d6, 0f00000000; mov.f32 d7, 0f00000000;");
    CudaAsm.Emit("mov.f32 d8, 0f00000000; mov.f32 d9, 0f00000000; mov.f32 d10, 0f00000000; mov.f32 d11, 0f00000000;");
    CudaAsm.Emit("mov.f32 d12, 0f00000000; mov.f32 d13, 0f00000000; mov.f32 d14, 0f00000000; mov.f32 d15, 0f00000000;");
    CudaAsm.Emit("mov.f32 d16, 0f00000000; mov.f32 d17, 0f00000000; mov.f32 d18, 0f00000000; mov.f32 d19, 0f00000000;");
    CudaAsm.Emit("mov.f32 d20, 0f00000000; mov.f32 d21, 0f00000000; mov.f32 d22, 0f00000000; mov.f32 d23, 0f00000000;");
    CudaAsm.Emit("mov.f32 d24, 0f00000000; mov.f32 d25, 0f00000000; mov.f32 d26, 0f00000000; mov.f32 d27, 0f00000000;");
    CudaAsm.Emit("mov.f32 d28, 0f00000000; mov.f32 d29, 0f00000000; mov.f32 d30, 0f00000000; mov.f32 d31, 0f00000000;");

    for (int first = 0; first < 72; first += 32)
    {
        for (int i = Group.IdxX; i < 2048; i += Group.DimX)
        {
            int row = Math.Min(firstRow + i / 32, rows - 1);
            int k = first + i % 32;
            float x = k < 72 ? a.input[row * 72 + k] : 0f;
            CudaAsm.Emit("cvt.rna.tf32.f32 %0, %1;", out left[i / 32 * 36 + i % 32], x);
        }

        for (int i = Group.IdxX; i < 2048; i += Group.DimX)
        {
            int at = Math.Min(firstColumn + i % 64, 135);
            int k = first + i / 64;
            float w = k < 72 ? a.weight[k * 136 + at] : 0f;
            CudaAsm.Emit("cvt.rna.tf32.f32 %0, %1;", out right[i / 64 * 72 + i % 64], w);
        }

        Group.Barrier();
        for (int k = 0; k < 32; k += 8)
        {
            ArrayView<int> x = left.SubView((warpRow + lane / 4) * 36 + lane % 4 + k, 869);
            ArrayView<int> w = right.SubView((lane % 4 + k) * 72 + warpColumn + lane / 4, 313);
            int x0 = x[0], x1 = x[288], x2 = x[4], x3 = x[292];
            int x4 = x[576], x5 = x[864], x6 = x[580], x7 = x[868];
            int w0 = w[0], w1 = w[288];
            int w2 = w[8], w3 = w[296];
            int w4 = w[16], w5 = w[304];
            int w6 = w[24], w7 = w[312];
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {%0, %1, %2, %3}, {%4, %5}, {d0, d1, d2, d3};", x0, x1, x2, x3, w0, w1);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {%0, %1, %2, %3}, {%4, %5}, {d4, d5, d6, d7};", x0, x1, x2, x3, w2, w3);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {%0, %1, %2, %3}, {%4, %5}, {d8, d9, d10, d11};", x0, x1, x2, x3, w4, w5);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {%0, %1, %2, %3}, {%4, %5}, {d12, d13, d14, d15};", x0, x1, x2, x3, w6, w7);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d16, d17, d18, d19}, {%0, %1, %2, %3}, {%4, %5}, {d16, d17, d18, d19};", x4, x5, x6, x7, w0, w1);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d20, d21, d22, d23}, {%0, %1, %2, %3}, {%4, %5}, {d20, d21, d22, d23};", x4, x5, x6, x7, w2, w3);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d24, d25, d26, d27}, {%0, %1, %2, %3}, {%4, %5}, {d24, d25, d26, d27};", x4, x5, x6, x7, w4, w5);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d28, d29, d30, d31}, {%0, %1, %2, %3}, {%4, %5}, {d28, d29, d30, d31};", x4, x5, x6, x7, w6, w7);
        }

        Group.Barrier();
    }

    ArrayView<float> sums = memory.Cast<float>();
    ArrayView<float> own = sums.SubView((warpRow + lane / 4) * 72 + warpColumn + lane % 4 * 2, 1754);
    CudaAsm.Emit("mov.f32 %0, d0;", out own[0]);
    CudaAsm.Emit("mov.f32 %0, d1;", out own[1]);
    CudaAsm.Emit("mov.f32 %0, d2;", out own[576]);
    CudaAsm.Emit("mov.f32 %0, d3;", out own[577]);
    CudaAsm.Emit("mov.f32 %0, d4;", out own[8]);
    CudaAsm.Emit("mov.f32 %0, d5;", out own[9]);
    CudaAsm.Emit("mov.f32 %0, d6;", out own[584]);
    CudaAsm.Emit("mov.f32 %0, d7;", out own[585]);
    CudaAsm.Emit("mov.f32 %0, d8;", out own[16]);
    CudaAsm.Emit("mov.f32 %0, d9;", out own[17]);
    CudaAsm.Emit("mov.f32 %0, d10;", out own[592]);
    CudaAsm.Emit("mov.f32 %0, d11;", out own[593]);
    CudaAsm.Emit("mov.f32 %0, d12;", out own[24]);
    CudaAsm.Emit("mov.f32 %0, d13;", out own[25]);
    CudaAsm.Emit("mov.f32 %0, d14;", out own[600]);
    CudaAsm.Emit("mov.f32 %0, d15;", out own[601]);
    CudaAsm.Emit("mov.f32 %0, d16;", out own[1152]);
    CudaAsm.Emit("mov.f32 %0, d17;", out own[1153]);
    CudaAsm.Emit("mov.f32 %0, d18;", out own[1728]);
    CudaAsm.Emit("mov.f32 %0, d19;", out own[1729]);
    CudaAsm.Emit("mov.f32 %0, d20;", out own[1160]);
    CudaAsm.Emit("mov.f32 %0, d21;", out own[1161]);
    CudaAsm.Emit("mov.f32 %0, d22;", out own[1736]);
    CudaAsm.Emit("mov.f32 %0, d23;", out own[1737]);
    CudaAsm.Emit("mov.f32 %0, d24;", out own[1168]);
    CudaAsm.Emit("mov.f32 %0, d25;", out own[1169]);
    CudaAsm.Emit("mov.f32 %0, d26;", out own[1744]);
    CudaAsm.Emit("mov.f32 %0, d27;", out own[1745]);
    CudaAsm.Emit("mov.f32 %0, d28;", out own[1176]);
    CudaAsm.Emit("mov.f32 %0, d29;", out own[1177]);
    CudaAsm.Emit("mov.f32 %0, d30;", out own[1752]);
    CudaAsm.Emit("mov.f32 %0, d31;", out own[1753]);
    Group.Barrier();

    for (int i = Group.IdxX; i < 4096; i += Group.DimX)
    {
        int row = firstRow + i / 64;
        int at = firstColumn + i % 64;
        if (row >= rows || at >= 136) continue;
        float sum = sums[i / 64 * 72 + i % 64];
        int sample = row;
        a.reLU[row * 136 + at] = GpuMath.Max(sum + a.bias[at], 0f);
    }
}

/// <summary>reLU = max((input weight) + bias, 0), the factors in TF32 on tensor cores, on devices without tensor cores.</summary>
[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
internal static void DenseForward_72_136_Float32(DenseForward_72_136_Arguments a)
{
    int rows = a.batch;
    for (int tile = Group.IdxX; tile < 128; tile += Group.DimX)
    {
        int row0 = Grid.IdxX / 3 * 64 + tile / 8 * 4;
        int across = Grid.IdxX % 3 * 8 + tile % 8;
        int column = across * 8;
        if (row0 >= rows || column >= 136) continue;
        int row1 = Math.Min(row0 + 1, rows - 1);
        int row2 = Math.Min(row0 + 2, rows - 1);
        int row3 = Math.Min(row0 + 3, rows - 1);
        float sum0_0 = 0f, sum0_1 = 0f, sum0_2 = 0f, sum0_3 = 0f, sum0_4 = 0f, sum0_5 = 0f, sum0_6 = 0f, sum0_7 = 0f;
        float sum1_0 = 0f, sum1_1 = 0f, sum1_2 = 0f, sum1_3 = 0f, sum1_4 = 0f, sum1_5 = 0f, sum1_6 = 0f, sum1_7 = 0f;
        float sum2_0 = 0f, sum2_1 = 0f, sum2_2 = 0f, sum2_3 = 0f, sum2_4 = 0f, sum2_5 = 0f, sum2_6 = 0f, sum2_7 = 0f;
        float sum3_0 = 0f, sum3_1 = 0f, sum3_2 = 0f, sum3_3 = 0f, sum3_4 = 0f, sum3_5 = 0f, sum3_6 = 0f, sum3_7 = 0f;
        ArrayView<float> x0 = a.input.SubView(row0 * 72, 72);
        ArrayView<float> x1 = a.input.SubView(row1 * 72, 72);
        ArrayView<float> x2 = a.input.SubView(row2 * 72, 72);
        ArrayView<float> x3 = a.input.SubView(row3 * 72, 72);
        for (int k = 0; k < 72; k++)
        {
            ArrayView<Float4> v = a.weight.Cast<Float4>().SubView(k * 34 + across * 2, 2);
            Float4 v0 = v[0], v1 = v[1];
            float f0 = x0[k];
            float f1 = x1[k];
            float f2 = x2[k];
            float f3 = x3[k];
            sum0_0 += f0 * v0.X; sum0_1 += f0 * v0.Y; sum0_2 += f0 * v0.Z; sum0_3 += f0 * v0.W; sum0_4 += f0 * v1.X; sum0_5 += f0 * v1.Y; sum0_6 += f0 * v1.Z; sum0_7 += f0 * v1.W;
            sum1_0 += f1 * v0.X; sum1_1 += f1 * v0.Y; sum1_2 += f1 * v0.Z; sum1_3 += f1 * v0.W; sum1_4 += f1 * v1.X; sum1_5 += f1 * v1.Y; sum1_6 += f1 * v1.Z; sum1_7 += f1 * v1.W;
            sum2_0 += f2 * v0.X; sum2_1 += f2 * v0.Y; sum2_2 += f2 * v0.Z; sum2_3 += f2 * v0.W; sum2_4 += f2 * v1.X; sum2_5 += f2 * v1.Y; sum2_6 += f2 * v1.Z; sum2_7 += f2 * v1.W;
            sum3_0 += f3 * v0.X; sum3_1 += f3 * v0.Y; sum3_2 += f3 * v0.Z; sum3_3 += f3 * v0.W; sum3_4 += f3 * v1.X; sum3_5 += f3 * v1.Y; sum3_6 += f3 * v1.Z; sum3_7 += f3 * v1.W;
        }
        {
            ArrayView<Float4> y = a.reLU.Cast<Float4>().SubView(row0 * 34 + across * 2, 2);
            y[0] = new Float4(GpuMath.Max(sum0_0 + a.bias[column], 0f), GpuMath.Max(sum0_1 + a.bias[column + 1], 0f), GpuMath.Max(sum0_2 + a.bias[column + 2], 0f), GpuMath.Max(sum0_3 + a.bias[column + 3], 0f));
            y[1] = new Float4(GpuMath.Max(sum0_4 + a.bias[column + 4], 0f), GpuMath.Max(sum0_5 + a.bias[column + 5], 0f), GpuMath.Max(sum0_6 + a.bias[column + 6], 0f), GpuMath.Max(sum0_7 + a.bias[column + 7], 0f));
        }
        if (row1 < rows && row1 == row0 + 1)
        {
            ArrayView<Float4> y = a.reLU.Cast<Float4>().SubView(row1 * 34 + across * 2, 2);
            y[0] = new Float4(GpuMath.Max(sum1_0 + a.bias[column], 0f), GpuMath.Max(sum1_1 + a.bias[column + 1], 0f), GpuMath.Max(sum1_2 + a.bias[column + 2], 0f), GpuMath.Max(sum1_3 + a.bias[column + 3], 0f));
            y[1] = new Float4(GpuMath.Max(sum1_4 + a.bias[column + 4], 0f), GpuMath.Max(sum1_5 + a.bias[column + 5], 0f), GpuMath.Max(sum1_6 + a.bias[column + 6], 0f), GpuMath.Max(sum1_7 + a.bias[column + 7], 0f));
        }
        if (row2 < rows && row2 == row0 + 2)
        {
            ArrayView<Float4> y = a.reLU.Cast<Float4>().SubView(row2 * 34 + across * 2, 2);
            y[0] = new Float4(GpuMath.Max(sum2_0 + a.bias[column], 0f), GpuMath.Max(sum2_1 + a.bias[column + 1], 0f), GpuMath.Max(sum2_2 + a.bias[column + 2], 0f), GpuMath.Max(sum2_3 + a.bias[column + 3], 0f));
            y[1] = new Float4(GpuMath.Max(sum2_4 + a.bias[column + 4], 0f), GpuMath.Max(sum2_5 + a.bias[column + 5], 0f), GpuMath.Max(sum2_6 + a.bias[column + 6], 0f), GpuMath.Max(sum2_7 + a.bias[column + 7], 0f));
        }
        if (row3 < rows && row3 == row0 + 3)
        {
            ArrayView<Float4> y = a.reLU.Cast<Float4>().SubView(row3 * 34 + across * 2, 2);
            y[0] = new Float4(GpuMath.Max(sum3_0 + a.bias[column], 0f), GpuMath.Max(sum3_1 + a.bias[column + 1], 0f), GpuMath.Max(sum3_2 + a.bias[column + 2], 0f), GpuMath.Max(sum3_3 + a.bias[column + 3], 0f));
            y[1] = new Float4(GpuMath.Max(sum3_4 + a.bias[column + 4], 0f), GpuMath.Max(sum3_5 + a.bias[column + 5], 0f), GpuMath.Max(sum3_6 + a.bias[column + 6], 0f), GpuMath.Max(sum3_7 + a.bias[column + 7], 0f));
        }
    }
}

internal struct DenseForward_72_136_Arguments
{
    public ArrayView<float> reLU;
    public ArrayView<float> input;
    public ArrayView<float> weight;
    public ArrayView<float> bias;
    public int batch;
}

/// <summary>dSum = (reLU &gt; 0 ? (dSum2 weightᵀ) : 0), the factors in TF32 on tensor cores.</summary>
internal static void DenseInputGradient_64_136(DenseInputGradient_64_136_Arguments a)
{
    // A group has 64 x 64 results, on tensor cores, with the factors rounded to TF32.
    if (!CudaAsm.IsSupported)
    {
        DenseInputGradient_64_136_Float32(a);
        return;
    }

    int rows = a.batch;
    int firstRow = Grid.IdxX / 3 * 64;
    int firstColumn = Grid.IdxX % 3 * 64;
    ArrayView<int> memory = SharedMemory.Allocate<int>(4608);
    ArrayView<int> left = memory.SubView(0, 2304);
    ArrayView<int> right = memory.SubView(2304, 2304);
    int warp = Group.IdxX / 32;
    int lane = Group.IdxX % 32;
    int warpRow = warp / 2 * 32;
    int warpColumn = warp % 2 * 32;
    // The sums of a warp: 32 x 32, in instructions of 16 x 8, of which each lane has 4.
    CudaAsm.Emit(".reg .f32 d<32>;");
    CudaAsm.Emit("mov.f32 d0, 0f00000000; mov.f32 d1, 0f00000000; mov.f32 d2, 0f00000000; mov.f32 d3, 0f00000000;");
    CudaAsm.Emit("mov.f32 d4, 0f00000000; mov.f32 d5, 0f00000000; mov.f32 d6, 0f00000000; mov.f32 d7, 0f00000000;");
    CudaAsm.Emit("mov.f32 d8, 0f00000000; mov.f32 d9, 0f00000000; mov.f32 d10, 0f00000000; mov.f32 d11, 0f00000000;");
    CudaAsm.Emit("mov.f32 d12, 0f00000000; mov.f32 d13, 0f00000000; mov.f32 d14, 0f00000000; mov.f32 d15, 0f00000000;");
    CudaAsm.Emit("mov.f32 d16, 0f00000000; mov.f32 d17, 0f00000000; mov.f32 d18, 0f00000000; mov.f32 d19, 0f00000000;");
    CudaAsm.Emit("mov.f32 d20, 0f00000000; mov.f32 d21, 0f00000000; mov.f32 d22, 0f00000000; mov.f32 d23, 0f00000000;");
    CudaAsm.Emit("mov.f32 d24, 0f00000000; mov.f32 d25, 0f00000000; mov.f32 d26, 0f00000000; mov.f32 d27, 0f00000000;");
    CudaAsm.Emit("mov.f32 d28, 0f00000000; mov.f32 d29, 0f00000000; mov.f32 d30, 0f00000000; mov.f32 d31, 0f00000000;");

    for (int first = 0; first < 64; first += 32)
    {
        for (int i = Group.IdxX; i < 2048; i += Group.DimX)
        {
            int row = Math.Min(firstRow + i / 32, rows - 1);
            int k = first + i % 32;
            float x = a.dSum2[row * 64 + k];
            CudaAsm.Emit("cvt.rna.tf32.f32 %0, %1;", out left[i / 32 * 36 + i % 32], x);
        }

        for (int i = Group.IdxX; i < 2048; i += Group.DimX)
        {
            int at = Math.Min(firstColumn + i / 32, 135);
            int k = first + i % 32;
            float w = a.weight[at * 64 + k];
            CudaAsm.Emit("cvt.rna.tf32.f32 %0, %1;", out right[i / 32 * 36 + i % 32], w);
        }

        Group.Barrier();
        for (int k = 0; k < 32; k += 8)
        {
            ArrayView<int> x = left.SubView((warpRow + lane / 4) * 36 + lane % 4 + k, 869);
            ArrayView<int> w = right.SubView((warpColumn + lane / 4) * 36 + lane % 4 + k, 869);
            int x0 = x[0], x1 = x[288], x2 = x[4], x3 = x[292];
            int x4 = x[576], x5 = x[864], x6 = x[580], x7 = x[868];
            int w0 = w[0], w1 = w[4];
            int w2 = w[288], w3 = w[292];
            int w4 = w[576], w5 = w[580];
            int w6 = w[864], w7 = w[868];
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d0, d1, d2, d3}, {%0, %1, %2, %3}, {%4, %5}, {d0, d1, d2, d3};", x0, x1, x2, x3, w0, w1);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d4, d5, d6, d7}, {%0, %1, %2, %3}, {%4, %5}, {d4, d5, d6, d7};", x0, x1, x2, x3, w2, w3);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d8, d9, d10, d11}, {%0, %1, %2, %3}, {%4, %5}, {d8, d9, d10, d11};", x0, x1, x2, x3, w4, w5);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d12, d13, d14, d15}, {%0, %1, %2, %3}, {%4, %5}, {d12, d13, d14, d15};", x0, x1, x2, x3, w6, w7);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d16, d17, d18, d19}, {%0, %1, %2, %3}, {%4, %5}, {d16, d17, d18, d19};", x4, x5, x6, x7, w0, w1);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d20, d21, d22, d23}, {%0, %1, %2, %3}, {%4, %5}, {d20, d21, d22, d23};", x4, x5, x6, x7, w2, w3);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d24, d25, d26, d27}, {%0, %1, %2, %3}, {%4, %5}, {d24, d25, d26, d27};", x4, x5, x6, x7, w4, w5);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {d28, d29, d30, d31}, {%0, %1, %2, %3}, {%4, %5}, {d28, d29, d30, d31};", x4, x5, x6, x7, w6, w7);
        }

        Group.Barrier();
    }

    ArrayView<float> sums = memory.Cast<float>();
    ArrayView<float> own = sums.SubView((warpRow + lane / 4) * 72 + warpColumn + lane % 4 * 2, 1754);
    CudaAsm.Emit("mov.f32 %0, d0;", out own[0]);
    CudaAsm.Emit("mov.f32 %0, d1;", out own[1]);
    CudaAsm.Emit("mov.f32 %0, d2;", out own[576]);
    CudaAsm.Emit("mov.f32 %0, d3;", out own[577]);
    CudaAsm.Emit("mov.f32 %0, d4;", out own[8]);
    CudaAsm.Emit("mov.f32 %0, d5;", out own[9]);
    CudaAsm.Emit("mov.f32 %0, d6;", out own[584]);
    CudaAsm.Emit("mov.f32 %0, d7;", out own[585]);
    CudaAsm.Emit("mov.f32 %0, d8;", out own[16]);
    CudaAsm.Emit("mov.f32 %0, d9;", out own[17]);
    CudaAsm.Emit("mov.f32 %0, d10;", out own[592]);
    CudaAsm.Emit("mov.f32 %0, d11;", out own[593]);
    CudaAsm.Emit("mov.f32 %0, d12;", out own[24]);
    CudaAsm.Emit("mov.f32 %0, d13;", out own[25]);
    CudaAsm.Emit("mov.f32 %0, d14;", out own[600]);
    CudaAsm.Emit("mov.f32 %0, d15;", out own[601]);
    CudaAsm.Emit("mov.f32 %0, d16;", out own[1152]);
    CudaAsm.Emit("mov.f32 %0, d17;", out own[1153]);
    CudaAsm.Emit("mov.f32 %0, d18;", out own[1728]);
    CudaAsm.Emit("mov.f32 %0, d19;", out own[1729]);
    CudaAsm.Emit("mov.f32 %0, d20;", out own[1160]);
    CudaAsm.Emit("mov.f32 %0, d21;", out own[1161]);
    CudaAsm.Emit("mov.f32 %0, d22;", out own[1736]);
    CudaAsm.Emit("mov.f32 %0, d23;", out own[1737]);
    CudaAsm.Emit("mov.f32 %0, d24;", out own[1168]);
    CudaAsm.Emit("mov.f32 %0, d25;", out own[1169]);
    CudaAsm.Emit("mov.f32 %0, d26;", out own[1744]);
    CudaAsm.Emit("mov.f32 %0, d27;", out own[1745]);
    CudaAsm.Emit("mov.f32 %0, d28;", out own[1176]);
    CudaAsm.Emit("mov.f32 %0, d29;", out own[1177]);
    CudaAsm.Emit("mov.f32 %0, d30;", out own[1752]);
    CudaAsm.Emit("mov.f32 %0, d31;", out own[1753]);
    Group.Barrier();

    for (int i = Group.IdxX; i < 4096; i += Group.DimX)
    {
        int row = firstRow + i / 64;
        int at = firstColumn + i % 64;
        if (row >= rows || at >= 136) continue;
        float sum = sums[i / 64 * 72 + i % 64];
        int sample = row;
        a.dSum[row * 136 + at] = a.reLU[sample * 136 + at] > 0f ? sum : 0f;
    }
}

/// <summary>dSum = (reLU &gt; 0 ? (dSum2 weightᵀ) : 0), the factors in TF32 on tensor cores, on devices without tensor cores.</summary>
[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
internal static void DenseInputGradient_64_136_Float32(DenseInputGradient_64_136_Arguments a)
{
    int rows = a.batch;
    for (int tile = Group.IdxX; tile < 128; tile += Group.DimX)
    {
        int row0 = Grid.IdxX / 3 * 64 + tile / 8 * 4;
        int across = Grid.IdxX % 3 * 8 + tile % 8;
        int column = across * 8;
        if (row0 >= rows || column >= 136) continue;
        int row1 = Math.Min(row0 + 1, rows - 1);
        int row2 = Math.Min(row0 + 2, rows - 1);
        int row3 = Math.Min(row0 + 3, rows - 1);
        float sum0_0 = 0f, sum0_1 = 0f, sum0_2 = 0f, sum0_3 = 0f, sum0_4 = 0f, sum0_5 = 0f, sum0_6 = 0f, sum0_7 = 0f;
        float sum1_0 = 0f, sum1_1 = 0f, sum1_2 = 0f, sum1_3 = 0f, sum1_4 = 0f, sum1_5 = 0f, sum1_6 = 0f, sum1_7 = 0f;
        float sum2_0 = 0f, sum2_1 = 0f, sum2_2 = 0f, sum2_3 = 0f, sum2_4 = 0f, sum2_5 = 0f, sum2_6 = 0f, sum2_7 = 0f;
        float sum3_0 = 0f, sum3_1 = 0f, sum3_2 = 0f, sum3_3 = 0f, sum3_4 = 0f, sum3_5 = 0f, sum3_6 = 0f, sum3_7 = 0f;
        ArrayView<float> x0 = a.dSum2.SubView(row0 * 64, 64);
        ArrayView<float> x1 = a.dSum2.SubView(row1 * 64, 64);
        ArrayView<float> x2 = a.dSum2.SubView(row2 * 64, 64);
        ArrayView<float> x3 = a.dSum2.SubView(row3 * 64, 64);
        ArrayView<float> w0 = a.weight.SubView(column * 64, 64);
        ArrayView<float> w1 = a.weight.SubView((column + 1) * 64, 64);
        ArrayView<float> w2 = a.weight.SubView((column + 2) * 64, 64);
        ArrayView<float> w3 = a.weight.SubView((column + 3) * 64, 64);
        ArrayView<float> w4 = a.weight.SubView((column + 4) * 64, 64);
        ArrayView<float> w5 = a.weight.SubView((column + 5) * 64, 64);
        ArrayView<float> w6 = a.weight.SubView((column + 6) * 64, 64);
        ArrayView<float> w7 = a.weight.SubView((column + 7) * 64, 64);
        for (int k = 0; k < 64; k++)
        {
            float v0 = w0[k], v1 = w1[k], v2 = w2[k], v3 = w3[k], v4 = w4[k], v5 = w5[k], v6 = w6[k], v7 = w7[k];
            float f0 = x0[k];
            float f1 = x1[k];
            float f2 = x2[k];
            float f3 = x3[k];
            sum0_0 += f0 * v0; sum0_1 += f0 * v1; sum0_2 += f0 * v2; sum0_3 += f0 * v3; sum0_4 += f0 * v4; sum0_5 += f0 * v5; sum0_6 += f0 * v6; sum0_7 += f0 * v7;
            sum1_0 += f1 * v0; sum1_1 += f1 * v1; sum1_2 += f1 * v2; sum1_3 += f1 * v3; sum1_4 += f1 * v4; sum1_5 += f1 * v5; sum1_6 += f1 * v6; sum1_7 += f1 * v7;
            sum2_0 += f2 * v0; sum2_1 += f2 * v1; sum2_2 += f2 * v2; sum2_3 += f2 * v3; sum2_4 += f2 * v4; sum2_5 += f2 * v5; sum2_6 += f2 * v6; sum2_7 += f2 * v7;
            sum3_0 += f3 * v0; sum3_1 += f3 * v1; sum3_2 += f3 * v2; sum3_3 += f3 * v3; sum3_4 += f3 * v4; sum3_5 += f3 * v5; sum3_6 += f3 * v6; sum3_7 += f3 * v7;
        }
        {
            int sample = row0;
            ArrayView<Float4> y = a.dSum.Cast<Float4>().SubView(row0 * 34 + across * 2, 2);
            y[0] = new Float4(a.reLU[sample * 136 + column] > 0f ? sum0_0 : 0f, a.reLU[sample * 136 + column + 1] > 0f ? sum0_1 : 0f, a.reLU[sample * 136 + column + 2] > 0f ? sum0_2 : 0f, a.reLU[sample * 136 + column + 3] > 0f ? sum0_3 : 0f);
            y[1] = new Float4(a.reLU[sample * 136 + column + 4] > 0f ? sum0_4 : 0f, a.reLU[sample * 136 + column + 5] > 0f ? sum0_5 : 0f, a.reLU[sample * 136 + column + 6] > 0f ? sum0_6 : 0f, a.reLU[sample * 136 + column + 7] > 0f ? sum0_7 : 0f);
        }
        if (row1 < rows && row1 == row0 + 1)
        {
            int sample = row1;
            ArrayView<Float4> y = a.dSum.Cast<Float4>().SubView(row1 * 34 + across * 2, 2);
            y[0] = new Float4(a.reLU[sample * 136 + column] > 0f ? sum1_0 : 0f, a.reLU[sample * 136 + column + 1] > 0f ? sum1_1 : 0f, a.reLU[sample * 136 + column + 2] > 0f ? sum1_2 : 0f, a.reLU[sample * 136 + column + 3] > 0f ? sum1_3 : 0f);
            y[1] = new Float4(a.reLU[sample * 136 + column + 4] > 0f ? sum1_4 : 0f, a.reLU[sample * 136 + column + 5] > 0f ? sum1_5 : 0f, a.reLU[sample * 136 + column + 6] > 0f ? sum1_6 : 0f, a.reLU[sample * 136 + column + 7] > 0f ? sum1_7 : 0f);
        }
        if (row2 < rows && row2 == row0 + 2)
        {
            int sample = row2;
            ArrayView<Float4> y = a.dSum.Cast<Float4>().SubView(row2 * 34 + across * 2, 2);
            y[0] = new Float4(a.reLU[sample * 136 + column] > 0f ? sum2_0 : 0f, a.reLU[sample * 136 + column + 1] > 0f ? sum2_1 : 0f, a.reLU[sample * 136 + column + 2] > 0f ? sum2_2 : 0f, a.reLU[sample * 136 + column + 3] > 0f ? sum2_3 : 0f);
            y[1] = new Float4(a.reLU[sample * 136 + column + 4] > 0f ? sum2_4 : 0f, a.reLU[sample * 136 + column + 5] > 0f ? sum2_5 : 0f, a.reLU[sample * 136 + column + 6] > 0f ? sum2_6 : 0f, a.reLU[sample * 136 + column + 7] > 0f ? sum2_7 : 0f);
        }
        if (row3 < rows && row3 == row0 + 3)
        {
            int sample = row3;
            ArrayView<Float4> y = a.dSum.Cast<Float4>().SubView(row3 * 34 + across * 2, 2);
            y[0] = new Float4(a.reLU[sample * 136 + column] > 0f ? sum3_0 : 0f, a.reLU[sample * 136 + column + 1] > 0f ? sum3_1 : 0f, a.reLU[sample * 136 + column + 2] > 0f ? sum3_2 : 0f, a.reLU[sample * 136 + column + 3] > 0f ? sum3_3 : 0f);
            y[1] = new Float4(a.reLU[sample * 136 + column + 4] > 0f ? sum3_4 : 0f, a.reLU[sample * 136 + column + 5] > 0f ? sum3_5 : 0f, a.reLU[sample * 136 + column + 6] > 0f ? sum3_6 : 0f, a.reLU[sample * 136 + column + 7] > 0f ? sum3_7 : 0f);
        }
    }
}

internal struct DenseInputGradient_64_136_Arguments
{
    public ArrayView<float> dSum;
    public ArrayView<float> dSum2;
    public ArrayView<float> weight;
    public ArrayView<float> reLU;
    public int batch;
}
