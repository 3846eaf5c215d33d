using System.Globalization;
using Spectre.Console;

namespace NetDsl.Benchmarks.Reports;

/// <summary>The pairs for people.</summary>
internal static class PeersTable
{
    public static Table Render(IReadOnlyList<PeersRow> rows)
    {
        Table table = new Table().RoundedBorder().AddColumn("step").AddColumn(new TableColumn("NetDsl, us").RightAligned()).AddColumn("peer");
        foreach (string header in (string[])["peer, us", "ratio", "of peak"]) table.AddColumn(new TableColumn(header).RightAligned());
        foreach (PeersRow row in rows)
        {
            table.AddRow(
                row.Name,
                row.NetdslMicroseconds.ToString(row.NetdslMicroseconds < 10 ? "0.00" : "#,##0.0", CultureInfo.InvariantCulture),
                Markup.Escape(row.Peer),
                row.PeerMicroseconds.ToString(row.PeerMicroseconds < 10 ? "0.00" : "#,##0.0", CultureInfo.InvariantCulture),
                row.Ratio.ToString("0.000", CultureInfo.InvariantCulture),
                (100 * row.PeakFraction).ToString("0.0", CultureInfo.InvariantCulture) + "%");
        }

        return table;
    }
}
