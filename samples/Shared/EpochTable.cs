using System.Globalization;
using Spectre.Console;

namespace NetDsl.Samples;

/// <summary>The figures of the epochs that ended, a row each.</summary>
internal sealed class EpochTable
{
    private readonly List<string[]> _rows = [];

    public int Count => _rows.Count;

    public bool Any => _rows.Count > 0;

    public string[] Headers { get; private set; } = [];

    /// <summary>Adds an epoch and returns its cells.</summary>
    public string[] Add(EpochResult epoch, int epochs)
    {
        List<(string Header, string Cell)> cells =
        [
            ("epoch", $"{epoch.Epoch}/{epochs}"),
            ("loss", Number(epoch.Loss, "0.0000")),
        ];
        if (epoch.Validation is { } validation)
        {
            cells.Add(("val loss", Number(validation.Loss, "0.0000")));
            if (!double.IsNaN(validation.Accuracy)) cells.Add(("val accuracy", Number(100 * validation.Accuracy, "0.00") + "%"));
        }

        cells.Add(("seconds", Number(epoch.Seconds, "0.00")));
        cells.Add(("samples/s", Number(epoch.SamplesPerSecond, "#,##0")));
        Headers = [.. cells.Select(cell => cell.Header)];
        string[] row = [.. cells.Select(cell => cell.Cell)];
        _rows.Add(row);
        return row;
    }

    public Table Render()
    {
        Table table = new Table().RoundedBorder();
        foreach (string header in Headers) table.AddColumn(new TableColumn(header).RightAligned());
        foreach (string[] row in _rows) table.AddRow(row);
        return table;
    }

    public static string Plain(string[] cells) => string.Concat(cells.Select(cell => cell.PadLeft(14)));

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
