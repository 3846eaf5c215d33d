using System.Text.Json;

namespace NetDsl.Aot.Tests;

/// <summary>What a run of the sample left behind.</summary>
/// <param name="Device">Where it computed, with the width of the vectors.</param>
/// <param name="StepLosses">The loss of every step.</param>
/// <param name="TestLoss">The loss over the test set.</param>
/// <param name="TestAccuracy">The accuracy over the test set.</param>
/// <param name="Weights">The file of the weights.</param>
internal sealed record TrainedSample(string Device, float[] StepLosses, double TestLoss, double TestAccuracy, byte[] Weights)
{
    public static TrainedSample Read(string json, string weights)
    {
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement root = report.RootElement;
        return new TrainedSample(
            root.GetProperty("device").GetString()!,
            [.. root.GetProperty("stepLosses").EnumerateArray().Select(loss => loss.GetSingle())],
            root.GetProperty("testLoss").GetDouble(),
            root.GetProperty("testAccuracy").GetDouble(),
            File.ReadAllBytes(weights));
    }
}
