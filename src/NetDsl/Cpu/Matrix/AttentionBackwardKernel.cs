namespace NetDsl.Cpu;

/// <summary>The gradients of an attention: a part is one key head of one sample, with the heads that share it in order.</summary>
internal readonly unsafe struct AttentionBackwardKernel(
    BatchView q, BatchView k, BatchView v, BatchView y, BatchView logSum, BatchView dy, BatchView dq, BatchView dk, BatchView dv, BatchView mask, AttentionGeometry g, WorkerMemory memory)
    : IKernel
{
    /// <summary>Floats of a worker.</summary>
    public static long WorkerFloats(in AttentionGeometry g)
    {
        long keys = AttentionBlocks.Padded(g.Keys), values = AttentionBlocks.Padded(g.ValueWidth), width = AttentionBlocks.Padded(g.Width), rows = AttentionBlocks.Rows(in g);
        return Cut.Align(((g.Width + g.ValueWidth) * keys) + (2 * g.Keys * width) + (g.Keys * values) + (rows * ((2 * keys) + (2 * width) + values)));
    }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        (int sample, int shared) = Math.DivRem(part, g.KeyHeads);
        int keys = AttentionBlocks.Padded(g.Keys), values = AttentionBlocks.Padded(g.ValueWidth), width = AttentionBlocks.Padded(g.Width), block = AttentionBlocks.Rows(g);
        nint queryStep = (nint)g.Heads * g.Width, keyStep = (nint)g.KeyHeads * g.Width, valueStep = (nint)g.KeyHeads * g.ValueWidth, outputStep = (nint)g.Heads * g.ValueWidth;
        float* keysTransposed = memory.Of(worker).Pointer;
        float* valuesTransposed = keysTransposed + ((nint)g.Width * keys);
        float* keyPanels = valuesTransposed + ((nint)g.ValueWidth * keys);
        float* keySums = keyPanels + ((nint)g.Keys * width);
        float* valueSums = keySums + ((nint)g.Keys * width);
        float* weights = valueSums + ((nint)g.Keys * values);
        float* products = weights + ((nint)block * keys);
        float* queryPanels = products + ((nint)block * keys);
        float* querySums = queryPanels + ((nint)block * width);
        float* gradientPanels = querySums + ((nint)block * width);

        float* keyRows = k[sample].Pointer + (shared * g.Width), valueRows = v[sample].Pointer + (shared * g.ValueWidth);
        AttentionBlocks.PackTransposed(keyRows, keyStep, g.Keys, g.Width, keysTransposed);
        AttentionBlocks.PackTransposed(valueRows, valueStep, g.Keys, g.ValueWidth, valuesTransposed);
        AttentionBlocks.Pack(keyRows, keyStep, g.Keys, g.Width, keyPanels);
        new Span<float>(keySums, g.Keys * (width + values)).Clear();
        Floats seen = mask[sample];

        for (int head = shared * g.Sharing; head < (shared + 1) * g.Sharing; head++)
        {
            float* queries = q[sample].Pointer + (head * g.Width), gradients = dy[sample].Pointer + (head * g.ValueWidth);
            Floats output = y[sample] + (head * g.ValueWidth), logs = logSum[sample] + (head * g.Queries), queryGradient = dq[sample] + (head * g.Width);
            for (int first = 0, rows; first < g.Queries; first += rows)
            {
                rows = Math.Min(block, g.Queries - first);
                int end = g.Visible(first + rows - 1);
                float* query = queries + (first * queryStep), gradient = gradients + (first * outputStep);
                AttentionBlocks.Multiply(query, queryStep, 1, rows, keysTransposed, g.Width, g.Width, end, weights, keys, accumulate: false);
                AttentionBlocks.Multiply(gradient, outputStep, 1, rows, valuesTransposed, g.ValueWidth, g.ValueWidth, end, products, keys, accumulate: false);
                for (int i = 0; i < rows; i++)
                {
                    // The softmax's gradient: each weight times what its product is above the weighted mean of them, which is dy y.
                    float dot = AttentionBlocks.Dot(new Floats(gradient + (i * outputStep)), output + ((first + i) * outputStep), g.ValueWidth);
                    float* weight = weights + ((nint)i * keys), product = products + ((nint)i * keys);
                    AttentionBlocks.Gradients(weight, product, g.Visible(first + i), end, g.Scale, logs[first + i], dot);
                    if (seen.IsNull) continue;
                    AttentionBlocks.Hide(new(weight), seen, g.Visible(first + i), 0f);
                    AttentionBlocks.Hide(new(product), seen, g.Visible(first + i), 0f);
                }

                AttentionBlocks.Multiply(products, keys, 1, rows, keyPanels, g.Keys, end, g.Width, querySums, width, accumulate: false);
                Store(querySums, width, queryGradient + (first * queryStep), queryStep, rows, g.Width);
                AttentionBlocks.Pack(gradient, outputStep, rows, g.ValueWidth, gradientPanels);
                AttentionBlocks.Pack(query, queryStep, rows, g.Width, queryPanels);
                AttentionBlocks.Multiply(weights, 1, keys, end, gradientPanels, rows, rows, g.ValueWidth, valueSums, values, accumulate: true);
                AttentionBlocks.Multiply(products, 1, keys, end, queryPanels, rows, rows, g.Width, keySums, width, accumulate: true);
            }
        }

        Store(keySums, width, dk[sample] + (shared * g.Width), keyStep, g.Keys, g.Width);
        Store(valueSums, values, dv[sample] + (shared * g.ValueWidth), valueStep, g.Keys, g.ValueWidth);
    }

    private static void Store(float* sums, int sumStep, Floats target, nint step, int rows, int columns)
    {
        for (int i = 0; i < rows; i++) new ReadOnlySpan<float>(sums + ((nint)i * sumStep), columns).CopyTo((target + (i * step)).AsSpan(columns));
    }
}
