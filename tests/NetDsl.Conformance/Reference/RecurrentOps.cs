using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Recurrent cells, a unit at a time, and their gradients by the chain rule through all steps.</summary>
internal static class RecurrentOps
{
    public static Tensor[] Forward(Op.Recurrence op, Tensor[] x)
    {
        Tensor p = x[0], u = x[1];
        int steps = p.Shape[0], units = op.Units;
        Tensor y = p.Like(steps, units), kept = p.Like(steps, op.Cell.Kept() * units);
        for (int sample = 0; sample < p.Samples; sample++)
        {
            double[] state = new double[units], memory = new double[units];
            foreach (int step in Steps(steps, op.Reverse))
            {
                int row = (sample * steps) + step;
                double[] next = new double[units];
                if (op.Masked && x[^1].Data[row] == 0)
                {
                    for (int unit = 0; unit < units; unit++)
                    {
                        y[row, unit] = state[unit];
                        if (op.Cell == Cell.LSTM) kept[row, (4 * units) + unit] = memory[unit];
                    }

                    continue;
                }

                for (int unit = 0; unit < units; unit++)
                {
                    double Recurrent(int gate)
                    {
                        double sum = op.Cell == Cell.GRU ? x[2].Data[(gate * units) + unit] : 0;
                        for (int other = 0; other < units; other++) sum += state[other] * u[other, (gate * units) + unit];
                        return sum;
                    }

                    double Input(int gate) => p[row, (gate * units) + unit];
                    switch (op.Cell)
                    {
                        case Cell.Simple:
                            next[unit] = Math.Tanh(Input(0) + Recurrent(0));
                            break;
                        case Cell.LSTM:
                            double i = Sigmoid(Input(0) + Recurrent(0)), f = Sigmoid(Input(1) + Recurrent(1)), g = Math.Tanh(Input(2) + Recurrent(2)), o = Sigmoid(Input(3) + Recurrent(3));
                            memory[unit] = (f * memory[unit]) + (i * g);
                            next[unit] = o * Math.Tanh(memory[unit]);
                            Keep(i, f, g, o, memory[unit]);
                            break;
                        default:
                            double z = Sigmoid(Input(0) + Recurrent(0)), r = Sigmoid(Input(1) + Recurrent(1)), m = Recurrent(2), n = Math.Tanh(Input(2) + (r * m));
                            next[unit] = (z * state[unit]) + ((1 - z) * n);
                            Keep(z, r, n, m);
                            break;
                    }

                    void Keep(params double[] values)
                    {
                        for (int value = 0; value < values.Length; value++) kept[row, (value * units) + unit] = values[value];
                    }
                }

                state = next;
                for (int unit = 0; unit < units; unit++) y[row, unit] = state[unit];
            }
        }

        return op.Cell.Kept() == 0 ? [y] : [y, kept];
    }

    public static Tensor[] Gradient(Op.RecurrenceGradient op, Tensor[] x)
    {
        Tensor u = x[0], y = x[1], dy = x[op.Masked ? ^2 : ^1];
        Tensor? kept = op.Cell.Kept() == 0 ? null : x[2];
        int steps = y.Shape[0], units = op.Units, gates = op.Cell.Gates();
        Tensor dp = y.Like(steps, gates * units), da = y.Like(steps, gates * units);
        for (int sample = 0; sample < y.Samples; sample++)
        {
            double[] dState = new double[units], dMemory = new double[units];
            int[] order = [.. Steps(steps, op.Reverse)];
            for (int index = steps - 1; index >= 0; index--)
            {
                int row = (sample * steps) + order[index];
                int? before = index == 0 ? null : (sample * steps) + order[index - 1];
                double[] earlier = new double[units];
                if (op.Masked && x[^1].Data[row] == 0)
                {
                    for (int unit = 0; unit < units; unit++) dState[unit] += dy[row, unit];
                    continue;
                }

                for (int unit = 0; unit < units; unit++)
                {
                    double Kept(int value) => kept![row, (value * units) + unit];
                    double dh = dy[row, unit] + dState[unit], previous = before is { } last ? y[last, unit] : 0;
                    switch (op.Cell)
                    {
                        case Cell.Simple:
                            Set(0, dh * (1 - (y[row, unit] * y[row, unit])));
                            break;
                        case Cell.LSTM:
                            double i = Kept(0), f = Kept(1), g = Kept(2), o = Kept(3), tanh = Math.Tanh(Kept(4));
                            double dc = dMemory[unit] + (dh * o * (1 - (tanh * tanh)));
                            Set(0, dc * g * i * (1 - i));
                            Set(1, dc * (before is { } step ? kept![step, (4 * units) + unit] : 0) * f * (1 - f));
                            Set(2, dc * i * (1 - (g * g)));
                            Set(3, dh * tanh * o * (1 - o));
                            dMemory[unit] = dc * f;
                            break;
                        default:
                            double z = Kept(0), r = Kept(1), n = Kept(2), m = Kept(3), dn = dh * (1 - z) * (1 - (n * n));
                            Set(0, dh * (previous - n) * z * (1 - z));
                            Set(1, dn * m * r * (1 - r));
                            Set(2, dn);
                            da[row, (2 * units) + unit] = dn * r;
                            earlier[unit] = dh * z;
                            break;
                    }

                    void Set(int gate, double value) => dp[row, (gate * units) + unit] = da[row, (gate * units) + unit] = value;
                }

                for (int unit = 0; unit < units; unit++)
                {
                    for (int column = 0; column < gates * units; column++) earlier[unit] += da[row, column] * u[unit, column];
                }

                dState = earlier;
            }
        }

        return op.Cell == Cell.GRU ? [dp, da] : [dp];
    }

    private static IEnumerable<int> Steps(int steps, bool reverse) => reverse ? Enumerable.Range(0, steps).Reverse() : Enumerable.Range(0, steps);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
