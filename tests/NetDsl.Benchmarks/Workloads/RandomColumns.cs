using NetDsl.Networks;

namespace NetDsl.Benchmarks.Workloads;

/// <summary>Samples of a network that has not seen any: random numbers and labels for all of its columns.</summary>
/// <param name="info">The network.</param>
/// <param name="samples">How many.</param>
internal sealed class RandomColumns(NetworkInfo info, int samples)
{
    private readonly float[][] _inputs = Array.ConvertAll(info.Inputs, column => Numbers(samples * column.Elements));
    private readonly float[][] _targets = Array.ConvertAll(info.Targets, column => Array.ConvertAll(Numbers(samples * column.Elements), number => number < 0.5f ? 0f : 1f));
    private readonly int[][] _tokens = Array.ConvertAll(info.Inputs, column => Labels(column, samples));
    private readonly int[][] _labels = Array.ConvertAll(info.Targets, column => Labels(column, samples));

    /// <summary>Sets all columns of a run; the targets too where it has any use for them.</summary>
    public void Set(in ProgramRun run, bool targets)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (info.Inputs[i].Kind == ColumnKind.Labels) run.SetInput(i, _tokens[i]);
            else run.SetInput(i, _inputs[i]);
        }

        for (int i = 0; targets && i < _targets.Length; i++)
        {
            if (info.Targets[i].Kind == ColumnKind.Labels) run.SetLabels(i, _labels[i]);
            else run.SetTarget(i, _targets[i]);
        }
    }

    private static int[] Labels(ColumnInfo column, int samples) =>
        Array.ConvertAll(Numbers(samples * column.Elements), number => (int)(number * Math.Max(1, column.Classes)));

    private static float[] Numbers(int count)
    {
        Random random = new(count);
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan()) number = random.NextSingle();
        return numbers;
    }
}
