/// <summary>attended = softmax(0.28867513f query keyᵀ, causal) value in 2 heads; logSum = log of each sum.</summary>
internal static void MultiHeadAttentionForward_6x6_2x12(MultiHeadAttentionForward_6x6_2x12_Arguments a)
{
    int group = Grid.IdxX;
    int i = group % 6;
    int head = group / 6 % 2;
    int sample = group / 12;
    int shared = head;
    int keys = i + 1;
    ArrayView<float> weights = SharedMemory.Allocate<float>(6);
    ArrayView<float> query = SharedMemory.Allocate<float>(12);
    ArrayView<float> parts = SharedMemory.Allocate<float>(32);
    for (int c = Group.IdxX; c < 12; c += Group.DimX) query[c] = a.query[sample * 144 + i * 24 + head * 12 + c] * 0.28867513f;
    Group.Barrier();
    for (int j = Group.IdxX; j < keys; j += Group.DimX)
    {
        float product = 0f;
        {
            ArrayView<Float4> k = a.key.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3, 2);
            Float4 k0 = k[0], k1 = k[1];
            ArrayView<float> q = query.SubView(0, 8);
            product += q[0] * k0.X; product += q[1] * k0.Y; product += q[2] * k0.Z; product += q[3] * k0.W; product += q[4] * k1.X; product += q[5] * k1.Y; product += q[6] * k1.Z; product += q[7] * k1.W;
        }
        {
            Float4 k = a.key.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3 + 1 * 2, 1)[0];
            ArrayView<float> q = query.SubView(1 * 8, 4);
            product += q[0] * k.X; product += q[1] * k.Y; product += q[2] * k.Z; product += q[3] * k.W;
        }
        weights[j] = product;
    }
    Group.Barrier();
    for (int part = Group.IdxX; part < 32; part += Group.DimX)
    {
        float maxPart = float.NegativeInfinity;
        for (int j = part; j < keys; j += 32)
        {
            maxPart = GpuMath.Max(maxPart, weights[j]);
        }
        parts[part] = maxPart;
    }
    Group.Barrier();
    float max = float.NegativeInfinity;
    for (int part = 0; part < 32; part++) max = GpuMath.Max(max, parts[part]);
    Group.Barrier();
    for (int part = Group.IdxX; part < 32; part += Group.DimX)
    {
        float totalPart = 0f;
        for (int j = part; j < keys; j += 32)
        {
            float weight = GpuMath.Exp(weights[j] - max); weights[j] = weight; totalPart += weight;
        }
        parts[part] = totalPart;
    }
    Group.Barrier();
    float total = 0f;
    for (int part = 0; part < 32; part++) total += parts[part];
    Group.Barrier();
    float inverse = 1f / total;
    for (int c = Group.IdxX; c < 12; c += Group.DimX)
    {
        float sum = 0f;
        int j = 0;
        for (; j < keys; j++) sum += weights[j] * a.value[sample * 144 + j * 24 + shared * 12 + c];
        a.attended[sample * 144 + i * 24 + head * 12 + c] = sum * inverse;
    }
    if (Group.IdxX == 0) a.logSum[sample * 12 + head * 6 + i] = max + GpuMath.Log(total);
}

internal struct MultiHeadAttentionForward_6x6_2x12_Arguments
{
    public ArrayView<float> attended;
    public ArrayView<float> logSum;
    public ArrayView<float> query;
    public ArrayView<float> key;
    public ArrayView<float> value;
    public int batch;
}

