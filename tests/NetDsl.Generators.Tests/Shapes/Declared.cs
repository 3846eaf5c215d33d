using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>
/// A class with layer attributes, written by hand: <c>new Declared().Add("Dense", new { units = 3 })</c>. The members of the
/// anonymous object are the arguments that were given. Attribute number i of the class is its i-th layer.
/// </summary>
internal sealed class Declared(string type = "Net")
{
    private readonly List<LayerSpec> _layers = [];
    private readonly List<BlockParameter> _constants = [];
    private readonly List<BlockSpec> _blocks = [];

    public Declared Input(params int[] shape) => Add("Input", new { shape });

    public Declared Add(string kind, object? arguments = null) => Add(kind, [], arguments);

    public Declared Add(string kind, TypeArgumentSpec[] types, object? arguments = null)
    {
        ArgumentSpec[] given = arguments is null
            ? []
            : [.. arguments.GetType().GetProperties().Select(p => new ArgumentSpec(p.Name, Expression(p.GetValue(arguments))))];
        _layers.Add(new LayerSpec(kind, new(types), new(given), new SourceRef(type, _layers.Count)));
        return this;
    }

    /// <summary>A constant of a block, in order.</summary>
    public Declared Constant(string name, object value)
    {
        _constants.Add(new BlockParameter(name, Expression(value)));
        return this;
    }

    /// <summary>A block that layers can name by the name given to its constructor.</summary>
    public Declared With(Declared block)
    {
        _blocks.Add(block.ToBlock());
        return this;
    }

    public Declared Block(string block, object? arguments = null) => Add("Block", [new(block, EquatableArray<EnumValue>.Empty)], arguments);

    public Declared Residual(string block, object? arguments = null) => Add("Residual", [new(block, EquatableArray<EnumValue>.Empty)], arguments);

    public Declared Residual(string body, string shortcut, object? arguments = null) =>
        Add("Residual", [new(body, EquatableArray<EnumValue>.Empty), new(shortcut, EquatableArray<EnumValue>.Empty)], arguments);

    /// <summary>Where the diagnostics of a layer are.</summary>
    public static SourceRef At(int attribute, string? parameter = null, int element = -1) => new("Net", attribute, parameter, element);

    /// <summary>A reference to a constant of the block.</summary>
    public static ValueExpression Ref(string constant) => new ValueExpression.ParameterReference(constant);

    public NetworkSpec ToSpec()
    {
        var declaration = new TypeDeclaration("class", type, "public");
        return new NetworkSpec(
            new TypeSpec("", EquatableArray<TypeDeclaration>.Empty, declaration, type, Documented: false),
            _layers.ToEquatableArray(),
            _blocks.ToEquatableArray(),
            Inspectable: false,
            InputGradients: false,
            EquatableArray<SpecDiagnostic>.Empty,
            Incomplete: false);
    }

    /// <summary>The result without errors, both graphs verified and with the same parameters.</summary>
    public ShapeResult Build()
    {
        ShapeResult result = ShapeStage.Run(ToSpec());
        Assert.True(result.Training is not null && result.Inference is not null, string.Join("\n", result.Diagnostics));
        GraphVerifier.Verify(result.Training, "training");
        GraphVerifier.Verify(result.Inference, "inference");
        Assert.Equal(result.Inference.Parameters, result.Training.Parameters);
        Assert.Equal(result.Inference.Outputs.Select(o => (o.Name, o.Value.Type)), result.Training.Outputs.Select(o => (o.Name, o.Value.Type)));
        return result;
    }

    /// <summary>The result without errors or warnings.</summary>
    public ShapeResult BuildQuietly()
    {
        ShapeResult result = Build();
        Assert.Empty(result.Diagnostics);
        return result;
    }

    /// <summary>The only diagnostic of a declaration that has an error.</summary>
    public SpecDiagnostic Error()
    {
        ShapeResult result = ShapeStage.Run(ToSpec());
        Assert.Null(result.Training);
        Assert.Null(result.Inference);
        return Assert.Single(result.Diagnostics);
    }

    /// <summary>Asserts the only diagnostic.</summary>
    public SpecDiagnostic Fails(string id, SourceRef at, params string[] arguments)
    {
        SpecDiagnostic error = Error();
        Assert.Equal((id, at), (error.Id, error.Location));
        Assert.Equal(arguments, error.Arguments);
        return error;
    }

    private BlockSpec ToBlock() => new(type, type, _constants.ToEquatableArray(), _layers.ToEquatableArray());

    private static ValueExpression Expression(object? value) => value switch
    {
        ValueExpression expression => expression,
        Array items => new ValueExpression.Array(items.Cast<object?>().Select(Expression).ToEquatableArray()),
        Enum e => new ValueExpression.Constant(new EnumValue(e.GetType().Name, e.ToString(), Convert.ToInt64(e))),
        _ => new ValueExpression.Constant(value),
    };
}
