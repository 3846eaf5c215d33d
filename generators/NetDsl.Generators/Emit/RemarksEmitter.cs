using System.Globalization;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Emit;

/// <summary>
/// Writes the table of layers as the class's remarks, which the editor shows on hover. There is no summary, so that the
/// user's own is joined to it.
/// </summary>
internal static class RemarksEmitter
{
    public static void Write(CodeWriter code, NetworkSurface surface)
    {
        code.Line("/// <remarks>");
        code.Line("/// <list type=\"table\">");
        code.Line("/// <listheader><term>Layer</term><description>Output, parameters, FLOPs</description></listheader>");
        foreach (LayerRow row in surface.Shapes.Layers)
        {
            string detail = row.Detail.Length == 0 ? "" : $" ({CSharp.Xml(row.Detail)})";
            string kind = row.Path.StartsWith(row.Kind, StringComparison.Ordinal) ? "" : $" {row.Kind}";
            code.Line($"/// <item><term>{CSharp.Xml(row.Path)}{kind}{detail}</term><description>{CSharp.Shape(row.Output)}{Count(row.Parameters, "parameter")}{Count(row.Flops, "FLOP")}</description></item>");
        }

        code.Line("/// </list>");
        long parameters = surface.Shapes.Layers.Sum(row => row.Parameters), flops = surface.Shapes.Layers.Sum(row => row.Flops);
        code.Line($"/// <para>{Number(parameters)} parameters ({Bytes(parameters * 4)}), {Number(flops)} FLOPs a sample forward.</para>");
        code.Line("/// </remarks>");
    }

    private static string Count(long count, string what) => count == 0 ? "" : $", {Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{Number(bytes)} bytes",
        < 1024 * 1024 => (bytes / 1024.0).ToString("F1", CultureInfo.InvariantCulture) + " KiB",
        _ => (bytes / (1024.0 * 1024)).ToString("F1", CultureInfo.InvariantCulture) + " MiB",
    };
}
