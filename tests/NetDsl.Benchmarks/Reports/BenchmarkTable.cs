using System.Globalization;
using Spectre.Console;

namespace NetDsl.Benchmarks.Reports;

/// <summary>The rows for people.</summary>
internal static class BenchmarkTable
{
    public static Table Render(IReadOnlyList<BenchmarkRow> rows)
    {
        string[] peers = [.. rows.SelectMany(row => row.Peers).Select(peer => peer.Name).Distinct()];
        Table table = new Table().RoundedBorder();
        table.AddColumn("step");
        foreach (string header in (string[])["batch", "us", "samples/s", "launches", "to device", "from device", "MFLOP", "GFLOP/s", "of peak", "of bandwidth"])
            table.AddColumn(new TableColumn(header).RightAligned());
        foreach (string peer in peers)
        {
            table.AddColumn(new TableColumn($"{Markup.Escape(peer)}, us").RightAligned());
            table.AddColumn(new TableColumn("ratio").RightAligned());
        }

        foreach (BenchmarkRow row in rows)
        {
            List<string> cells =
            [
                row.Name, Show(row.Batch, "0"), Show(row.Microseconds, "#,##0"), Show(row.SamplesPerSecond, "#,##0"),
                Show(row.Launches, "0.#"), Show(row.BytesToDevice, "#,##0"), Show(row.BytesFromDevice, "#,##0"),
                Show(row.Flops / 1e6, "0.0"), Show(row.Gflops, "0.00"), Show(100 * row.PeakFraction, "0.00") + "%", Show(100 * row.BandwidthFraction, "0.0") + "%",
            ];
            foreach (string name in peers)
            {
                PeerFigure? peer = row.Peers.FirstOrDefault(peer => peer.Name == name);
                cells.Add(Show(peer?.Microseconds, "#,##0"));
                cells.Add(Show(peer?.Ratio, "0.00"));
            }

            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }

    private static string Show(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "";
}
