using Xunit.Abstractions;

namespace NetDsl.Conformance.Runner;

/// <summary>xunit's defaults: every option is unset until the framework itself sets one.</summary>
internal sealed class NoOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

    public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
}
