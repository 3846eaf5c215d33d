using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>The linear maps that a layer is made of: x W + b on the last axis, all with the layer's <c>KernelInitializer</c>, <c>UseBias</c> and <c>BiasInitializer</c>.</summary>
internal sealed class LinearPart
{
    private readonly LayerContext _context;
    private readonly string _initializer, _bias;
    private readonly bool _biased;

    public LinearPart(LayerContext context)
    {
        _context = context;
        (_initializer, _bias) = (context.Enum("KernelInitializer", "Default", Initializers.Names), Initializers.Bias(context));
        if (_initializer == "Default") _initializer = "GlorotUniform";
        _biased = context.Bool("UseBias", true);
    }

    /// <summary>Notes the initializer, and that there is no bias.</summary>
    public void Describe()
    {
        _context.Describe(_initializer);
        if (!_biased) _context.Describe("no bias");
    }

    /// <summary>One of the maps.</summary>
    /// <param name="x">Its operand.</param>
    /// <param name="part">What its tensors' names begin with.</param>
    /// <param name="outputs">Extent of its result's last axis.</param>
    public Value Of(Value x, string part, int outputs)
    {
        int inputs = x.Type.Shape[x.Type.Rank - 1];
        Value weight = _context.Parameter($"{part}/weight", [inputs, outputs], ParameterRole.Trainable, _initializer, inputs, outputs);
        Value y = _context.Graph.Add($"{_context.Path}/{part}", new Op.MatMul(TransposeA: false, TransposeB: false), x, weight);
        if (!_biased) return y;
        Value bias = _context.Parameter($"{part}/bias", [outputs], ParameterRole.Trainable, _bias, inputs, outputs);
        return _context.Graph.Map($"{_context.Path}/{part}", ScalarExpression.Of(0) + ScalarExpression.Of(1), y, bias);
    }
}
