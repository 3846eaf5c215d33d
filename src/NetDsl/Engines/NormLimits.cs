using NetDsl.Cpu;
using NetDsl.Networks;

namespace NetDsl.Engines;

/// <summary>Scales the weights of each unit down whose norm is greater than a tensor's limit; after every step of the optimizer.</summary>
internal sealed class NormLimits(WorkerTeam team, FloatArena parameters, NetworkInfo info)
{
    // Weights of a part: some microseconds.
    private const int PartWeights = 8192;

    // Units whose weights lie side by side are passed over together: a cache line of each row.
    private const int BlockUnits = 16;

    private readonly ParameterTensor[] _tensors = [.. Tensors(info)];

    /// <summary>The tensors that have a limit.</summary>
    public static IEnumerable<ParameterTensor> Tensors(NetworkInfo info) => info.Parameters.Where(tensor => tensor is { Norm: not null, Role: ParameterRole.Trainable });

    /// <summary>Applies all limits.</summary>
    public void Apply()
    {
        foreach (ParameterTensor tensor in _tensors)
        {
            NormLimit limit = tensor.Norm!;
            int parts = Math.Min(limit.Units, Cut.Ceiling(tensor.Elements, PartWeights));
            team.Run(new LimitKernel(parameters.Floats + tensor.Offset, tensor.Elements, limit.Units, limit.Neighbours, limit.Most, parts), parts);
        }
    }

    private readonly unsafe struct LimitKernel(Floats weights, int elements, int units, int neighbours, float most, int parts) : IKernel
    {
        public void Run(int part, int worker)
        {
            int end = Cut.Start(units, parts, part + 1), stride = units * neighbours;

            // In double: the square of a large weight is more than a float holds.
            double* squares = stackalloc double[BlockUnits];
            for (int first = Cut.Start(units, parts, part); first < end; first += BlockUnits)
            {
                int count = Math.Min(end - first, BlockUnits);
                new Span<double>(squares, count).Clear();
                for (int row = first * neighbours; row < elements; row += stride)
                {
                    for (int unit = 0, i = row; unit < count; unit++)
                        for (int last = i + neighbours; i < last; i++) squares[unit] += (double)weights[i] * weights[i];
                }

                bool longer = false;
                for (int unit = 0; unit < count; unit++)
                {
                    double norm = Math.Sqrt(squares[unit]);
                    longer |= norm > most;
                    squares[unit] = norm > most ? most / norm : 1;
                }

                if (!longer) continue;
                for (int row = first * neighbours; row < elements; row += stride)
                {
                    for (int unit = 0, i = row; unit < count; unit++)
                        for (int last = i + neighbours; i < last; i++) weights[i] *= (float)squares[unit];
                }
            }
        }
    }
}
