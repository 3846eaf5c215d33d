using System.Runtime.InteropServices;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Data;

/// <summary>One column as a network reads it: bytes and floats as they are, integers as floats or labels.</summary>
internal sealed class ReadyColumn : StoredColumn
{
    private readonly NetworkInfo _network;
    private readonly string _name;
    private readonly bool _isLabels;
    private readonly bool _isBytes;
    private readonly Column _numbers;
    private readonly int[] _labels = [];

    /// <param name="network">The network.</param>
    /// <param name="info">Its input or target.</param>
    /// <param name="column">The column of the data set.</param>
    /// <param name="role">Input or target, for messages.</param>
    /// <exception cref="ArgumentException">The column's shape, type or content is not what the network reads.</exception>
    public ReadyColumn(NetworkInfo network, ColumnInfo info, Column column, string role)
        : base(info)
    {
        (_network, _name, _numbers) = (network, column.Name, column);
        if (info.Kind == ColumnKind.Labels && info.Classes > 1 && column.Elements == (long)info.Elements * info.Classes)
            throw new ArgumentException(Sentences.OneHot(_name, info.Classes, info.Elements));
        if (column.Elements != info.Elements)
            throw new ArgumentException($"The column '{_name}' has {column.Elements} numbers a sample ({Extents.Show(column.Shape)}); the {role} '{info.Name}' of {network.Name} takes {info.Elements} ({Extents.Show(info.Shape)}).");
        if (info.Kind == ColumnKind.Labels)
        {
            _isLabels = true;
            _labels = ToLabels(column);
            LabelCheck.Range(_name, _labels, info);
            return;
        }

        _isBytes = column.Is<byte>();
        if (_isBytes) return;
        if (column.Is<int>()) _numbers = new Column(_name, Array.ConvertAll(column.Values<int>().ToArray(), value => (float)value), column.Shape);
        RequireFinite();
    }

    public override StoredType Type => _isLabels ? StoredType.Ints : _isBytes ? StoredType.Bytes : StoredType.Floats;

    public override ReadOnlySpan<byte> Memory =>
        _isLabels ? MemoryMarshal.AsBytes(Labels) : _isBytes ? _numbers.Values<byte>() : MemoryMarshal.AsBytes(_numbers.Values<float>());

    /// <summary>Labels of all samples.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Whether the network reads 0 to 255 here as they are.</summary>
    public bool LooksLikeUnscaledPixels()
    {
        if (Info.Rescaled || _isLabels) return false;
        if (_isBytes) return Pixels.Span(_numbers.Values<byte>());
        return Pixels.Span(_numbers.Values<float>());
    }

    /// <summary>Every number is 0 to 1.</summary>
    /// <exception cref="ArgumentException">One is not; names its row.</exception>
    public void RequireProbabilities()
    {
        for (int i = 0; i < _numbers.Count * Info.Elements; i++)
        {
            float value = _isBytes ? _numbers.Values<byte>()[i] : _numbers.Values<float>()[i];
            if (!(value is >= 0 and <= 1))
                throw new ArgumentException(FormattableString.Invariant($"'{_name}' has {value} in row {i / Info.Elements}; a target of a loss of probabilities is 0 or 1, or between."));
        }
    }

    /// <summary>Copies numbers of neighbouring samples out.</summary>
    public void CopyTo(Span<float> destination, int first)
    {
        int start = first * Info.Elements;
        if (_isBytes) Widening.ToFloats(_numbers.Values<byte>().Slice(start, destination.Length), destination);
        else _numbers.Values<float>().Slice(start, destination.Length).CopyTo(destination);
    }

    /// <summary>Copies neighbouring samples into an input of a run, from its sample <paramref name="sample"/> on.</summary>
    public void SetInput(EngineRun run, int input, int sample, int first, int count)
    {
        (int start, int length) = (first * Info.Elements, count * Info.Elements);
        if (_isLabels) run.SetInput(input, sample, _labels.AsSpan(start, length));
        else if (_isBytes) run.SetInput(input, sample, _numbers.Values<byte>().Slice(start, length));
        else run.SetInput(input, sample, _numbers.Values<float>().Slice(start, length));
    }

    /// <summary>Copies neighbouring samples into a target of a run, from its sample <paramref name="sample"/> on.</summary>
    public void SetTarget(EngineRun run, int target, int sample, int first, int count)
    {
        (int start, int length) = (first * Info.Elements, count * Info.Elements);
        if (_isLabels) run.SetLabels(target, sample, _labels.AsSpan(start, length));
        else if (_isBytes) run.SetTarget(target, sample, _numbers.Values<byte>().Slice(start, length));
        else run.SetTarget(target, sample, _numbers.Values<float>().Slice(start, length));
    }

    /// <summary>Labels as integers; floats only where they are whole.</summary>
    private int[] ToLabels(Column column)
    {
        if (column.Is<int>()) return column.Values<int>().ToArray();
        if (column.Is<byte>()) return Array.ConvertAll(column.Values<byte>().ToArray(), value => (int)value);
        ReadOnlySpan<float> values = column.Values<float>();
        int[] labels = new int[values.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            float value = values[i];
            if (!float.IsInteger(value) || Math.Abs(value) > 1 << 24)
                throw new ArgumentException(FormattableString.Invariant($"'{_name}' has {value} in row {i / Info.Elements}; labels are whole numbers, 0 to {Info.Classes - 1} for {Info.Classes} classes."));
            labels[i] = (int)value;
        }

        return labels;
    }

    private void RequireFinite()
    {
        ReadOnlySpan<float> values = _numbers.Values<float>();
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(FormattableString.Invariant($"'{_name}' has {values[i]} in row {i / Info.Elements}; {_network.Name} needs finite numbers."));
        }
    }
}
