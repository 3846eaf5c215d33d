using NetDsl.Networks;

namespace NetDsl.Tests.Networks;

/// <summary>A bare runtime that is disposed at the end of a test.</summary>
internal sealed class Lent(NetworkRuntime runtime) : IDisposable
{
    public NetworkRuntime Runtime => runtime;

    public void Dispose() => runtime.Dispose();
}