/// <summary>dQuery, dKey, dValue = gradients of the attention of 2 heads, causal, by queries, keys and values.</summary>
internal static void MultiHeadAttentionQueryGradient_6x6_2x12(MultiHeadAttentionQueryGradient_6x6_2x12_Arguments a)
{
    int group = Grid.IdxX;
    int i = group % 6;
    int head = group / 6 % 2;
    int sample = group / 12;
    int shared = head;
    int keys = i + 1;
    ArrayView<float> products = SharedMemory.Allocate<float>(6);
    float dot = 0f;
    {
        ArrayView<Float4> d = a.dAttended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3, 2);
        Float4 d0 = d[0], d1 = d[1];
        ArrayView<Float4> y = a.attended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3, 2);
        Float4 y0 = y[0], y1 = y[1];
        dot += d0.X * y0.X; dot += d0.Y * y0.Y; dot += d0.Z * y0.Z; dot += d0.W * y0.W; dot += d1.X * y1.X; dot += d1.Y * y1.Y; dot += d1.Z * y1.Z; dot += d1.W * y1.W;
    }
    {
        Float4 d = a.dAttended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3 + 1 * 2, 1)[0];
        Float4 y = a.attended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3 + 1 * 2, 1)[0];
        dot += d.X * y.X; dot += d.Y * y.Y; dot += d.Z * y.Z; dot += d.W * y.W;
    }
    float logSum = a.logSum[sample * 12 + head * 6 + i];
    for (int j = Group.IdxX; j < keys; j += Group.DimX)
    {
        float product = 0f, gradient = 0f;
        {
            ArrayView<Float4> q = a.query.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3, 2);
            Float4 q0 = q[0], q1 = q[1];
            ArrayView<Float4> k = a.key.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3, 2);
            Float4 k0 = k[0], k1 = k[1];
            product += q0.X * k0.X; product += q0.Y * k0.Y; product += q0.Z * k0.Z; product += q0.W * k0.W; product += q1.X * k1.X; product += q1.Y * k1.Y; product += q1.Z * k1.Z; product += q1.W * k1.W;
        }
        {
            Float4 q = a.query.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3 + 1 * 2, 1)[0];
            Float4 k = a.key.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3 + 1 * 2, 1)[0];
            product += q.X * k.X; product += q.Y * k.Y; product += q.Z * k.Z; product += q.W * k.W;
        }
        {
            ArrayView<Float4> d = a.dAttended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3, 2);
            Float4 d0 = d[0], d1 = d[1];
            ArrayView<Float4> v = a.value.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3, 2);
            Float4 v0 = v[0], v1 = v[1];
            gradient += d0.X * v0.X; gradient += d0.Y * v0.Y; gradient += d0.Z * v0.Z; gradient += d0.W * v0.W; gradient += d1.X * v1.X; gradient += d1.Y * v1.Y; gradient += d1.Z * v1.Z; gradient += d1.W * v1.W;
        }
        {
            Float4 d = a.dAttended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3 + 1 * 2, 1)[0];
            Float4 v = a.value.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3 + 1 * 2, 1)[0];
            gradient += d.X * v.X; gradient += d.Y * v.Y; gradient += d.Z * v.Z; gradient += d.W * v.W;
        }
        products[j] = GpuMath.Exp(product * 0.28867513f - logSum) * (gradient - dot) * 0.28867513f;
    }
    Group.Barrier();
    for (int c = Group.IdxX; c < 12; c += Group.DimX)
    {
        float sum = 0f;
        int j = 0;
        for (; j < keys; j++) sum += products[j] * a.key[sample * 144 + j * 24 + shared * 12 + c];
        a.dQuery[sample * 144 + i * 24 + head * 12 + c] = sum;
    }
}

internal struct MultiHeadAttentionQueryGradient_6x6_2x12_Arguments
{
    public ArrayView<float> dQuery;
    public ArrayView<float> dKey;
    public ArrayView<float> dValue;
    public ArrayView<float> query;
    public ArrayView<float> key;
    public ArrayView<float> value;
    public ArrayView<float> attended;
    public ArrayView<float> logSum;
    public ArrayView<float> dAttended;
    public int batch;
}

