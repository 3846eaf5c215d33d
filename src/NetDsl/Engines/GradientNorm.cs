using System.Numerics;
using NetDsl.Cpu;

namespace NetDsl.Engines;

/// <summary>
/// The norm of all gradients, sqrt(sum of g²): a sum for each part of the arena, in double, then the sum of the sums in their
/// order, so that the bits do not depend on the number of threads.
/// </summary>
internal sealed class GradientNorm(WorkerTeam team, FloatArena gradients)
{
    private double[] _sums = [];

    /// <summary>The norm of the gradients, each within -<paramref name="limit"/> to <paramref name="limit"/>.</summary>
    public double Compute(float limit)
    {
        int length = checked((int)gradients.Length);
        int parts = ArenaParts.Count(length);
        if (_sums.Length != parts) _sums = new double[parts];
        team.Run(new SquareSumKernel(gradients.Floats, length, new GradientClip(limit, 1), _sums), parts);
        double sum = 0;
        foreach (double part in _sums) sum += part;
        return Math.Sqrt(sum);
    }

    private readonly struct SquareSumKernel(Floats gradients, int length, GradientClip clip, double[] sums) : IKernel
    {
        public void Run(int part, int worker)
        {
            (int start, int end) = ArenaParts.Range(part, length);
            Vector<double> low = default, high = default;
            for (int i = start; i < end; i += Vector<float>.Count)
            {
                Vector.Widen(clip.Apply(new VectorLanes(gradients.Load(i))).Value, out Vector<double> first, out Vector<double> second);
                low += first * first;
                high += second * second;
            }

            sums[part] = Vector.Sum(low + high);
        }
    }
}
