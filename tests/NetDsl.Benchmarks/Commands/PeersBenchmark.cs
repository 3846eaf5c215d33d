using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.OnnxRuntime;
using NetDsl.Benchmarks.Peaks;
using NetDsl.Benchmarks.Peers.TorchSharp;
using NetDsl.Benchmarks.Reports;
using NetDsl.Benchmarks.Workloads;
using Spectre.Console;

namespace NetDsl.Benchmarks.Commands;

/// <summary>One run of the command <c>peers</c>: the same numbers are checked first, then every contestant has its turns.</summary>
internal static class PeersBenchmark
{
    private const int CheckedSteps = 5;

    /// <summary>Greatest difference of losses and probabilities in those steps.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>The row of a whole run of the sample.</summary>
    private const string WholeRunName = "run-mnist-cnn";

    public static void Run(string filter, int turns, int runEpochs, string? json)
    {
        Pair[] pairs = [.. Pair.All.Where(pair => pair.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        bool whole = WholeRunName.Contains(filter, StringComparison.OrdinalIgnoreCase);
        if (pairs.Length == 0 && !whole) throw new ArgumentException($"No row's name contains '{filter}'; there are {string.Join(", ", Pair.All.Select(pair => pair.Name))}, {WholeRunName}.");
        List<string> notes = [];
        if (MachineLoad.Warning(MachineLoad.Read()) is { } warning) notes.Add(warning);
        int threads = Environment.ProcessorCount;
        List<PeersRow> rows = [];
        foreach (Pair pair in pairs)
        {
            Console.Error.WriteLine(pair.Name);
            rows.Add(Row(pair, threads, turns));
        }

        if (whole)
        {
            Console.Error.WriteLine(WholeRunName);
            rows.Add(WholeRow(threads, runEpochs));
            notes.Add($"{WholeRunName}: {runEpochs} {(runEpochs == 1 ? "epoch" : "epochs")} from loading the data to the tested network, once each.");
        }

        AnsiConsole.Console.Profile.Width = Math.Max(AnsiConsole.Console.Profile.Width, 120);
        AnsiConsole.Write(PeersTable.Render(rows));
        Console.WriteLine($"Medians of all counted steps; NetDsl on {threads} threads, each peer at its better number of threads of 1 and {threads}. A ratio is NetDsl's time over the peer's.");
        foreach (string note in notes) Console.WriteLine(note);
        if (json is null) return;
        new PeersReport
        {
            Dotnet = Environment.Version.ToString(),
            System = RuntimeInformation.RuntimeIdentifier,
            Processors = Environment.ProcessorCount,
            Vectors = Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : "128 bits",
            Date = DateTimeOffset.UtcNow,
            TorchSharp = typeof(global::TorchSharp.torch).Assembly.GetName().Version?.ToString(3) ?? "",
            OnnxRuntime = OrtEnv.Instance().GetVersionString(),
            Notes = notes,
            Rows = rows,
        }.Write(json);
        Console.WriteLine($"The figures are in {json}.");
    }

    private static PeersRow Row(Pair pair, int threads, int turns)
    {
        (NetDslStep ours, Contestant[] peers) = pair.Contestants(threads);
        try
        {
            CheckSameNumbers(pair, ours, peers);
            TurnTimer timer = new(ours);
            TurnTimer[] others = Array.ConvertAll(peers, peer => new TurnTimer(peer));
            TurnTimer[] all = [timer, .. others];
            foreach (TurnTimer contestant in all) contestant.Plan();
            double peak = CpuPeak.MultiplyAdds(threads);
            for (int turn = 0; turn < turns; turn++)
                foreach (TurnTimer contestant in all) contestant.Turn();
            peak = Math.Max(peak, CpuPeak.MultiplyAdds(threads));
            TurnTimer best = others.MinBy(other => other.Median)!;
            double gflops = NetworkCost.Flops(ours.Network.Runtime.Info, pair.Kind, pair.Batch) / timer.Median / 1e3;
            return new PeersRow
            {
                Name = pair.Name,
                NetdslMicroseconds = timer.Median,
                Peer = best.Name,
                PeerMicroseconds = best.Median,
                Ratio = timer.Median / best.Median,
                PeakFraction = gflops / peak,
                PeakGflops = peak,
                Contestants = all.ToDictionary(contestant => contestant.Name, contestant => contestant.Median),
            };
        }
        finally
        {
            foreach (Contestant peer in peers) peer.Dispose();
            ours.Dispose();
        }
    }

    /// <summary>Each runs once, the peer at the number of threads with which its warm-up was faster.</summary>
    private static PeersRow WholeRow(int threads, int epochs)
    {
        NetDslRun ours = new(threads);
        ours.WarmUp();
        TorchRun peer = new[] { 1, threads }.Distinct().Select(count => new TorchRun(count)).ToArray().MinBy(run => run.WarmUp())!;
        double peak = CpuPeak.MultiplyAdds(threads);
        double own = ours.Seconds(epochs) * 1e6, others = peer.Seconds(epochs) * 1e6;
        peak = Math.Max(peak, CpuPeak.MultiplyAdds(threads));
        return new PeersRow
        {
            Name = WholeRunName,
            NetdslMicroseconds = own,
            Peer = peer.Name,
            PeerMicroseconds = others,
            Ratio = own / others,
            PeakFraction = NetDslRun.Flops(epochs) / own / 1e3 / peak,
            PeakGflops = peak,
            Contestants = new Dictionary<string, double> { [ours.Name] = own, [peer.Name] = others },
        };
    }

    /// <summary>Times are compared only where the work is the same: the same answers, step after step.</summary>
    private static void CheckSameNumbers(Pair pair, Contestant ours, Contestant[] peers)
    {
        float[][] expected = [.. Enumerable.Range(0, CheckedSteps).Select(_ => Answer(ours))];
        foreach (Contestant peer in peers)
        {
            peer.TakeTurn();
            for (int step = 0; step < CheckedSteps; step++)
            {
                float[] answer = Answer(peer);
                double difference = answer.Zip(expected[step], (a, b) => Math.Abs((double)a - b)).Max();
                if (!(difference <= Tolerance) || answer.Length != expected[step].Length)
                    throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{peer.Name} does other work than NetDsl in {pair.Name}, so their times cannot be compared: the answers of step {step + 1} differ by {difference:0.0e+0}, at most {Tolerance:0.0e+0} is expected."));
            }
        }
    }

    private static float[] Answer(Contestant contestant)
    {
        contestant.Step();
        return contestant.Answer.ToArray();
    }
}
