using System.Runtime.CompilerServices;
using Xunit;

namespace NetDsl.Generators.Tests.Snapshots;

/// <summary>
/// Compares text with the file <c>name.verified.cs</c> beside the test. On a mismatch the text is written to
/// <c>name.received.cs</c>, to be compared and, where it is right, renamed (the conventions of Verify, which can take this file's place).
/// </summary>
internal static class Snapshot
{
    public static void Verify(string text, string name, [CallerFilePath] string test = "")
    {
        string folder = Path.GetDirectoryName(test)!;
        string verified = Path.Combine(folder, name + ".verified.cs"), received = Path.Combine(folder, name + ".received.cs");
        string expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : "";
        if (text == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        string[] wanted = expected.Split('\n'), got = text.Split('\n');
        int line = Enumerable.Range(0, Math.Max(wanted.Length, got.Length)).First(i => i >= wanted.Length || i >= got.Length || wanted[i] != got[i]);
        Assert.Fail($"{name} differs from line {line + 1} on:\n  verified: {wanted.ElementAtOrDefault(line) ?? "(end)"}\n  received: {got.ElementAtOrDefault(line) ?? "(end)"}\nCompare {Path.GetFileName(received)} with {Path.GetFileName(verified)} and rename it where it is right.");
    }
}
