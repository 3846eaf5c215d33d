using System.Globalization;
using NetDsl.Benchmarks.Peaks;
using NetDsl.Benchmarks.Peers.PyTorch;
using NetDsl.Benchmarks.Reports;
using NetDsl.Benchmarks.Workloads;
using Spectre.Console;

namespace NetDsl.Benchmarks.Commands;

/// <summary>One run of the command <c>gpu</c>: the same work is checked first, then every contestant has its turn in each repeat.</summary>
internal sealed class GpuBenchmark : IDisposable
{
    private const int WarmUp = 3;

    private readonly GpuRequest _request;
    private readonly Dictionary<string, (SampleNetwork Network, StepTimer Timer)> _contestants = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];
    private readonly Case[] _cases;
    private Torch? _torch;
    private string _peers = "";

    private GpuBenchmark(GpuRequest request)
    {
        _request = request;
        _cases =
        [
            .. from network in SampleNetwork.All
               from kind in Enum.GetValues<StepKind>()
               from batch in request.Batches
               let timed = new Case(network.Name, kind, batch)
               where timed.Name.Contains(request.Filter, StringComparison.OrdinalIgnoreCase)
               select timed,
        ];
        if (MachineLoad.Warning(MachineLoad.Read()) is { } warning) _notes.Add(warning);
        if (_cases.Length == 0) throw new ArgumentException($"No step's name contains '{request.Filter}'.");
    }

    public static void Run(GpuRequest request)
    {
        using GpuBenchmark benchmark = new(request);
        benchmark.Run();
    }

    public void Dispose()
    {
        _torch?.Dispose();
        foreach ((SampleNetwork network, _) in _contestants.Values) network.Dispose();
    }

    private void Run()
    {
        foreach ((string name, Func<Device, SampleNetwork> create) in SampleNetwork.All)
        {
            if (!_cases.Any(timed => timed.Network == name)) continue;
            SampleNetwork network = create(_request.Device);
            _contestants[name] = (network, new StepTimer(network, new Adam(0.001)));
        }

        MeasuredDevice device = MeasuredDevice.Of(_contestants.Values.First().Network);
        Say($"Device: {device.Description}");
        if (_request.Kernels && !device.LaunchesKernels)
            throw new ArgumentException($"--kernels is for devices that kernels are launched on; '{device.Description}' is none.");
        StartTorch(device);
        DevicePeak peak = device.MeasurePeak();
        if (_torch is not null) CheckSameWork();
        foreach (Case timed in _cases) Prepare(timed);
        for (int repeat = 0; repeat < _request.Repeats; repeat++)
            foreach (Case timed in _cases) Repeat(timed);
        peak = peak.Max(device.MeasurePeak());
        if (_request.Kernels)
            foreach (Case timed in _cases) TimeKernels(timed, device);
        Show(device, peak);
    }

    private void StartTorch(MeasuredDevice device)
    {
        if (_request.Python == "none")
        {
            _peers = "none asked for";
            return;
        }

        if (Python.Find(_request.Python, out string reason) is not { } python)
        {
            _peers = $"none: no PyTorch was found ({reason})";
        }
        else if (!device.IsCpu && !python.Cuda)
        {
            _peers = $"none: the PyTorch of {python.Program} sees no CUDA device";
        }
        else
        {
            _torch = Torch.Start(python.Program, cuda: !device.IsCpu, [.. _contestants.Values.Select(contestant => contestant.Network.Samples).Distinct()], MeasuredDevice.Threads);
            _peers = _torch.Description;
        }

        Say($"Peers: {_peers}");
    }

    /// <summary>Times are compared only where the work is the same: from the same weights, over the same samples, to the same numbers.</summary>
    private void CheckSameWork()
    {
        const int Batch = 32, Steps = 5;
        const double Tolerance = 1e-4;
        foreach ((string name, (SampleNetwork network, StepTimer timer)) in _contestants)
        {
            network.Network.Save(_torch!.WeightsOf(name));
            (float[] losses, float[] probabilities) = _torch.Check(name, Batch, Steps);
            double ofProbabilities = Difference(timer.Probabilities(Batch), probabilities);
            double ofLosses = Difference(timer.Losses(Batch, Steps), losses);
            string sentence = string.Create(CultureInfo.InvariantCulture, $"{name}: the losses of the first {Steps} steps at batch {Batch} differ from PyTorch's by {ofLosses:0.0e+0} at most, the probabilities before them by {ofProbabilities:0.0e+0}.");
            if (!(Math.Max(ofLosses, ofProbabilities) <= Tolerance))
                throw new InvalidOperationException($"PyTorch does other work than NetDsl, so their times cannot be compared. {sentence}");
            _notes.Add(sentence);
        }
    }

    /// <summary>Warms a case up and finds how many steps a repeat has.</summary>
    private void Prepare(Case timed)
    {
        timed.Ours.Plan(Timer(timed).Time(timed.Kind, timed.Batch, WarmUp, timed.Ours.Steps), _request.Steps);
        foreach (string variant in _torch?.Variants ?? [])
        {
            Timings theirs = new();
            double[] first = _torch!.Time(variant, timed.Network, timed.Kind, timed.Batch, WarmUp, theirs.Steps);
            if (first.Length == 0) continue;
            theirs.Plan(first, _request.Steps);
            timed.Peers.Add(variant, theirs);
        }
    }

    private void Repeat(Case timed)
    {
        StepTimer timer = Timer(timed);
        timed.Ours.Microseconds.AddRange(timer.Time(timed.Kind, timed.Batch, WarmUp, timed.Ours.Steps));
        timed.Traffic = timer.Traffic;
        foreach ((string variant, Timings theirs) in timed.Peers)
            theirs.Microseconds.AddRange(_torch!.Time(variant, timed.Network, timed.Kind, timed.Batch, WarmUp, theirs.Steps));
    }

    private void TimeKernels(Case timed, MeasuredDevice device)
    {
        const int Steps = 5;
        KernelTimer kernels = new(device.HasEvents);
        device.Observe(kernels, () => Timer(timed).Time(timed.Kind, timed.Batch, WarmUp, Steps));
        timed.Kernels = kernels.Figures(WarmUp + Steps);
    }

    private void Show(MeasuredDevice device, DevicePeak peak)
    {
        if (_torch is not null) _notes.AddRange(_torch.Notes);
        BenchmarkRow[] rows = [.. _cases.Select(timed => Row(timed, peak))];
        AnsiConsole.Console.Profile.Width = Math.Max(AnsiConsole.Console.Profile.Width, 200);
        AnsiConsole.Write(BenchmarkTable.Render(rows));
        if (_request.Kernels) AnsiConsole.Write(KernelTable.Render(rows));
        Say(string.Create(CultureInfo.InvariantCulture, $"Peak measured in this run: {peak.Gflops:0.0} GFLOP/s of multiply-adds, {peak.GigabytesPerSecond:0.0} GB/s ({peak.How})."));
        foreach (BenchmarkRow row in rows.Where(row => row is { Name: "MnistCnn train", Batch: 32 }))
            Say(string.Create(CultureInfo.InvariantCulture, $"{row.Name} at batch {row.Batch}: {100 * row.PeakFraction:0.00}% of that multiply-add peak."));
        Say(NetworkCost.Formula);
        Say("A ratio is NetDsl's time over the peer's; below 1, NetDsl is faster.");
        foreach (string note in _notes) Say(note);
        if (_request.Json is null) return;
        device.Report(_request, peak, _peers, _notes, rows).Write(_request.Json);
        Say($"The figures are in {_request.Json}.");
    }

    private BenchmarkRow Row(Case timed, DevicePeak peak)
    {
        double microseconds = Median.Of(timed.Ours.Microseconds);
        SampleNetwork network = _contestants[timed.Network].Network;
        long flops = NetworkCost.Flops(network.Info, timed.Kind, timed.Batch);
        double gflops = flops / microseconds / 1e3;
        return new BenchmarkRow
        {
            Name = timed.Name,
            Device = _request.Device.Name,
            Batch = timed.Batch,
            Microseconds = microseconds,
            SamplesPerSecond = timed.Batch / microseconds * 1e6,
            Launches = timed.Traffic?.Launches,
            BytesToDevice = timed.Traffic?.BytesToDevice,
            BytesFromDevice = timed.Traffic?.BytesFromDevice,
            Flops = flops,
            Gflops = gflops,
            PeakFraction = gflops / peak.Gflops,
            BandwidthFraction = NetworkCost.LeastBytes(network.Info, network.Samples, timed.Kind, timed.Batch) / microseconds / 1e3 / peak.GigabytesPerSecond,
            Kernels = timed.Kernels,
            Peers =
            [
                .. from peer in timed.Peers
                   where peer.Value.Microseconds.Count > 0
                   let median = Median.Of(peer.Value.Microseconds)
                   select new PeerFigure($"PyTorch {peer.Key}", median, microseconds / median),
            ],
        };
    }

    private StepTimer Timer(Case timed) => _contestants[timed.Network].Timer;

    private static double Difference(float[] ours, float[] theirs) => ours.Length == theirs.Length
        ? ours.Zip(theirs, (a, b) => Math.Abs((double)a - b)).Max()
        : throw new InvalidOperationException(FormattableString.Invariant($"PyTorch gave {theirs.Length} numbers where NetDsl has {ours.Length}."));

    private static void Say(string sentence) => Console.WriteLine(sentence);
}
