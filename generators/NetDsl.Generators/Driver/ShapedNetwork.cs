using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Driver;

/// <summary>A spec and what Shapes made of it. The second is a function of the first, so that the first decides equality.</summary>
internal sealed class ShapedNetwork(NetworkSpec spec, ShapeResult shapes) : IEquatable<ShapedNetwork>
{
    public NetworkSpec Spec => spec;

    public ShapeResult Shapes => shapes;

    public static ShapedNetwork Of(NetworkSpec spec, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new ShapedNetwork(spec, ShapeStage.Run(spec));
    }

    public bool Equals(ShapedNetwork? other) => other is not null && spec.Equals(other.Spec);

    public override bool Equals(object? obj) => Equals(obj as ShapedNetwork);

    public override int GetHashCode() => spec.GetHashCode();
}
