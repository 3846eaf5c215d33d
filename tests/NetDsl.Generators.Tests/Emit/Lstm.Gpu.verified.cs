/// <summary>states[t] = LSTM(sums[t] + states[t - 1] recurrentWeight).</summary>
internal static void LSTMForward_20x12(LSTMForward_20x12_Arguments a)
{
    // A group has a sample and goes through its steps; its items share the sums of each.
    int sample = Grid.IdxX;
    ArrayView<float> state = SharedMemory.Allocate<float>(12);
    ArrayView<float> sums = SharedMemory.Allocate<float>(48);
    ArrayView<float> memory = SharedMemory.Allocate<float>(12);
    for (int unit = Group.IdxX; unit < 12; unit += Group.DimX) { state[unit] = 0f; memory[unit] = 0f; }
    Group.Barrier();
    for (int i = 0; i < 20; i++)
    {
        int step = i;
        for (int column = Group.IdxX; column < 48; column += Group.DimX)
        {
            float input = a.sums[sample * 960 + step * 48 + column];
            float sum = 0f;
            {
                ArrayView<float> x = state.SubView(0, 8);
                ArrayView<float> w = a.recurrentWeight.SubView(column, 337);
                float w0 = w[0], w1 = w[48], w2 = w[96], w3 = w[144], w4 = w[192], w5 = w[240], w6 = w[288], w7 = w[336];
                sum += x[0] * w0; sum += x[1] * w1; sum += x[2] * w2; sum += x[3] * w3; sum += x[4] * w4; sum += x[5] * w5; sum += x[6] * w6; sum += x[7] * w7;
            }
            {
                ArrayView<float> x = state.SubView(8, 4);
                ArrayView<float> w = a.recurrentWeight.SubView(column + 8 * 48, 145);
                float w0 = w[0], w1 = w[48], w2 = w[96], w3 = w[144];
                sum += x[0] * w0; sum += x[1] * w1; sum += x[2] * w2; sum += x[3] * w3;
            }
            sums[column] = column >= 24 && column < 36 ? GpuMath.Tanh(input + sum) : GpuMath.Sigmoid(input + sum);
        }
        Group.Barrier();
        for (int unit = Group.IdxX; unit < 12; unit += Group.DimX)
        {
            float input = sums[unit], forget = sums[12 + unit], gate = sums[24 + unit], output = sums[36 + unit];
            float cell = forget * memory[unit] + input * gate;
            memory[unit] = cell;
            float y = output * GpuMath.Tanh(cell);
            a.kept[sample * 1200 + step * 60 + unit] = input;
            a.kept[sample * 1200 + step * 60 + 12 + unit] = forget;
            a.kept[sample * 1200 + step * 60 + 24 + unit] = gate;
            a.kept[sample * 1200 + step * 60 + 36 + unit] = output;
            a.kept[sample * 1200 + step * 60 + 48 + unit] = cell;
            state[unit] = y;
            a.states[sample * 240 + step * 12 + unit] = y;
        }
        Group.Barrier();
    }
}

internal struct LSTMForward_20x12_Arguments
{
    public ArrayView<float> states;
    public ArrayView<float> kept;
    public ArrayView<float> sums;
    public ArrayView<float> recurrentWeight;
    public int batch;
}

/// <summary>recurrentWeight, rows and columns exchanged.</summary>
internal static void LSTMTransposed_12x48(LSTMTransposed_12x48_Arguments a)
{
    int item = Grid.GlobalIndex.X;
    if (item >= 576) return;
    a.transposed[item] = a.recurrentWeight[item % 12 * 48 + item / 12];
}

internal struct LSTMTransposed_12x48_Arguments
{
    public ArrayView<float> recurrentWeight;
    public ArrayView<float> transposed;
}

