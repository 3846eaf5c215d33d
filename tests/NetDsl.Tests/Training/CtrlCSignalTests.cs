using System.Diagnostics;
using System.Globalization;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Training;

/// <summary>Alone, since every training of the process hears the signal.</summary>
[CollectionDefinition(nameof(CtrlCSignalTests), DisableParallelization = true)]
[Collection(nameof(CtrlCSignalTests))]
public sealed class CtrlCSignalTests
{
    [SignalFact]
    public void A_real_Ctrl_C_reaches_the_training()
    {
        using LinearNetwork network = LinearNetwork.Classifier();
        bool sent = false;
        FitTests.Listener listener = new(_ =>
        {
            if (sent) return;
            sent = true;
            using Process kill = Process.Start("kill", ["-INT", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        });
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        FitResult result = network.Fit(TinyData.Clusters(100), TinyData.Quiet(epochs: 10_000_000) with { Progress = listener, StopOnCtrlC = true }, limit.Token);
        Assert.True(result.Cancelled);
        Assert.False(limit.IsCancellationRequested, "Ctrl+C did not stop the training.");
    }

    /// <summary>Where a process can send itself the signal of Ctrl+C.</summary>
    private sealed class SignalFactAttribute : FactAttribute
    {
        public SignalFactAttribute()
        {
            if (OperatingSystem.IsWindows()) Skip = "Windows has no signal to send.";
            else if (Ignored()) Skip = "This process was started with SIGINT ignored, as by nohup or in the background of a script.";
        }

        /// <summary>.NET leaves a signal alone that was ignored at the start. Bit n - 1 of SigIgn is signal n, see proc(5).</summary>
        private static bool Ignored()
        {
            const string Status = "/proc/self/status", Field = "SigIgn:";
            if (!File.Exists(Status)) return false;
            string mask = File.ReadLines(Status).First(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Trim();
            return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0b10) != 0;
        }
    }
}
