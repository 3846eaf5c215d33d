using NetDsl.Networks;

namespace NetDsl.Data;

/// <summary>Which columns of a data set are a network's inputs and targets.</summary>
internal static class ColumnMatch
{
    /// <summary>
    /// Columns of a network's own names are taken by name. Those that remain on both sides are matched by position, inputs
    /// first, where there are equally many.
    /// </summary>
    /// <exception cref="ArgumentException">What remains does not match; names both sides.</exception>
    public static Column[] Find(NetworkInfo info, DataSet data)
    {
        ColumnInfo[] wanted = [.. info.Inputs, .. info.Targets];
        Column?[] found = [.. wanted.Select(column => data.Find(column.Name))];
        Column[] rest = [.. data.Columns.Except(found.OfType<Column>())];
        int missing = found.Count(column => column is null);
        if (missing > 0 && rest.Length != missing)
        {
            string names = string.Join(", ", info.Inputs.Select(column => $"'{column.Name}'"));
            string targets = string.Join(", ", info.Targets.Select(column => $"'{column.Name}'"));
            string needs = info.Targets.Length == 0 ? $"the input {names}" : $"the input {names} and the target {targets}";
            throw new ArgumentException($"The data set has the columns {data.Names}; the network {info.Name} reads {needs}. Columns are matched by name, else by position, inputs first, where there are as many as are needed.", nameof(data));
        }

        int next = 0;
        for (int i = 0; i < found.Length; i++) found[i] ??= rest[next++];
        return [.. found.OfType<Column>()];
    }
}
