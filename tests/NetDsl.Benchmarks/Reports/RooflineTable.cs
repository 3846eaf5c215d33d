using System.Globalization;
using Spectre.Console;

namespace NetDsl.Benchmarks.Reports;

/// <summary>The layers for people.</summary>
internal static class RooflineTable
{
    public static Table Render(IReadOnlyList<RooflineRow> rows)
    {
        Table table = new Table().RoundedBorder().AddColumn("program").AddColumn("part");
        foreach (string header in (string[])["batch", "threads", "MFLOP", "KiB", "us", "quiet", "at least", "bound by", "share", "quiet"])
            table.AddColumn(new TableColumn(header).RightAligned());
        string last = "";
        foreach (RooflineRow row in rows)
        {
            string program = $"{row.Program} {row.Batch} {row.Threads}";
            if (last != "" && program != last && row.Program != "product") table.AddEmptyRow();
            last = program;
            table.AddRow(
                Markup.Escape(row.Program), Markup.Escape(row.Section), Show(row.Batch, "0"), Show(row.Threads, "0"), Show(row.Flops / 1e6, "0.000"),
                Show(row.Bytes / 1024, "#,##0.0"), Show(row.Microseconds, "#,##0.0"), Show(row.QuietMicroseconds, "#,##0.0"), Show(row.BoundMicroseconds, "#,##0.0"),
                row.Bound, Show(100 * row.Share, "0") + "%", Show(100 * row.QuietShare, "0") + "%");
        }

        return table;
    }

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
