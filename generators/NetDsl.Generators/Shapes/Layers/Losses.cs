using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>What the losses share: their target, their reduction to one number per sample, and how they read the graph.</summary>
internal static class Losses
{
    /// <summary>
    /// After a softmax the current tensor means probabilities and the loss takes what went into it, the stable form;
    /// else the current tensor is the logits and the probabilities are computed for <c>Predict</c>.
    /// </summary>
    public static (Value Logits, Value Probabilities) ReadSoftmax(LayerContext context, Value current)
    {
        Node producer = context.Graph.ProducerOf(current);
        if (producer.Op is Op.Softmax) return (producer.Inputs[0], current);
        return (current, context.Graph.Add($"{context.Path}/probabilities", new Op.Softmax(), current));
    }

    /// <inheritdoc cref="ReadSoftmax"/>
    public static (Value Logits, Value Probabilities) ReadSigmoid(LayerContext context, Value current)
    {
        ScalarExpression sigmoid = new ScalarExpression.Unary(UnaryFunction.Sigmoid, ScalarExpression.Of(0));
        Node producer = context.Graph.ProducerOf(current);
        if (producer.Op is Op.Map map && map.Expression.Equals(sigmoid)) return (producer.Inputs[0], current);
        return (current, context.Graph.Map($"{context.Path}/probabilities", sigmoid, current));
    }

    /// <summary>The target: a tensor of the graph that <c>Target</c> names, or one more column of the data set.</summary>
    /// <param name="type">What the loss needs.</param>
    public static Value Target(LayerContext context, TensorType type)
    {
        context.Graph.Origin = context.Graph.Origin with { Phase = Phase.Loss };
        if (context.String("Target") is not { } name)
            return context.Column(Name(context), InputRole.Target, type);
        Value value = context.Resolve(name, context.Source.At("Target"));
        if (!value.Type.Equals(type))
        {
            throw context.ErrorAbout(
                value,
                DiagnosticIds.LossShape,
                context.Source.At("Target"),
                context.Path,
                $"it needs a target of {type.DType} {LayerContext.Show(type.Shape)}, and {context.NameOf(value)} is {value.Type.DType} {LayerContext.Show(value)}");
        }

        return value;
    }

    /// <summary>The mean of a loss's elements over each sample, declared as a loss of the network.</summary>
    /// <param name="counted">1 for the elements that count, 0 for others, whose loss is 0; <see langword="null"/> where all do.</param>
    public static void Declare(LayerContext context, string kind, Value raw, Value prediction, Value elements, Value? counted = null) =>
        Declare(context, kind, raw, prediction, elements, context.Has("Target") ? null : Name(context), counted);

    /// <summary>The same for a loss that compares tensors of the graph alone.</summary>
    public static void DeclareWithoutTarget(LayerContext context, string kind, Value current, Value elements)
    {
        if (context.Has("Target")) throw context.OutOfRange("Target", "absent: this loss compares the tensors that it names", context.String("Target") ?? "null");
        Declare(context, kind, current, current, elements, null, null);
    }

    private static void Declare(LayerContext context, string kind, Value raw, Value prediction, Value elements, string? target, Value? counted)
    {
        Mask? mask = context.MaskOf(raw);
        if (mask is not null && (elements.Type.Rank == 0 || elements.Type.Shape[0] != mask.Value.Type.Shape[0]))
        {
            context.WarnOfDroppedMask();
            mask = null;
        }

        if (mask is not null) (elements, counted) = Masked(context, elements, counted, mask.Value);
        Value perSample = elements.Type.Rank == 0 ? elements : Mean(context, elements, counted);

        double weight = context.Double("Weight", 1);
        if (context.Has("Weight") && weight <= 0) throw context.OutOfRange("Weight", "positive", weight);
        EquatableArray<string> classes = context.Spec.TypeArguments.Length == 1
            ? context.Spec.TypeArguments[0].EnumMembers.Select(member => member.Member).ToEquatableArray()
            : EquatableArray<string>.Empty;
        context.DeclareLoss(new LossValue(Name(context), kind, perSample, weight, raw, prediction, target, classes) { Padding = mask?.Padding ?? EquatableArray<PaddingValue>.Empty });
    }

    /// <summary>Elements and what counts of them, with nothing of padding.</summary>
    private static (Value Elements, Value Counted) Masked(LayerContext context, Value elements, Value? counted, Value mask)
    {
        Value column = elements.Type.Rank == 1 ? mask : context.Graph.Reshape($"{context.Path}/column", mask, [mask.Type.Shape[0], .. Enumerable.Repeat(1, elements.Type.Rank - 1)]);
        ScalarExpression product = ScalarExpression.Of(0) * ScalarExpression.Of(1);
        Value real = context.Graph.Map($"{context.Path}/real", product, elements, column);
        return (real, counted is null ? column : context.Graph.Map($"{context.Path}/counted", product, counted, column));
    }

    /// <summary>The mean over the elements of a sample that count, 0 where none does.</summary>
    private static Value Mean(LayerContext context, Value elements, Value? counted)
    {
        Value Sum(string name, Value values) => context.Graph.Sum($"{context.Path}/{name}", values, Enumerable.Range(0, elements.Type.Rank), overBatch: false);
        Value sum = Sum("total", elements);
        if (counted is null) return context.Graph.Map($"{context.Path}/mean", ScalarExpression.Of(0) * (1.0 / elements.Type.Elements), sum);

        // One number may count for several elements: those of its place.
        double each = elements.Type.Elements / (double)counted.Type.Elements;
        ScalarExpression count = new ScalarExpression.Binary(BinaryFunction.Max, ScalarExpression.Of(1), 1);
        return context.Graph.Map($"{context.Path}/mean", ScalarExpression.Of(0) / (each == 1 ? count : count * each), sum, Sum("count", counted));
    }

    /// <summary>Classes run along the last axis; an enum names as many as there are.</summary>
    public static void RequireClasses(LayerContext context, Value current)
    {
        if (current.Type.Rank == 0) throw context.WrongRank(current, "a tensor whose last axis is the classes");
        int classes = current.Type.Shape[current.Type.Rank - 1];
        if (classes < 2) throw context.Error(DiagnosticIds.LossShape, context.Source, context.Path, $"it needs at least 2 classes on the last axis, and {context.NameOf(current)} gives {LayerContext.Show(current)}; for one probability use [BinaryCrossEntropy]");
        if (context.Spec.TypeArguments.Length != 1) return;
        EquatableArray<EnumValue> members = context.Spec.TypeArguments[0].EnumMembers;
        bool consecutive = members.Select((member, i) => member.Value == i).All(same => same);
        if (members.Length != classes || !consecutive)
        {
            string enumName = context.Spec.TypeArguments[0].Type;
            throw context.Error(
                DiagnosticIds.LossShape,
                context.Source,
                context.Path,
                members.Length != classes
                    ? $"the enum {enumName} has {members.Length} members, and {context.NameOf(current)} gives {LayerContext.Show(current)}, {classes} classes"
                    : $"the members of the enum {enumName} must have the values 0 to {classes - 1}");
        }
    }

    private static string Name(LayerContext context) => context.Path;
}
