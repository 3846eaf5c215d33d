namespace NetDsl.Cpu;

/// <summary>
/// The steps of recurrent layers and their gradients. What the inputs add is computed before, in one product over all steps, and so are the gradients by weights after: what is left in a
/// step is the product of the states with the recurrent weights, for some samples at a time, and the cell's formula.
/// </summary>
public static class Recurrent
{
    /// <summary>y[t] = tanh(p[t] + y[t - 1] u).</summary>
    /// <param name="f">The run.</param>
    /// <param name="y">steps x units a sample.</param>
    /// <param name="p">steps x units a sample.</param>
    /// <param name="u">units x units.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the last step comes first.</param>
    /// <param name="mask">steps a sample: 0 at a step that leaves the state as it was. None: there is no such step.</param>
    public static void SimpleForward(in CpuFrame f, BatchView y, BatchView p, Floats u, int steps, int units, bool reverse, BatchView mask = default) =>
        RecurrentForwardKernel<SimpleCell>.Run(in f, p, u, default, y, default, steps, units, reverse, mask);

    /// <summary>The gradient of <see cref="SimpleForward"/> by p.</summary>
    /// <param name="f">The run.</param>
    /// <param name="dp">steps x units a sample.</param>
    /// <param name="u">units x units.</param>
    /// <param name="y">What Forward computed.</param>
    /// <param name="dy">The gradient by y.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the last step comes first.</param>
    /// <param name="mask">As in Forward.</param>
    public static void SimpleBackward(in CpuFrame f, BatchView dp, Floats u, BatchView y, BatchView dy, int steps, int units, bool reverse, BatchView mask = default) =>
        RecurrentBackwardKernel<SimpleCell>.Run(in f, u, y, default, dy, dp, dp, steps, units, reverse, mask);

    /// <summary>With a = p[t] + y[t - 1] u in gates i, f, g, o: c = sigmoid(f) c[t - 1] + sigmoid(i) tanh(g), y = sigmoid(o) tanh(c).</summary>
    /// <param name="f">The run.</param>
    /// <param name="y">steps x units a sample.</param>
    /// <param name="kept">steps x 5 units a sample: the gates and c, for the gradient.</param>
    /// <param name="p">steps x 4 units a sample.</param>
    /// <param name="u">units x 4 units.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the last step comes first.</param>
    /// <param name="mask">steps a sample: 0 at a step that leaves the state as it was. None: there is no such step.</param>
    public static void LSTMForward(in CpuFrame f, BatchView y, BatchView kept, BatchView p, Floats u, int steps, int units, bool reverse, BatchView mask = default) =>
        RecurrentForwardKernel<LstmCell>.Run(in f, p, u, default, y, kept, steps, units, reverse, mask);

    /// <summary>The gradient of <see cref="LSTMForward"/> by p.</summary>
    /// <param name="f">The run.</param>
    /// <param name="dp">steps x 4 units a sample.</param>
    /// <param name="u">units x 4 units.</param>
    /// <param name="y">What Forward computed.</param>
    /// <param name="kept">What Forward kept.</param>
    /// <param name="dy">The gradient by y.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the last step comes first.</param>
    /// <param name="mask">As in Forward.</param>
    public static void LSTMBackward(in CpuFrame f, BatchView dp, Floats u, BatchView y, BatchView kept, BatchView dy, int steps, int units, bool reverse, BatchView mask = default) =>
        RecurrentBackwardKernel<LstmCell>.Run(in f, u, y, kept, dy, dp, dp, steps, units, reverse, mask);

    /// <summary>With a = y[t - 1] u + b in gates z, r, n: z, r = sigmoid(p[t] + a), n = tanh(p[t] + r a), y = z y[t - 1] + (1 - z) n.</summary>
    /// <param name="f">The run.</param>
    /// <param name="y">steps x units a sample.</param>
    /// <param name="kept">steps x 4 units a sample: z, r, n and a's part of n, for the gradient.</param>
    /// <param name="p">steps x 3 units a sample.</param>
    /// <param name="u">units x 3 units.</param>
    /// <param name="b">3 units.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the last step comes first.</param>
    /// <param name="mask">steps a sample: 0 at a step that leaves the state as it was. None: there is no such step.</param>
    public static void GRUForward(in CpuFrame f, BatchView y, BatchView kept, BatchView p, Floats u, Floats b, int steps, int units, bool reverse, BatchView mask = default) =>
        RecurrentForwardKernel<GruCell>.Run(in f, p, u, b, y, kept, steps, units, reverse, mask);

    /// <summary>The gradients of <see cref="GRUForward"/> by p and by a.</summary>
    /// <param name="f">The run.</param>
    /// <param name="dp">steps x 3 units a sample.</param>
    /// <param name="da">steps x 3 units a sample.</param>
    /// <param name="u">units x 3 units.</param>
    /// <param name="y">What Forward computed.</param>
    /// <param name="kept">What Forward kept.</param>
    /// <param name="dy">The gradient by y.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="units">Units.</param>
    /// <param name="reverse">Whether the last step comes first.</param>
    /// <param name="mask">As in Forward.</param>
    public static void GRUBackward(in CpuFrame f, BatchView dp, BatchView da, Floats u, BatchView y, BatchView kept, BatchView dy, int steps, int units, bool reverse, BatchView mask = default) =>
        RecurrentBackwardKernel<GruCell>.Run(in f, u, y, kept, dy, dp, da, steps, units, reverse, mask);

    /// <summary>Working memory that any of these uses.</summary>
    /// <param name="gates">Gates of the cell.</param>
    /// <param name="units">Units.</param>
    public static WorkingMemory Scratch(int gates, int units) =>
        new(worker: Math.Max(RecurrentBlocks.ForwardFloats(gates, units), RecurrentBlocks.BackwardFloats(gates, units)));
}
