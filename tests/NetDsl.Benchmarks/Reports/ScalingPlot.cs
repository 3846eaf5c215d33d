using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace NetDsl.Benchmarks.Reports;

/// <summary>Curves on two logarithmic axes, as an SVG.</summary>
internal static class ScalingPlot
{
    private const int Width = 800, Height = 480;

    public static void Write(string path, string axis, IEnumerable<ScalingCurve> curves)
    {
        using Plot plot = new();
        foreach (ScalingCurve curve in curves)
        {
            var line = plot.Add.Scatter(
                curve.Points.Select(point => Math.Log2(point.At)).ToArray(), curve.Points.Select(point => Math.Log10(point.Microseconds)).ToArray());
            line.LegendText = curve.Name;
        }

        plot.XLabel(axis);
        plot.YLabel("microseconds a step");
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = x => Math.Pow(2, x).ToString("0", CultureInfo.InvariantCulture) };
        plot.Axes.Left.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new LogMinorTickGenerator(),
            LabelFormatter = y => Math.Pow(10, y).ToString("#,##0", CultureInfo.InvariantCulture),
        };
        plot.Grid.MinorLineColor = Colors.Black.WithOpacity(0.06);
        plot.Grid.MinorLineWidth = 1;
        plot.ShowLegend(Alignment.UpperLeft);
        plot.SaveSvg(path, Width, Height);
    }
}
