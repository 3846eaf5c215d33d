using Microsoft.CodeAnalysis;
using NetDsl.Generators.Driver;
using NetDsl.Generators.Model;
using NetDsl.Generators.Parsing;

namespace NetDsl.Generators;

/// <summary>Writes each <c>[Network]</c> class as code. The wiring is all there is here; each step is a stage's entry.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Every class with [Network] becomes a spec: what was declared, by value. It is read anew at each change of the
        // compilation; where it comes out equal, nothing below runs.
        IncrementalValuesProvider<NetworkSpec> networks = Gather.Networks(context.SyntaxProvider)
            .WithTrackingName(TrackingNames.Gather);

        // A changed spec is checked and typed. Graphs stand for their spec and compare by it.
        IncrementalValuesProvider<ShapedNetwork> shaped = networks
            .Select(ShapedNetwork.Of)
            .WithTrackingName(TrackingNames.Shapes);

        // Files are named for the class. Names that differ in case alone would meet in one file.
        IncrementalValueProvider<EquatableArray<string>> collisions = networks
            .Select(static (spec, _) => spec.Type.MetadataName)
            .Collect()
            .Select(HintNames.Collisions)
            .WithTrackingName(TrackingNames.NameCollisions);
        IncrementalValuesProvider<(ShapedNetwork Network, EquatableArray<string> Collisions)> named = shaped.Combine(collisions);

        // The surface is what the editor offers: written at once, as complete stubs where the network has errors.
        context.RegisterSourceOutput(
            named.Select(GeneratedFile.Surface).WithTrackingName(TrackingNames.Surface),
            GeneratedFile.AddTo);

        // The kernels fill the surface's partial methods: only a build needs them.
        context.RegisterImplementationSourceOutput(
            named.Select(GeneratedFile.CpuPrograms).WithTrackingName(TrackingNames.Kernels),
            GeneratedFile.AddTo);

        // A project that references the GPU's runtime gets its programs too, and registers the device when it is loaded.
        IncrementalValueProvider<bool> withGpu = context.CompilationProvider
            .Select(GpuReference.IsPresent)
            .WithTrackingName(TrackingNames.GpuReference);
        context.RegisterImplementationSourceOutput(
            named.Combine(withGpu).Select(GeneratedFile.GpuPrograms).WithTrackingName(TrackingNames.GpuKernels),
            GeneratedFile.AddTo);
        context.RegisterImplementationSourceOutput(
            networks.Collect().Select(static (all, _) => all.Length > 0).Combine(withGpu).Select(GpuReference.Module).WithTrackingName(TrackingNames.GpuModule),
            GeneratedFile.AddTo);

        // C# stops at an attribute that does not exist before it asks analyzers; what was meant is said here.
        foreach (string attribute in (string[])[WellKnownTypes.NetworkAttribute, WellKnownTypes.BlockAttribute])
        {
            context.RegisterSourceOutput(
                UnknownLayers.Of(context.SyntaxProvider, attribute).WithTrackingName(TrackingNames.UnknownLayers),
                UnknownLayers.Report);
        }

        // The analyzer reports what else does not fit. Where analyzers are switched off, the generator does it in its place.
        context.RegisterSourceOutput(
            AnalyzerSwitch.CompilationWithoutAnalyzers(context).WithTrackingName(TrackingNames.WithoutAnalyzers),
            AnalyzerSwitch.ReportInPlaceOfAnalyzer);
    }
}
