using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Attention as it is written in the literature, with the whole matrix of weights, and its gradients by the chain rule.</summary>
internal static class AttentionOps
{
    public static Tensor[] Forward(Op.Attention op, Tensor q, Tensor k, Tensor v, Tensor? mask)
    {
        int queries = q.Shape[0], keys = k.Shape[0], width = q.Last / op.Heads, valueWidth = v.Last / op.KeyHeads;
        Tensor y = q.Like(queries, op.Heads * valueWidth), logs = q.Like(op.Heads, queries);
        for (int sample = 0; sample < q.Samples; sample++)
        {
            for (int head = 0; head < op.Heads; head++)
            {
                int shared = head * op.KeyHeads / op.Heads;
                for (int i = 0; i < queries; i++)
                {
                    double[] weights = Weights(q, k, mask, sample, i, head * width, shared * width, width, op.Scale, op.Causal ? i + keys - queries : keys, out double log);
                    logs[(sample * op.Heads) + head, i] = log;
                    for (int j = 0; j < keys; j++)
                    {
                        for (int c = 0; c < valueWidth; c++) y[(sample * queries) + i, (head * valueWidth) + c] += weights[j] * v[(sample * keys) + j, (shared * valueWidth) + c];
                    }
                }
            }
        }

        return [y, logs];
    }

    public static Tensor[] Gradient(Op.AttentionGradient op, Tensor q, Tensor k, Tensor v, Tensor dy, Tensor? mask)
    {
        int queries = q.Shape[0], keys = k.Shape[0], width = q.Last / op.Heads, valueWidth = v.Last / op.KeyHeads;
        Tensor dq = q.Like(q.Shape), dk = k.Like(k.Shape), dv = v.Like(v.Shape);
        for (int sample = 0; sample < q.Samples; sample++)
        {
            for (int head = 0; head < op.Heads; head++)
            {
                int shared = head * op.KeyHeads / op.Heads;
                for (int i = 0; i < queries; i++)
                {
                    int row = (sample * queries) + i;
                    double[] weights = Weights(q, k, mask, sample, i, head * width, shared * width, width, op.Scale, op.Causal ? i + keys - queries : keys, out _);
                    double[] dWeights = new double[keys];
                    for (int j = 0; j < keys; j++)
                    {
                        for (int c = 0; c < valueWidth; c++)
                        {
                            double gradient = dy[row, (head * valueWidth) + c];
                            dv[(sample * keys) + j, (shared * valueWidth) + c] += weights[j] * gradient;
                            dWeights[j] += gradient * v[(sample * keys) + j, (shared * valueWidth) + c];
                        }
                    }

                    double mean = weights.Zip(dWeights, (weight, gradient) => weight * gradient).Sum();
                    for (int j = 0; j < keys; j++)
                    {
                        double product = weights[j] * (dWeights[j] - mean) * op.Scale;
                        for (int c = 0; c < width; c++)
                        {
                            dq[row, (head * width) + c] += product * k[(sample * keys) + j, (shared * width) + c];
                            dk[(sample * keys) + j, (shared * width) + c] += product * q[row, (head * width) + c];
                        }
                    }
                }
            }
        }

        return [dq, dk, dv];
    }

    /// <summary>softmax over j of scale q[i] k[j], 0 behind the last key that is seen and where the mask is; none at all where no key is left.</summary>
    private static double[] Weights(Tensor q, Tensor k, Tensor? mask, int sample, int i, int queryStart, int keyStart, int width, double scale, int last, out double log)
    {
        int queries = q.Shape[0], keys = k.Shape[0];
        double[] products = new double[keys];
        for (int j = 0; j < keys; j++)
        {
            for (int c = 0; c < width; c++) products[j] += q[(sample * queries) + i, queryStart + c] * k[(sample * keys) + j, keyStart + c] * scale;
            if (j > last || (mask is not null && mask.Data[(sample * keys) + j] == 0)) products[j] = double.NegativeInfinity;
        }

        double max = products.Max();
        log = 0;
        if (mask is not null && double.IsNegativeInfinity(max)) return new double[keys];
        double logSum = max + Math.Log(products.Sum(product => Math.Exp(product - max)));
        log = logSum;
        return [.. products.Select(product => Math.Exp(product - logSum))];
    }
}
