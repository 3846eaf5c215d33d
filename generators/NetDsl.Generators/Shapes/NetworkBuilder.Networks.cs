using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>
/// Networks in this one: their layers are built in place as those of a block are, from the tensor at hand instead of their
/// input, without their losses and outputs.
/// </summary>
internal sealed partial class NetworkBuilder
{
    private readonly List<NetworkPart> _parts = [];
    private int _networks;

    private void BuildNetwork(Scope scope, LayerSpec layer, BlockSpec block, TypeSpec type)
    {
        // Alone it has the same errors, and reports them where they are.
        if (ShapeStage.Run(new NetworkSpec(type, block.Layers, spec.Blocks, false, false, EquatableArray<SpecDiagnostic>.Empty, false)).Training is null) throw new ReportedElsewhereException();

        string path = PathOf(scope, layer, block);
        var context = new LayerContext(this, scope, layer, path);
        if (context.Has("Repeat")) throw context.OutOfRange("Repeat", "absent: a network is inserted once for each of its names", context.Int("Repeat"));
        _ = Constants(context, block, others: []);
        Value input = RequireCurrent(scope, layer);
        MarkRead(input);

        // One that shares another's weights is that one again.
        bool owns = context.WeightPath == path;
        if (owns) RequireMember(scope, context, path);
        NetworkUse? use = owns ? new NetworkUse(_networks, scope.Network, context.TrainableAlone) : null;
        if (owns && scope.Network is null) _parts.Add(new NetworkPart(_networks, path, type));
        if (owns) _networks++;
        var inner = new Scope(path + "/", new Dictionary<string, object?>(), scope.Insertion ?? layer.Source, trainable: true, context.WeightPath + "/", use);
        foreach (LayerSpec innerLayer in block.Layers)
        {
            switch (LayerCatalog.Find(innerLayer.Kind))
            {
                case Layers.IInputLayer rule:
                    Enter(inner, context, block, innerLayer, rule, input);
                    break;
                case Layers.ILossLayer or Layers.OutputLayer:
                    // What it ends in is read there.
                    MarkRead(Current!);
                    if (LayerCatalog.Find(innerLayer.Kind) is Layers.ITensorLoss loss)
                        loss.DeclareTensors(new LayerContext(this, inner, innerLayer, PathOf(inner, innerLayer, (Layer)loss, innerLayer.Kind)));
                    break;
                default:
                    BuildLayer(inner, innerLayer);
                    break;
            }
        }

        NameResult(scope, layer);
    }

    /// <summary>Its name, or the class's.</summary>
    private string PathOf(Scope scope, LayerSpec layer, BlockSpec block)
    {
        string name = NameOf(scope, layer) ?? block.Name;
        if (scope.Names.TryGetValue(name, out var taken)) throw DuplicateName(scope, layer, name, taken.Layer);
        return scope.Paths.Add(scope.Path + name) ? scope.Path + name : throw DuplicateName(scope, layer, name, "another layer");
    }

    /// <summary>The network's input is the tensor at hand.</summary>
    private void Enter(Scope inner, LayerContext context, BlockSpec block, LayerSpec layer, Layers.IInputLayer rule, Value input)
    {
        if (block.Layers.Count(IsInput) > 1)
            throw context.Error(DiagnosticIds.NotABlock, context.Source, block.Name, $"it has {block.Layers.Count(IsInput).ToString(CultureInfo.InvariantCulture)} inputs, and what is inserted works on the tensor at hand");
        var own = new LayerContext(this, inner, layer, context.Path);
        if (rule.WhyNot(own, input) is { } expected)
            throw context.ErrorAbout(input, DiagnosticIds.NotABlock, context.Source, block.Name, $"it works on {expected}, and {context.NameOf(input)} gives {LayerContext.Show(input)}");
        rule.Enter(own, input);
        inner.Names[InputName] = (input, LayerOf(input));
        if (own.String("Name") is { } name) inner.Names[name] = (input, LayerOf(input));
        Current = input;
    }

    /// <summary>Its name becomes a member of the class.</summary>
    private void RequireMember(Scope scope, LayerContext context, string path)
    {
        if (scope.Insertion is not null && scope.Network is null)
            throw context.Error(DiagnosticIds.Misplaced, context.Source, $"[Block<{context.Spec.TypeArguments[0].Type}>]", "a network is inserted by a network, not by a block");
        if (GeneratedMembers.OfNetwork.Contains(path) || path == TypeName)
            throw context.Error(DiagnosticIds.Misplaced, context.Has("Name") ? context.Source.At("Name") : context.Source, $"The name \"{path}\"", "the generated class has a member of this name; give another with Name");
    }
}
