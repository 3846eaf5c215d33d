namespace NetDsl.Cpu;

/// <summary>
/// Scaled dot-product attention in several heads, softmax(scale q k^T) v, and its gradients. A block of queries meets all keys at once and its
/// weights stay in the second-level cache: no matrix of queries x keys is stored. The gradients compute the weights again from the logarithm of their sum
/// (Dao et al. 2022).
/// </summary>
public static class Attention
{
    /// <summary>y[i, h] = the sum over j of softmax over j of (scale q[i, h] k[j, g]) times v[j, g].</summary>
    /// <param name="f">The run.</param>
    /// <param name="q">Queries x (Heads Width) a sample.</param>
    /// <param name="k">Keys x (KeyHeads Width) a sample.</param>
    /// <param name="v">Keys x (KeyHeads ValueWidth) a sample.</param>
    /// <param name="y">Queries x (Heads ValueWidth) a sample.</param>
    /// <param name="logSum">Heads x Queries a sample: the logarithm of the sum of exp(scale q k) over the keys, for the gradients.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="mask">Keys a sample: 0 for a key that no query sees. None: all are seen.</param>
    public static void Forward(in CpuFrame f, BatchView q, BatchView k, BatchView v, BatchView y, BatchView logSum, in AttentionGeometry g, BatchView mask = default) =>
        f.Team.Run(new AttentionForwardKernel(q, k, v, y, logSum, mask, g, f.Workers), f.Batch * g.Heads);

    /// <summary>The gradients of <see cref="Forward"/> by queries, keys and values.</summary>
    /// <param name="f">The run.</param>
    /// <param name="q">Queries x (Heads Width) a sample.</param>
    /// <param name="k">Keys x (KeyHeads Width) a sample.</param>
    /// <param name="v">Keys x (KeyHeads ValueWidth) a sample.</param>
    /// <param name="y">What Forward computed.</param>
    /// <param name="logSum">What Forward computed.</param>
    /// <param name="dy">The gradient by y.</param>
    /// <param name="dq">As <paramref name="q"/>.</param>
    /// <param name="dk">As <paramref name="k"/>.</param>
    /// <param name="dv">As <paramref name="v"/>.</param>
    /// <param name="g">The shapes.</param>
    /// <param name="mask">As in Forward.</param>
    public static void Backward(
        in CpuFrame f, BatchView q, BatchView k, BatchView v, BatchView y, BatchView logSum, BatchView dy, BatchView dq, BatchView dk, BatchView dv, in AttentionGeometry g, BatchView mask = default) =>
        f.Team.Run(new AttentionBackwardKernel(q, k, v, y, logSum, dy, dq, dk, dv, mask, g, f.Workers), f.Batch * g.KeyHeads);

    /// <summary>Working memory that <see cref="Forward"/> uses.</summary>
    /// <param name="g">The shapes.</param>
    public static WorkingMemory ForwardScratch(in AttentionGeometry g) => new(worker: AttentionForwardKernel.WorkerFloats(in g));

    /// <summary>Working memory that <see cref="Backward"/> uses.</summary>
    /// <param name="g">The shapes.</param>
    public static WorkingMemory BackwardScratch(in AttentionGeometry g) => new(worker: AttentionBackwardKernel.WorkerFloats(in g));
}
