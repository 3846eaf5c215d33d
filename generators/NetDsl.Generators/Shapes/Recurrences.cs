using System.Globalization;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes;

/// <summary>What the recurrent layers have in common: the product of all steps with the weights, the steps, and which of them are the result.</summary>
internal static class Recurrences
{
    /// <summary>Builds a recurrent layer.</summary>
    public static Value Build(LayerContext context, Cell cell)
    {
        Value x = context.Input;
        Sequences.Require(context, x);
        int units = context.Int("units");
        bool sequences = context.Bool("ReturnSequences", false), both = context.Bool("Bidirectional", false);
        if (Extents.TooLarge([units, cell.Gates(), units])) throw context.OutOfRange("units", "less, since the weights would be too large", units);
        context.Describe(units.ToString(CultureInfo.InvariantCulture));
        if (both) context.Describe("bidirectional");
        if (sequences) context.Describe("all steps");
        Value forward = Direction(context, cell, x, units, "", reverse: false, sequences);
        if (!both) return forward;
        Value backward = Direction(context, cell, x, units, "backward/", reverse: true, sequences);
        Value joined = context.Graph.Add($"{context.Path}/both", new Op.Concat(sequences ? 1 : 0), forward, backward);
        if (sequences) context.SetMask(joined, context.MaskOf(x));
        return joined;
    }

    private static Value Direction(LayerContext context, Cell cell, Value x, int units, string prefix, bool reverse, bool sequences)
    {
        int features = x.Type.Shape[1], steps = x.Type.Shape[0], width = cell.Gates() * units;
        bool biased = context.Bool("UseBias", true);
        Value weight = context.Parameter($"{prefix}weight", [features, width], ParameterRole.Trainable, Initializer(context, "KernelInitializer", "GlorotUniform"), features, width);
        Value recurrent = context.Parameter($"{prefix}recurrentWeight", [units, width], ParameterRole.Trainable, Initializer(context, "RecurrentInitializer", "Orthogonal"), units, width);

        // All steps at once: one product instead of one for each step.
        Value sums = context.Graph.Add($"{context.Path}/{prefix}sums", new Op.MatMul(TransposeA: false, TransposeB: false), x, weight);
        if (biased)
        {
            Value bias = context.Parameter($"{prefix}bias", [width], ParameterRole.Trainable, cell == Cell.LSTM ? "ForgetOnes" : "Zeros", features, width);
            sums = context.Graph.Map($"{context.Path}/{prefix}sums", ScalarExpression.Of(0) + ScalarExpression.Of(1), sums, bias);
        }

        Value[] operands = [sums, recurrent];
        if (cell == Cell.GRU)
        {
            Value recurrentBias = biased
                ? context.Parameter($"{prefix}recurrentBias", [width], ParameterRole.Trainable, "Zeros", units, width)
                : context.Graph.Add($"{context.Path}/{prefix}zeros", new Op.Map(0, TensorType.Fixed(width)));
            operands = [.. operands, recurrentBias];
        }

        Mask? mask = context.MaskOf(x);
        if (mask is not null) operands = [.. operands, mask.Value];
        Value states = context.Graph.AddAll([$"{context.Path}/{prefix}states", $"{context.Path}/{prefix}kept"], new Op.Recurrence(cell, units, reverse, mask is not null), operands)[0];
        if (sequences)
        {
            context.SetMask(states, mask);
            return states;
        }

        Value last = steps == 1 ? states : context.Graph.Add($"{context.Path}/{prefix}last", new Op.Slice(0, reverse ? 0 : steps - 1, 1), states);
        return context.Graph.Reshape($"{context.Path}/{prefix}state", last, units);
    }

    private static string Initializer(LayerContext context, string parameter, string otherwise)
    {
        string name = context.Enum(parameter, "Default", Initializers.Names);
        return name == "Default" ? otherwise : name;
    }
}
