using System.Text.RegularExpressions;
using Xunit;

namespace NetDsl.Aot.Tests;

/// <summary>A program published ahead of time is small, needs nothing beside it and computes what the JIT computes.</summary>
public sealed partial class PublicationTests(Publication publication) : IClassFixture<Publication>
{
    private const long MaxBytes = 7 * 1024 * 1024;

    [AotFact]
    public void NeitherTheTrimmerNorTheCompilerWarns() =>
        Assert.DoesNotContain(publication.Log.Split('\n'), line => Warning().IsMatch(line));

    [AotFact]
    public void OneFileOfAtMostSevenMegabytesIsPublished()
    {
        // Symbols and documentation; the weights and the data are elsewhere.
        string[] beside = [".dbg", ".pdb", ".xml"];
        FileInfo file = Assert.Single(publication.Files, file => !beside.Contains(file.Extension));
        Assert.Equal("MnistCnn", file.Name);
        Assert.InRange(file.Length, 1, MaxBytes);
    }

    [AotFact]
    public void TrainingGivesTheBitsOfTheJit()
    {
        TrainedSample ahead = publication.Train(), jit = publication.TrainUnderJit();
        Assert.Equal(jit.Device, ahead.Device);
        Assert.Contains("256-bit", ahead.Device, StringComparison.Ordinal);
        Assert.Equal(57, ahead.StepLosses.Length); // 1,800 samples in batches of 32.
        Assert.Equal(jit.StepLosses, ahead.StepLosses);
        Assert.Equal(jit.TestLoss, ahead.TestLoss);
        Assert.Equal(jit.TestAccuracy, ahead.TestAccuracy);
        Assert.Equal(jit.Weights, ahead.Weights);
    }

    /// <summary>IL2000 and on are of trimming, IL3000 and on of single files and code made at run time.</summary>
    [GeneratedRegex(@"\bIL[23]\d{3}\b")]
    private static partial Regex Warning();
}
