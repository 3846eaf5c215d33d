using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>Starts a chain: a column of features with the given shape per sample.</summary>
internal sealed class InputLayer : Layer, IInputLayer
{
    public override void Build(LayerContext context) =>
        context.Output = context.DeclareInput(context.String("Name"), context.Ints("shape"));

    public string? WhyNot(LayerContext context, Value tensor)
    {
        int[] shape = context.Ints("shape");
        return tensor.Type.DType == DType.F32 && tensor.Type.Shape.SequenceEqual(shape) ? null : $"numbers of shape {LayerContext.Show(shape)}";
    }

    public void Enter(LayerContext context, Value tensor)
    {
    }
}
