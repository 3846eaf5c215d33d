using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NetDsl.Conformance.Runner;

/// <summary>One run of an assembly's tests through xunit's own framework: found, filtered, executed, counted.</summary>
internal static class TestRun
{
    private const int Good = 0;
    private const int Bad = 1;

    public static int Run(string path, string filter, string? json)
    {
        Assembly assembly = TestAssembly.Load(path);
        using XunitTestFramework framework = new(new DiagnosticSink());
        List<ITestCase> found = Discover(framework, assembly).FindAll(test => test.DisplayName.Contains(filter, StringComparison.OrdinalIgnoreCase));
        Console.WriteLine($"{found.Count} tests of {assembly.GetName().Name}");
        using ResultSink results = new();
        using (ITestFrameworkExecutor executor = framework.GetExecutor(assembly.GetName()))
        {
            executor.RunTests(found, results, new NoOptions());
            results.Finished.WaitOne();
        }

        TestReport report = results.Report(assembly.GetName().Name!);
        Console.WriteLine(report.Summary);
        if (json is not null) report.Write(json);
        return report.Failed == 0 && report.Passed + report.Skipped > 0 ? Good : Bad;
    }

    private static List<ITestCase> Discover(XunitTestFramework framework, Assembly assembly)
    {
        using DiscoverySink sink = new();
        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        discoverer.Find(includeSourceInformation: false, sink, new NoOptions());
        sink.Finished.WaitOne();
        return sink.Found;
    }

    /// <summary>What the framework itself has to say.</summary>
    private sealed class DiagnosticSink : IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is IDiagnosticMessage said) Console.Error.WriteLine(said.Message);
            return true;
        }
    }

    private sealed class DiscoverySink : IMessageSink, IDisposable
    {
        public List<ITestCase> Found { get; } = [];

        public ManualResetEvent Finished { get; } = new(false);

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestCaseDiscoveryMessage test: Found.Add(test.TestCase); break;
                case IDiscoveryCompleteMessage: Finished.Set(); break;
            }

            return true;
        }

        public void Dispose() => Finished.Dispose();
    }
}
