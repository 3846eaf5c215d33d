namespace NetDsl.Cpu;

/// <summary>An attention: a part is one head of one sample.</summary>
internal readonly unsafe struct AttentionForwardKernel(BatchView q, BatchView k, BatchView v, BatchView y, BatchView logSum, BatchView mask, AttentionGeometry g, WorkerMemory memory) : IKernel
{
    /// <summary>Floats of a worker: panels of the keys and values, weights and sums of a block of queries.</summary>
    public static long WorkerFloats(in AttentionGeometry g)
    {
        long keys = AttentionBlocks.Padded(g.Keys), values = AttentionBlocks.Padded(g.ValueWidth);
        return Cut.Align((g.Width * keys) + (g.Keys * values) + (AttentionBlocks.Rows(in g) * (keys + values)));
    }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        if (g.Queries == 1) RunOne(part, worker);
        else RunBlocks(part, worker);
    }

    /// <summary>A single query reads keys and values once, where they lie: packing them would take longer. What the mask hides is not read at all.</summary>
    private void RunOne(int part, int worker)
    {
        (int sample, int head) = Math.DivRem(part, g.Heads);
        int shared = head / g.Sharing;
        nint keyStep = (nint)g.KeyHeads * g.Width, valueStep = (nint)g.KeyHeads * g.ValueWidth;
        Floats query = q[sample] + (head * g.Width), keys = k[sample] + (shared * g.Width), values = v[sample] + (shared * g.ValueWidth), seen = mask[sample];
        Floats output = y[sample] + (head * g.ValueWidth), weights = memory.Of(worker);
        float maximum = float.NegativeInfinity, sum = 0;
        for (int j = 0; j < g.Keys; j++)
        {
            bool hidden = !seen.IsNull && seen[j] == 0;
            weights[j] = hidden ? float.NegativeInfinity : g.Scale * AttentionBlocks.Dot(query, keys + (j * keyStep), g.Width);
            maximum = Math.Max(maximum, weights[j]);
        }

        output.AsSpan(g.ValueWidth).Clear();
        for (int j = 0; j < g.Keys; j++)
        {
            if (!seen.IsNull && seen[j] == 0) continue;
            float weight = MathF.Exp(weights[j] - maximum);
            sum += weight;
            AttentionBlocks.AddScaled(values + (j * valueStep), weight, output, g.ValueWidth);
        }

        AttentionBlocks.Scale(output, sum == 0 ? 0 : 1 / sum, output, g.ValueWidth);
        logSum[sample][head] = sum == 0 ? 0 : maximum + MathF.Log(sum);
    }

    private void RunBlocks(int part, int worker)
    {
        (int sample, int head) = Math.DivRem(part, g.Heads);
        int shared = head / g.Sharing, keys = AttentionBlocks.Padded(g.Keys), values = AttentionBlocks.Padded(g.ValueWidth), block = AttentionBlocks.Rows(g);
        nint queryStep = (nint)g.Heads * g.Width, keyStep = (nint)g.KeyHeads * g.Width, valueStep = (nint)g.KeyHeads * g.ValueWidth, outputStep = (nint)g.Heads * g.ValueWidth;
        float* keyPanels = memory.Of(worker).Pointer;
        float* valuePanels = keyPanels + ((nint)g.Width * keys);
        float* weights = valuePanels + ((nint)g.Keys * values);
        float* sums = weights + ((nint)block * keys);
        AttentionBlocks.PackTransposed(k[sample].Pointer + (shared * g.Width), keyStep, g.Keys, g.Width, keyPanels);
        AttentionBlocks.Pack(v[sample].Pointer + (shared * g.ValueWidth), valueStep, g.Keys, g.ValueWidth, valuePanels);

        float* queries = q[sample].Pointer + (head * g.Width);
        Floats output = y[sample] + (head * g.ValueWidth), logs = logSum[sample] + (head * g.Queries);
        Floats seen = mask[sample];
        float* inverse = stackalloc float[block];
        for (int first = 0, rows; first < g.Queries; first += rows)
        {
            rows = Math.Min(block, g.Queries - first);
            int end = g.Visible(first + rows - 1);
            AttentionBlocks.Multiply(queries + (first * queryStep), queryStep, 1, rows, keyPanels, g.Width, g.Width, end, weights, keys, accumulate: false);
            for (int i = 0; i < rows; i++)
            {
                Floats row = new(weights + ((nint)i * keys));
                if (!seen.IsNull) AttentionBlocks.Hide(row, seen, g.Visible(first + i), float.NegativeInfinity);
                (float sum, float maximum) = AttentionBlocks.Exponentials(row.Pointer, g.Visible(first + i), end, g.Scale);
                inverse[i] = sum == 0 ? 0 : 1 / sum;
                logs[first + i] = sum == 0 ? 0 : maximum + MathF.Log(sum);
            }

            AttentionBlocks.Multiply(weights, keys, 1, rows, valuePanels, g.Keys, end, g.ValueWidth, sums, values, accumulate: false);
            for (int i = 0; i < rows; i++)
                AttentionBlocks.Scale(new Floats(sums + ((nint)i * values)), inverse[i], output + ((first + i) * outputStep), g.ValueWidth);
        }
    }
}
