using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Conformance.Reference;

/// <summary>A graph under construction for a test of single ops.</summary>
internal sealed class GraphSketch
{
    private readonly List<NamedValue> _inputs = [];
    private readonly List<NamedValue> _outputs = [];
    private readonly List<LossValue> _losses = [];

    public GraphBuilder Builder { get; } = new();

    /// <summary>A column of features with this shape per sample.</summary>
    public Value Column(string name, params int[] shape) => Column(name, InputRole.Feature, DType.F32, shape);

    /// <summary>A column of class labels.</summary>
    public Value Labels(string name, params int[] shape) => Column(name, InputRole.Target, DType.I32, shape);

    /// <summary>A column of numbers that a loss compares with.</summary>
    public Value Target(string name, params int[] shape) => Column(name, InputRole.Target, DType.F32, shape);

    /// <summary>A trainable tensor.</summary>
    public Value Parameter(string path, params int[] shape) =>
        Builder.Parameter(new ParameterInfo(path, new(shape), ParameterRole.Trainable, "Zeros", 1, 1));

    /// <summary>The result of an op of the graph.</summary>
    public Value Add(Op op, params Value[] operands) => Builder.Add(op.Name, op, operands);

    /// <summary>An elementwise expression.</summary>
    public Value Map(ScalarExpression expression, params Value[] operands) => Builder.Map("map", expression, operands);

    public void Output(string name, Value value) => _outputs.Add(new NamedValue(name, value));

    /// <summary>A loss, given by its value for each sample.</summary>
    public void Loss(string name, Value perSample, double weight = 1) =>
        _losses.Add(new LossValue(name, "MeanSquaredError", perSample, weight, perSample, perSample, null, EquatableArray<string>.Empty));

    public Graph ToGraph() =>
        new("Sketch", Builder.Nodes, Builder.Parameters, _inputs, _outputs, _losses, [], [], [], [], [], []);

    private Value Column(string name, InputRole role, DType type, int[] shape)
    {
        Value value = Builder.Add(name, new Op.Input(name, role, new TensorType(type, new(shape), true)));
        _inputs.Add(new NamedValue(name, value));
        return value;
    }
}
