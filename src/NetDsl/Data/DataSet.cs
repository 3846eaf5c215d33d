using NetDsl.Networks;

namespace NetDsl;

/// <summary>
/// Samples to train on, to validate or to test: named columns of equal length. Immutable; parts of a data set share its arrays.
/// </summary>
public sealed class DataSet
{
    private readonly Column[] _columns;

    /// <summary>A data set of columns.</summary>
    /// <param name="columns">At least one; equal numbers of samples, different names.</param>
    /// <exception cref="ArgumentException">There is none, two have the same name, or their numbers of samples differ.</exception>
    public DataSet(params Column[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0) throw new ArgumentException("A data set needs at least one column.", nameof(columns));
        foreach (Column column in columns)
        {
            ArgumentNullException.ThrowIfNull(column, nameof(columns));
            if (column.Count != columns[0].Count)
                throw new ArgumentException($"The columns of a data set have equally many samples; '{columns[0].Name}' has {columns[0].Count} and '{column.Name}' has {column.Count}.", nameof(columns));
        }

        if (columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two columns are named '{twice.Key}'.", nameof(columns));
        _columns = [.. columns];
    }

    /// <summary>Samples; at least 1.</summary>
    public int Count => _columns[0].Count;

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>A column by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public Column this[string name] => Find(name)
        ?? throw new KeyNotFoundException($"The data set has no column '{name}'; it has {Names}.");

    internal string Names => string.Join(", ", _columns.Select(column => $"'{column.Name}'"));

    /// <summary>A data set of columns.</summary>
    /// <inheritdoc cref="DataSet(Column[])"/>
    public static DataSet Create(params Column[] columns) => new(columns);

    /// <summary>The first samples: all, where there are not more.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public DataSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Count ? this : Slice(0, count);
    }

    /// <summary>Neighbouring samples.</summary>
    /// <param name="first">The first, from 0.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    public DataSet Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, Count, nameof(count));
        return new DataSet([.. _columns.Select(column => column.Slice(first, count))]);
    }

    /// <summary>Shuffles and divides in two; copies the samples.</summary>
    /// <param name="fraction">The first part's share, more than 0 and less than 1; both parts get at least one sample.</param>
    /// <param name="seed">The same seed divides the same way.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">There is one sample only.</exception>
    public (DataSet First, DataSet Second) Split(double fraction, long seed = 0)
    {
        int count = CountOf(fraction, nameof(fraction));
        int[] rows = [.. Enumerable.Range(0, Count)];
        new RandomStream(seed, "split").Shuffle(rows);
        return (Gather(rows.AsSpan(0, count)), Gather(rows.AsSpan(count)));
    }

    /// <summary>Shuffles and divides for cross-validation: each sample is tested once, and trained on in all other folds. Copies the samples.</summary>
    /// <param name="count">Folds; at least 2 and at most as many as there are samples. Their sizes differ by at most one.</param>
    /// <param name="seed">The same seed divides the same way.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 2 or more than the samples.</exception>
    public IReadOnlyList<(DataSet Train, DataSet Test)> Folds(int count, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        int[] rows = [.. Enumerable.Range(0, Count)];
        new RandomStream(seed, "folds").Shuffle(rows);
        List<(DataSet Train, DataSet Test)> folds = [];
        for (int fold = 0; fold < count; fold++)
        {
            int start = (int)((long)Count * fold / count), end = (int)((long)Count * (fold + 1) / count);
            folds.Add((Gather([.. rows[..start], .. rows[end..]]), Gather(rows.AsSpan(start, end - start))));
        }

        return folds;
    }

    /// <summary>The number of samples and the columns.</summary>
    public override string ToString() => $"{Count} samples ({string.Join(", ", _columns.Select(column => column.ToString()))})";

    internal Column? Find(string name) => Array.Find(_columns, column => column.Name == name);

    /// <summary>Samples in a share of the data: at least one, and at least one is left.</summary>
    internal int CountOf(double fraction, string argument)
    {
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(argument, fraction, "A share of the samples must be more than 0 and less than 1.");
        if (Count < 2) throw new InvalidOperationException("A data set of one sample cannot be divided.");
        return Math.Clamp((int)Math.Round(fraction * Count, MidpointRounding.AwayFromZero), 1, Count - 1);
    }

    private DataSet Gather(ReadOnlySpan<int> rows)
    {
        Column[] columns = new Column[_columns.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = _columns[i].Gather(rows);
        return new DataSet(columns);
    }
}
