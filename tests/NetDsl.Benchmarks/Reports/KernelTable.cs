using System.Globalization;
using NetDsl.Benchmarks.Workloads;
using Spectre.Console;

namespace NetDsl.Benchmarks.Reports;

/// <summary>What the time of a step on the device is made of.</summary>
internal static class KernelTable
{
    public static Table Render(IReadOnlyList<BenchmarkRow> rows)
    {
        Table table = new Table().RoundedBorder();
        foreach (string header in (string[])["step", "kernel", "layer"]) table.AddColumn(header);
        foreach (string header in (string[])["batch", "launches", "us a launch", "us a step", "share"]) table.AddColumn(new TableColumn(header).RightAligned());
        foreach (BenchmarkRow row in rows)
        {
            double total = row.Kernels.Sum(kernel => kernel.Launches * kernel.Microseconds);
            foreach (KernelFigure kernel in row.Kernels)
            {
                double microseconds = kernel.Launches * kernel.Microseconds;
                table.AddRow([.. ((string[])[row.Name, kernel.Name, kernel.Layer, Show(row.Batch, "0"), Show(kernel.Launches, "0.#"), Show(kernel.Microseconds, "#,##0.0"), Show(microseconds, "#,##0.0"), Show(100 * microseconds / total, "0.0") + "%"]).Select(Markup.Escape)]);
            }
        }

        return table;
    }

    private static string Show(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