/// <summary>dQuery, dKey, dValue = gradients of the attention of 2 heads, causal, by queries, keys and values.</summary>
internal static void MultiHeadAttentionKeyGradient_6x6_2x12(MultiHeadAttentionKeyGradient_6x6_2x12_Arguments a)
{
    int group = Grid.IdxX;
    int j = group % 6;
    int shared = group / 6 % 2;
    int sample = group / 12;
    int from = j;
    ArrayView<float> weights = SharedMemory.Allocate<float>(6);
    ArrayView<float> products = SharedMemory.Allocate<float>(6);
    int head = shared;
    for (int i = from + Group.IdxX; i < 6; i += Group.DimX)
    {
        float product = 0f, gradient = 0f;
        {
            ArrayView<Float4> q = a.query.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3, 2);
            Float4 q0 = q[0], q1 = q[1];
            ArrayView<Float4> k = a.key.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3, 2);
            Float4 k0 = k[0], k1 = k[1];
            product += q0.X * k0.X; product += q0.Y * k0.Y; product += q0.Z * k0.Z; product += q0.W * k0.W; product += q1.X * k1.X; product += q1.Y * k1.Y; product += q1.Z * k1.Z; product += q1.W * k1.W;
        }
        {
            Float4 q = a.query.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3 + 1 * 2, 1)[0];
            Float4 k = a.key.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3 + 1 * 2, 1)[0];
            product += q.X * k.X; product += q.Y * k.Y; product += q.Z * k.Z; product += q.W * k.W;
        }
        {
            ArrayView<Float4> d = a.dAttended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3, 2);
            Float4 d0 = d[0], d1 = d[1];
            ArrayView<Float4> v = a.value.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3, 2);
            Float4 v0 = v[0], v1 = v[1];
            ArrayView<Float4> y = a.attended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3, 2);
            Float4 y0 = y[0], y1 = y[1];
            gradient += d0.X * (v0.X - y0.X); gradient += d0.Y * (v0.Y - y0.Y); gradient += d0.Z * (v0.Z - y0.Z); gradient += d0.W * (v0.W - y0.W); gradient += d1.X * (v1.X - y1.X); gradient += d1.Y * (v1.Y - y1.Y); gradient += d1.Z * (v1.Z - y1.Z); gradient += d1.W * (v1.W - y1.W);
        }
        {
            Float4 d = a.dAttended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3 + 1 * 2, 1)[0];
            Float4 v = a.value.Cast<Float4>().SubView(sample * 36 + j * 6 + shared * 3 + 1 * 2, 1)[0];
            Float4 y = a.attended.Cast<Float4>().SubView(sample * 36 + i * 6 + head * 3 + 1 * 2, 1)[0];
            gradient += d.X * (v.X - y.X); gradient += d.Y * (v.Y - y.Y); gradient += d.Z * (v.Z - y.Z); gradient += d.W * (v.W - y.W);
        }
        float weight = GpuMath.Exp(product * 0.28867513f - a.logSum[sample * 12 + head * 6 + i]);
        weights[i] = weight;
        products[i] = weight * gradient * 0.28867513f;
    }
    Group.Barrier();
    for (int c = Group.IdxX; c < 12; c += Group.DimX)
    {
        float sum = 0f;
        int i = from;
        for (; i < 6; i++) sum += products[i] * a.query[sample * 144 + i * 24 + head * 12 + c];
        a.dKey[sample * 144 + j * 24 + shared * 12 + c] = sum;
    }
    for (int c = Group.IdxX; c < 12; c += Group.DimX)
    {
        float sum = 0f;
        int i = from;
        for (; i < 6; i++) sum += weights[i] * a.dAttended[sample * 144 + i * 24 + head * 12 + c];
        a.dValue[sample * 144 + j * 24 + shared * 12 + c] = sum;
    }
}

internal struct MultiHeadAttentionKeyGradient_6x6_2x12_Arguments
{
    public ArrayView<float> dQuery;
    public ArrayView<float> dKey;
    public ArrayView<float> dValue;
    public ArrayView<float> query;
    public ArrayView<float> key;
    public ArrayView<float> value;
    public ArrayView<float> attended;
    public ArrayView<float> logSum;
    public ArrayView<float> dAttended;
    public int batch;
}
