using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Data;

/// <summary>
/// A data set as a network reads it: columns found, checked and made ready, so that gathering a batch only copies.
/// </summary>
internal sealed class BatchReader : IDisposable
{
    private readonly ReadyColumn[] _inputs;
    private readonly ReadyColumn[] _targets;
    private ResidentData? _resident;

    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    public BatchReader(NetworkInfo info, DataSet data)
    {
        Column[] columns = ColumnMatch.Find(info, data);
        Info = info;
        Count = data.Count;
        _inputs = [.. info.Inputs.Select((column, i) => new ReadyColumn(info, column, columns[i], "input"))];
        _targets = [.. info.Targets.Select((column, i) => new ReadyColumn(info, column, columns[info.Inputs.Length + i], "target"))];
        foreach (LossInfo loss in info.Losses)
        {
            if (loss is { Kind: LossKind.BinaryCrossEntropy, Target: >= 0 }) _targets[loss.Target].RequireProbabilities();
        }
    }

    public NetworkInfo Info { get; }

    /// <summary>Samples.</summary>
    public int Count { get; }

    /// <summary>The column of an input.</summary>
    public ReadyColumn Input(int index) => _inputs[index];

    /// <summary>The column of a target.</summary>
    public ReadyColumn Target(int index) => _targets[index];

    /// <summary>Inputs that look like pixels and are not rescaled.</summary>
    public IEnumerable<string> UnscaledPixels() => _inputs.Where(input => input.LooksLikeUnscaledPixels()).Select(input => input.Info.Name);

    /// <summary>Puts the data into the device's own memory where it has one and the data fit; until <see cref="Dispose"/>.</summary>
    public void Reside(Engine engine) => _resident ??= engine.TryReside(_inputs, _targets);

    /// <summary>Copies the samples at these rows into a run of as many samples.</summary>
    public void Gather(EngineRun run, ReadOnlySpan<int> rows)
    {
        if (_resident is not null)
        {
            run.SetRows(_resident, rows);
            return;
        }

        for (int column = 0; column < _inputs.Length; column++)
        {
            for (int sample = 0; sample < rows.Length; sample++) _inputs[column].SetInput(run, column, sample, rows[sample], 1);
        }

        for (int column = 0; column < _targets.Length; column++)
        {
            for (int sample = 0; sample < rows.Length; sample++) _targets[column].SetTarget(run, column, sample, rows[sample], 1);
        }
    }

    /// <summary>Copies neighbouring samples into a run of as many samples.</summary>
    public void Gather(EngineRun run, int first)
    {
        if (_resident is not null)
        {
            run.SetRows(_resident, first);
            return;
        }

        for (int column = 0; column < _inputs.Length; column++) _inputs[column].SetInput(run, column, 0, first, run.Samples);
        for (int column = 0; column < _targets.Length; column++) _targets[column].SetTarget(run, column, 0, first, run.Samples);
    }

    /// <summary>Takes the data out of the device's memory.</summary>
    public void Dispose()
    {
        _resident?.Dispose();
        _resident = null;
    }
}
