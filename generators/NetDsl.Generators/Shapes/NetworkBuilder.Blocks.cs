using System.Globalization;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>Blocks: their layers are built in place, in a scope of their own, once for each use.</summary>
internal sealed partial class NetworkBuilder
{
    /// <summary>The most repetitions of a block: each is code of its own to check and to write.</summary>
    private const int MaximumRepeat = 1000;

    private void BuildBlock(Scope scope, LayerSpec layer)
    {
        BlockSpec block = BlockOf(layer.TypeArguments[0]);
        if (block.Network is { } network)
        {
            BuildNetwork(scope, layer, block, network);
            return;
        }

        foreach (LayerContext context in Uses(scope, layer, block))
        {
            RequireCurrent(scope, layer);
            BuildBody(context, block, "/", others: []);
        }

        NameResult(scope, layer);
    }

    /// <summary>y = activation(body(x) + shortcut(x)); the shortcut is x itself where no second block is given.</summary>
    private void BuildResidual(Scope scope, LayerSpec layer)
    {
        BlockSpec body = RequireBlock(scope, layer, 0);
        BlockSpec? shortcutBlock = layer.TypeArguments.Length == 2 ? RequireBlock(scope, layer, 1) : null;
        foreach (LayerContext context in Uses(scope, layer, body))
        {
            Value input = RequireCurrent(scope, layer);
            MarkRead(input);
            BuildBody(context, body, "/", others: shortcutBlock is null ? [] : [shortcutBlock]);
            Value main = Current!;
            Value shortcut = input;
            if (shortcutBlock is not null)
            {
                Current = input;
                BuildBody(context, shortcutBlock, "/shortcut/", others: [body]);
                shortcut = Current!;
            }

            Sum(scope, layer, context, main, shortcut, input);
        }

        NameResult(scope, layer);
    }

    private void Sum(Scope scope, LayerSpec layer, LayerContext context, Value main, Value shortcut, Value input)
    {
        MarkRead(main);
        MarkRead(shortcut);
        if (!main.Type.Shape.Equals(shortcut.Type.Shape))
        {
            throw context.ErrorAbout(
                shortcut,
                DiagnosticIds.ShapeMismatch,
                layer.Source,
                context.Path,
                LayerContext.Show(main),
                LayerOf(main),
                LayerContext.Show(shortcut),
                ReferenceEquals(shortcut, input) ? $"its input ({LayerOf(input)})" : LayerOf(shortcut));
        }

        int nodesBefore = Graph.Nodes.Count;
        Graph.Origin = new Origin(context.Path, "Residual", Phase.Forward);
        Value sum = Graph.Map($"{context.Path}/sum", ScalarExpression.Of(0) + ScalarExpression.Of(1), main, shortcut);
        Current = Activations.Apply(context, sum);
        SetMask(Current, CommonMask(context.Path, [main, shortcut]));
        _makers[Current] = (context.Path, layer.Source, scope);
        _layerOutputs.Add(new NamedValue(context.Path, Current));
        AddRow("Residual", context.Path, context, nodesBefore, Graph.Parameters.Count);
    }

    private void NameResult(Scope scope, LayerSpec layer)
    {
        if (NameOf(scope, layer) is not { } name) return;
        scope.Names[name] = (Current!, name);
        scope.Owners[name] = (new LayerContext(this, scope, layer, scope.Path + name).WeightPath, layer.Kind);
    }

    private void BuildBody(LayerContext use, BlockSpec block, string suffix, BlockSpec[] others)
    {
        Scope scope = use.Scope;
        var inner = new Scope(use.Path + suffix, Constants(use, block, others), scope.Insertion ?? use.Source, use.TrainableAlone, use.WeightPath + suffix, scope.Network);
        if (others.Length > 0) inner.Paths.Add(use.Path + "/shortcut");
        foreach (LayerSpec innerLayer in block.Layers) BuildLayer(inner, innerLayer);
    }

