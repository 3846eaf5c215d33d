using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Emit;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Driver;

/// <summary>A file to add to the compilation.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its text; <see langword="null"/> where there is nothing to add.</param>
internal sealed record GeneratedFile(string HintName, string? Text)
{
    public static GeneratedFile Surface((ShapedNetwork Network, EquatableArray<string> Collisions) named, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        NetworkSpec spec = named.Network.Spec;
        string hint = HintNames.Of(spec.Type.MetadataName, named.Collisions) + ".g.cs";
        return new GeneratedFile(hint, CanExtend(spec) ? EmitStage.Surface(spec, named.Network.Shapes) : null);
    }

    public static GeneratedFile CpuPrograms((ShapedNetwork Network, EquatableArray<string> Collisions) named, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        NetworkSpec spec = named.Network.Spec;
        string hint = HintNames.Of(spec.Type.MetadataName, named.Collisions) + ".Cpu.g.cs";
        return new GeneratedFile(hint, CanExtend(spec) ? EmitStage.CpuPrograms(spec, named.Network.Shapes) : null);
    }

    public static GeneratedFile GpuPrograms(((ShapedNetwork Network, EquatableArray<string> Collisions) Named, bool WithGpu) source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        NetworkSpec spec = source.Named.Network.Spec;
        string hint = HintNames.Of(spec.Type.MetadataName, source.Named.Collisions) + ".Gpu.g.cs";
        return new GeneratedFile(hint, source.WithGpu && CanExtend(spec) ? EmitStage.GpuPrograms(spec, source.Named.Network.Shapes) : null);
    }

    public static void AddTo(SourceProductionContext context, GeneratedFile file)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (file.Text is not null) context.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
    }

    /// <summary>Another part of a class that cannot have one would hide the one error that matters behind several of C#.</summary>
    private static bool CanExtend(NetworkSpec spec) =>
        !spec.Errors.Any(error => error.Id is DiagnosticIds.NotPartial or DiagnosticIds.UnsupportedClass && error.Location.Type == spec.Type.MetadataName);
}
