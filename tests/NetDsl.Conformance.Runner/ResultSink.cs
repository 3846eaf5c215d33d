using Xunit.Abstractions;

namespace NetDsl.Conformance.Runner;

/// <summary>Collects results, and prints the failures and the reasons of what was skipped as they come.</summary>
internal sealed class ResultSink : IMessageSink, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<TestResult> _results = [];

    public ManualResetEvent Finished { get; } = new(false);

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestPassed passed: Add(passed, "passed", ""); break;
            case ITestSkipped skipped: Add(skipped, "skipped", skipped.Reason); break;
            case ITestFailed failed: Add(failed, "failed", Sentence(failed)); break;
            // What breaks outside of a test's body must not pass for a run without failures.
            case IErrorMessage error: Add("the test framework", 0, "failed", Sentence(error)); break;
            case ITestAssemblyCleanupFailure error: Add("cleanup of the assembly", 0, "failed", Sentence(error)); break;
            case ITestCollectionCleanupFailure error: Add($"cleanup of {error.TestCollection.DisplayName}", 0, "failed", Sentence(error)); break;
            case ITestClassCleanupFailure error: Add($"cleanup of {error.TestClass.Class.Name}", 0, "failed", Sentence(error)); break;
            case ITestMethodCleanupFailure error: Add($"cleanup of {error.TestMethod.Method.Name}", 0, "failed", Sentence(error)); break;
            case ITestCaseCleanupFailure error: Add($"cleanup of {error.TestCase.DisplayName}", 0, "failed", Sentence(error)); break;
            case ITestCleanupFailure error: Add($"cleanup of {error.Test.DisplayName}", 0, "failed", Sentence(error)); break;
            case ITestAssemblyFinished: Finished.Set(); break;
        }

        return true;
    }

    public TestReport Report(string assembly)
    {
        lock (_lock) return new TestReport(assembly, DateTimeOffset.UtcNow, [.. _results.OrderBy(result => result.Name, StringComparer.Ordinal)]);
    }

    public void Dispose() => Finished.Dispose();

    private void Add(ITestResultMessage result, string outcome, string reason) => Add(result.Test.DisplayName, result.ExecutionTime, outcome, reason);

    private void Add(string name, decimal seconds, string outcome, string reason)
    {
        lock (_lock)
        {
            _results.Add(new TestResult(name, outcome, seconds, reason));
            if (reason.Length > 0) Console.WriteLine($"{outcome}: {name}: {reason}");
        }
    }

    private static string Sentence(IFailureInformation failure) =>
        string.Join(Environment.NewLine, failure.ExceptionTypes.Zip(failure.Messages, (type, message) => $"{type}: {message}").Concat(failure.StackTraces));
}
