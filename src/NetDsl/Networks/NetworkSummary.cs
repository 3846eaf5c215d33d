using System.Globalization;
using System.Text;
using NetDsl.Engines;

namespace NetDsl.Networks;

/// <summary>The table of layers as text, and what a training step needs of memory.</summary>
internal static class NetworkSummary
{
    public static string Write(NetworkInfo info, Engine engine, string device, int batch)
    {
        string[][] rows =
        [
            ["layer", "kind", "output", "parameters", "FLOPs"],
            .. info.Layers.Select(layer => new[]
            {
                layer.Path,
                layer.Detail.Length == 0 ? layer.Kind : $"{layer.Kind} ({layer.Detail})",
                Extents.Show(layer.Output),
                Number(layer.Parameters),
                Number(layer.Flops),
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{info.Name} on {device}\n");
        foreach (string[] row in rows)
        {
            text.Append(row[0].PadRight(widths[0])).Append("  ").Append(row[1].PadRight(widths[1])).Append("  ");
            for (int column = 2; column < row.Length; column++) text.Append(row[column].PadLeft(widths[column])).Append(column + 1 < row.Length ? "  " : "\n");
        }

        text.Append('\n');
        long Elements(ParameterRole role) => info.Parameters.Where(tensor => tensor.Role == role).Sum(tensor => (long)tensor.Elements);
        Line(text, "parameters", $"{Number(info.ParameterCount)} ({Number(Elements(ParameterRole.Trainable))} trainable, {Number(Elements(ParameterRole.Frozen))} frozen), and {Number(Elements(ParameterRole.State))} of state");
        Line(text, "forward pass", $"{Number(info.Layers.Sum(layer => layer.Flops))} FLOPs a sample");
        if (info.Losses.Length == 0) return text.ToString();
        long planned = engine.PlannedActivationBytes(batch);
        long written = engine.WrittenBytes(batch);
        Line(text, "training step", $"batch of {Number(batch)}");
        Line(text, "activation arena", $"{Number(planned)} bytes planned, {Number(engine.TrainingActivationBytes(batch))} bytes allocated");
        Line(text, "values written", $"{Number(written)} bytes of values and gradients; the arena is {(written == 0 ? 0 : 100.0 * planned / written).ToString("0.0", CultureInfo.InvariantCulture)}% of them");
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string value) => text.Append(name.PadRight(18)).Append(value).Append('\n');

    private static string Number(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture);
}
