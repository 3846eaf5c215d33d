using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NetDsl.Conformance.Devices;

/// <summary>A fact of a class that is generic in its <see cref="TestDevice"/>: skipped with the reason where that device does not answer.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("NetDsl.Conformance.Devices.DeviceFactDiscoverer", "NetDsl.Conformance")]
public sealed class DeviceFactAttribute : FactAttribute;

/// <summary>A theory of such a class: one skipped test, whatever its data, where the device does not answer.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("NetDsl.Conformance.Devices.DeviceTheoryDiscoverer", "NetDsl.Conformance")]
public sealed class DeviceTheoryAttribute : TheoryAttribute;

/// <summary>Finds the tests of a <see cref="DeviceFactAttribute"/>.</summary>
public sealed class DeviceFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    /// <inheritdoc/>
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        SuiteDevice.Skipped(DiagnosticMessageSink, discoveryOptions, testMethod) ?? base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds the tests of a <see cref="DeviceTheoryAttribute"/>.</summary>
public sealed class DeviceTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        SuiteDevice.Skipped(DiagnosticMessageSink, discoveryOptions, testMethod) is { } skipped ? [skipped] : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

/// <summary>The device that a class of tests runs on.</summary>
internal static class SuiteDevice
{
    /// <summary>The test that says why the others of its method do not run; <see langword="null"/> where they do.</summary>
    public static IXunitTestCase? Skipped(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        DeviceOf(method.TestClass.Class.ToRuntimeType()).Missing is { } reason
            ? new XunitSkippedDataRowTestCase(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason)
            : null;

    private static TestDevice DeviceOf(Type test)
    {
        for (Type? type = test; type is not null; type = type.BaseType)
        {
            foreach (Type argument in type.GenericTypeArguments)
            {
                if (argument.IsSubclassOf(typeof(TestDevice))) return (TestDevice)Activator.CreateInstance(argument)!;
            }
        }

        throw new InvalidOperationException($"{test} has no device among the type arguments of its base classes.");
    }
}