/// <summary>dSums = gradient of the LSTM steps by their sums.</summary>
internal static void LSTMGradient_20x12(LSTMGradient_20x12_Arguments a)
{
    // A group has a sample and goes through its steps; its items share the sums of each.
    int sample = Grid.IdxX;
    ArrayView<float> state = SharedMemory.Allocate<float>(12);
    ArrayView<float> sums = SharedMemory.Allocate<float>(48);
    ArrayView<float> memory = SharedMemory.Allocate<float>(12);
    for (int unit = Group.IdxX; unit < 12; unit += Group.DimX) { state[unit] = 0f; memory[unit] = 0f; }
    ArrayView<float> shares = SharedMemory.Allocate<float>(48);
    for (int column = Group.IdxX; column < 48; column += Group.DimX) shares[column] = 0f;
    Group.Barrier();
    for (int i = 19; i >= 0; i--)
    {
        int step = i;
        int before = step - 1;
        for (int unit = Group.IdxX; unit < 12; unit += Group.DimX)
        {
            float gradient = a.dStates[sample * 240 + step * 12 + unit] + state[unit];
            gradient += shares[unit] + shares[12 + unit] + shares[24 + unit] + shares[36 + unit];
            float input = a.kept[sample * 1200 + step * 60 + unit], forget = a.kept[sample * 1200 + step * 60 + 12 + unit], gate = a.kept[sample * 1200 + step * 60 + 24 + unit], output = a.kept[sample * 1200 + step * 60 + 36 + unit], tanh = GpuMath.Tanh(a.kept[sample * 1200 + step * 60 + 48 + unit]);
            float cell = memory[unit] + gradient * output * (1f - tanh * tanh);
            float earlier = 0f;
            if (i > 0) earlier = a.kept[sample * 1200 + before * 60 + 48 + unit];
            float sum0 = cell * gate * input * (1f - input);
            a.dSums[sample * 960 + step * 48 + unit] = sum0;
            sums[unit] = sum0;
            float sum1 = cell * earlier * forget * (1f - forget);
            a.dSums[sample * 960 + step * 48 + 12 + unit] = sum1;
            sums[12 + unit] = sum1;
            float sum2 = cell * input * (1f - gate * gate);
            a.dSums[sample * 960 + step * 48 + 24 + unit] = sum2;
            sums[24 + unit] = sum2;
            float sum3 = gradient * tanh * output * (1f - output);
            a.dSums[sample * 960 + step * 48 + 36 + unit] = sum3;
            sums[36 + unit] = sum3;
            memory[unit] = cell * forget;
            state[unit] = 0f;
        }
        Group.Barrier();
        // What goes to the state of the step before.
        for (int share = Group.IdxX; share < 48; share += Group.DimX)
        {
            int unit = share % 12, first = share - unit;
            float sum = 0f;
            {
                ArrayView<float> x = sums.SubView(first, 8);
                ArrayView<float> w = a.transposed.SubView(first * 12 + unit, 85);
                float w0 = w[0], w1 = w[12], w2 = w[24], w3 = w[36], w4 = w[48], w5 = w[60], w6 = w[72], w7 = w[84];
                sum += x[0] * w0; sum += x[1] * w1; sum += x[2] * w2; sum += x[3] * w3; sum += x[4] * w4; sum += x[5] * w5; sum += x[6] * w6; sum += x[7] * w7;
            }
            {
                ArrayView<float> x = sums.SubView(first + 8, 4);
                ArrayView<float> w = a.transposed.SubView(first * 12 + unit + 8 * 12, 37);
                float w0 = w[0], w1 = w[12], w2 = w[24], w3 = w[36];
                sum += x[0] * w0; sum += x[1] * w1; sum += x[2] * w2; sum += x[3] * w3;
            }
            shares[share] = sum;
        }
        Group.Barrier();
    }
}

internal struct LSTMGradient_20x12_Arguments
{
    public ArrayView<float> dSums;
    public ArrayView<float> recurrentWeight;
    public ArrayView<float> states;
    public ArrayView<float> kept;
    public ArrayView<float> dStates;
    public ArrayView<float> transposed;
    public int batch;
}

/// <summary>dWeight[input] += dVectors, over all samples.</summary>
internal static void EmbeddingGatherGradient_9x6(EmbeddingGatherGradient_9x6_Arguments a)
{
    // A group has a row of the table and one of 16 parts of the indices; it looks through 128 of them at a time.
    int index = Grid.IdxX / 16;
    int part = Grid.IdxX % 16;
    ArrayView<float> sums = SharedMemory.Allocate<float>(6);
    ArrayView<int> mine = SharedMemory.Allocate<int>(128);
    ArrayView<int> last = SharedMemory.Allocate<int>(1);
    for (int column = Group.IdxX; column < 6; column += Group.DimX) sums[column] = 0f;
    if (Group.IdxX == 0) last[0] = -1;
    int rows = a.batch * 20;
    Group.Barrier();
    for (int from = part * 128; from < rows; from += 2048)
    {
        for (int at = Group.IdxX; at < 128; at += Group.DimX)
        {
            int row = from + at;
            int found = 0;
            if (row < rows && a.input[row] == index) found = 1;
            mine[at] = found;
            if (found == 1) last[0] = from; // Whoever writes, it is the same number.
        }
        Group.Barrier();
        if (last[0] == from)
        {
            for (int column = Group.IdxX; column < 6; column += Group.DimX)
            {
                float sum = sums[column];
                for (int at = 0; at < 128; at += 4)
                {
                    ArrayView<int> some = mine.SubView(at, 4);
                    int found0 = some[0], found1 = some[1], found2 = some[2], found3 = some[3];
                    if ((found0 | found1 | found2 | found3) == 0) continue;
                    int row = from + at;
                    if (found0 == 1) sum += a.dVectors[row * 6 + column];
                    if (found1 == 1) sum += a.dVectors[(row + 1) * 6 + column];
                    if (found2 == 1) sum += a.dVectors[(row + 2) * 6 + column];
                    if (found3 == 1) sum += a.dVectors[(row + 3) * 6 + column];
                }
                sums[column] = sum;
            }
        }
        Group.Barrier();
    }
    for (int column = Group.IdxX; column < 6; column += Group.DimX) a.partials[part * 54 + index * 6 + column] = sums[column];
}

internal struct EmbeddingGatherGradient_9x6_Arguments
{
    public ArrayView<float> dWeight;
    public ArrayView<int> input;
    public ArrayView<float> dVectors;
    public ArrayView<float> partials;
    public int batch;
}
