using NetDsl.Cpu;
using NetDsl.Networks;

namespace NetDsl.Engines;

/// <summary>Scales the weights of each unit down whose norm is greater than a tensor's limit; after every step of the optimizer.</summary>
internal sealed class NormLimits(WorkerTeam team, FloatArena parameters, NetworkInfo info)
{
    // Weights of a part: some microseconds.
    private const int PartWeights = 8192;

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
            int first = Cut.Start(units, parts, part), end = Cut.Start(units, parts, part + 1), stride = units * neighbours;
            for (int unit = first; unit < end; unit++)
            {
                // In double: the square of a large weight is more than a float holds.
                double squares = 0;
                for (int start = unit * neighbours; start < elements; start += stride)
                    for (int i = start; i < start + neighbours; i++) squares += (double)weights[i] * weights[i];
                double norm = Math.Sqrt(squares);
                if (!(norm > most)) continue;
                float scale = (float)(most / norm);
                for (int start = unit * neighbours; start < elements; start += stride)
                    for (int i = start; i < start + neighbours; i++) weights[i] *= scale;
            }
        }
    }
}