    /// <summary>The repetitions: their path is the block's own, with the repetition's number from 1 where <c>Repeat</c> is given.</summary>
    private List<LayerContext> Uses(Scope scope, LayerSpec layer, BlockSpec block)
    {
        string path = PathOf(scope, layer, rule: null, block.Name);
        var context = new LayerContext(this, scope, layer, path);
        if (!context.Has("Repeat")) return [context];
        int repeat = context.Int("Repeat", maximum: MaximumRepeat);
        return [.. Enumerable.Range(1, repeat).Select(i => Repetition(i.ToString(CultureInfo.InvariantCulture)))];

        LayerContext Repetition(string number) => new(this, scope, layer, $"{path}/{number}", $"/{number}");
    }

    /// <summary>
    /// The values of a block's constants: what the use gives by position, else the defaults. Body and shortcut of a
    /// residual connection get the same arguments; the one that has fewer constants takes the first ones.
    /// </summary>
    private static Dictionary<string, object?> Constants(LayerContext context, BlockSpec block, BlockSpec[] others)
    {
        EquatableArray<ValueExpression> given = context.Spec.Arguments.FirstOrDefault(a => a.Parameter == "arguments")?.Value is ValueExpression.Array array
            ? array.Items
            : EquatableArray<ValueExpression>.Empty;
        if (given.Length > block.Parameters.Length && others.All(other => given.Length > other.Parameters.Length))
        {
            throw context.Error(
                DiagnosticIds.BlockArgument,
                context.Source.At("arguments", block.Parameters.Length),
                block.Name,
                $"has {block.Parameters.Length} constant{(block.Parameters.Length == 1 ? "" : "s")} and is given {given.Length} argument{(given.Length == 1 ? "" : "s")}");
        }

        var constants = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (int i = 0; i < block.Parameters.Length; i++)
        {
            BlockParameter parameter = block.Parameters[i];
            object? standard = Default(context, block, parameter, constants);
            constants[parameter.Name] = i < given.Length ? Argument(context, block, parameter, i, given[i], standard) : standard;
        }

        return constants;
    }

    private static object? Default(LayerContext context, BlockSpec block, BlockParameter parameter, Dictionary<string, object?> constants)
    {
        try
        {
            return Evaluator.Evaluate(parameter.Default, constants);
        }
        catch (EvaluationException exception)
        {
            SpecDiagnostic diagnostic = context.Error(DiagnosticIds.UnsupportedExpression, context.Source, exception.Message).Diagnostic;
            throw new ShapeErrorException(diagnostic with
            {
                Additional = new([.. diagnostic.Additional, new SourceRef(block.Type, -1, parameter.Name)]),
            });
        }
    }

    private static object? Argument(LayerContext context, BlockSpec block, BlockParameter parameter, int index, ValueExpression expression, object? standard)
    {
        SourceRef at = context.Source.At("arguments", index);
        object? value;
        try
        {
            value = Evaluator.Evaluate(expression, context.Scope.Constants);
        }
        catch (EvaluationException exception)
        {
            throw context.Error(DiagnosticIds.UnsupportedExpression, at, exception.Message);
        }

        if (standard is double && value is int whole) value = (double)whole;
        if (standard is not null && KindOf(value) != KindOf(standard))
        {
            string shown = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
            throw context.Error(DiagnosticIds.BlockArgument, at, block.Name, $"takes {KindOf(standard)} for {parameter.Name}, not {shown}");
        }

        return value;
    }

    private static string KindOf(object? value) => value switch
    {
        null => "null",
        int => "an int",
        double => "a double",
        bool => "a bool",
        string => "a string",
        EnumValue e => "a member of " + e.Type,
        _ => value.GetType().Name,
    };

    /// <summary>What <c>[Residual]</c> adds to its input is a block; a network would have to be given a name of its own.</summary>
    private BlockSpec RequireBlock(Scope scope, LayerSpec layer, int argument)
    {
        BlockSpec block = BlockOf(layer.TypeArguments[argument]);
        return block.Network is null
            ? block
            : throw new ShapeErrorException(Diagnostic(scope, DiagnosticIds.NotABlock, layer.Source, block.Name, "it is a [Network], which [Block<T>] inserts; [Add] sums its result and what came before it"));
    }

    private BlockSpec BlockOf(TypeArgumentSpec argument) => spec.Blocks.First(block => block.Type == argument.Type);

    private Value RequireCurrent(Scope scope, LayerSpec layer) =>
        Current ?? throw new ShapeErrorException(Diagnostic(scope, DiagnosticIds.NoInput, layer.Source, TypeName));
}
