using NetDsl.Generators.IR;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Fuses elementwise work into what produces its operand, where nobody else reads that operand: into another elementwise
/// node, into the epilogue of a matmul, convolution or pooling, and into the prologue of a reduction. The values between
/// are never written to memory.
/// </summary>
internal sealed class ElementwiseFusion : IPass
{
    /// <summary>Nodes of one fused expression at most, so that a kernel stays readable and within the JIT's limits.</summary>
    public const int MaximumSize = 160;

    public string Name => "elementwise fusion";

    public Graph Run(Graph graph, ISet<Value> kept)
    {
        var nodes = graph.Nodes.ToList();
        bool changed = true;
        while (changed)
        {
            changed = false;
            var uses = GraphRewriting.CountUses(graph with { Nodes = nodes });
            var producers = nodes.SelectMany(node => node.Outputs.Select(output => (output, node))).ToDictionary(p => p.output, p => p.node);
            for (int i = 0; i < nodes.Count && !changed; i++)
            {
                Node consumer = nodes[i];
                if (consumer.Op is not (Op.Map or Op.Reduce)) continue;
                foreach (Value operand in consumer.Inputs.Distinct())
                {
                    if (kept.Contains(operand) || uses[operand] != consumer.Inputs.Count(input => ReferenceEquals(input, operand))) continue;
                    Node producer = producers[operand];
                    if (Fuse(producer, consumer, operand) is not { } fused) continue;
                    nodes[i] = fused;
                    nodes.Remove(producer);
                    changed = true;
                    break;
                }
            }
        }

        return graph with { Nodes = nodes };
    }

    private static Node? Fuse(Node producer, Node consumer, Value between)
    {
        TensorType work = consumer.Op is Op.Map map ? map.Type : ((Op.Reduce)consumer.Op).Type;

        // An operand that is broadcast would be computed again for every element it is broadcast to.
        if (!between.Type.Equals(work)) return null;
        return (producer.Op, consumer.Op) switch
        {
            (Op.Map inner, Op.Map outer) => IntoExpression(producer, inner, consumer, outer.Expression, between, e => outer with { Expression = e }),

            // A reduction draws no random numbers: its kernels go by rows and columns, not by the elements of a sample.
            (Op.Map inner, Op.Reduce reduce) when !HasRandom(inner.Expression) => IntoExpression(producer, inner, consumer, reduce.Prologue, between, e => reduce with { Prologue = e }),
            (_, Op.Map outer) when HasEpilogue(producer.Op) => IntoEpilogue(producer, consumer, outer, between),
            _ => null,
        };
    }

    /// <summary>Ops whose building blocks take an epilogue: one result, with a batch axis.</summary>
    private static bool HasEpilogue(Op op) =>
        op is Op.MatMul { TransposeA: false } or Op.Conv2D or Op.Conv2DInputGradient
            or Op.DepthwiseConv2D or Op.DepthwiseConv2DInputGradient
            or Op.MaxPool2D or Op.MaxPool2DGradient or Op.AveragePool2D or Op.AveragePool2DGradient;

    /// <summary>outer(..., inner(...), ...) as one expression over the operands of both.</summary>
    private static Node? IntoExpression(Node producer, Op.Map inner, Node consumer, ScalarExpression outer, Value between, Func<ScalarExpression, Op> rebuild)
    {
        var operands = new List<Value>();
        ScalarExpression body = ScalarExpressions.Substitute(inner.Expression, i => Operand(operands, producer.Inputs[i]));
        ScalarExpression fused = ScalarExpressions.Substitute(
            outer,
            i => ReferenceEquals(consumer.Inputs[i], between) ? body : Operand(operands, consumer.Inputs[i]));
        if (ScalarExpressions.Size(fused) > MaximumSize) return null;
        return consumer with { Op = rebuild(Simplifier.Simplify(fused)), Inputs = operands };
    }

    /// <summary>The expression over the op's own result (operand 0) and the further operands, which follow the op's own.</summary>
    private static Node? IntoEpilogue(Node producer, Node consumer, Op.Map outer, Value between)
    {
        var further = new List<Value>();
        int own = producer.OperandCount;
        ScalarExpression previous = producer.Epilogue is null
            ? ScalarExpression.Of(0)
            : ScalarExpressions.Substitute(producer.Epilogue, i => i == 0 ? ScalarExpression.Of(0) : After(further, producer.Inputs[own + i - 1]));
        ScalarExpression fused = ScalarExpressions.Substitute(
            outer.Expression,
            i => ReferenceEquals(consumer.Inputs[i], between) ? previous : After(further, consumer.Inputs[i]));
        if (ScalarExpressions.Size(fused) > MaximumSize || HasRandom(fused) || !further.All(value => EpilogueAccess.Fits(value.Type, between.Type))) return null;
        return new Node(
            producer.Op,
            [.. producer.Inputs.Take(own), .. further],
            consumer.Outputs,
            consumer.Origin with { Layer = producer.Origin.Layer, Kind = producer.Origin.Kind },
            Simplifier.Simplify(fused),
            further.Count);
    }

    private static bool HasRandom(ScalarExpression expression) =>
        ScalarExpressions.Any(expression, e => e is ScalarExpression.RandomNumber);

    private static ScalarExpression Operand(List<Value> operands, Value value) => ScalarExpression.Of(IndexOf(operands, value));

    private static ScalarExpression After(List<Value> further, Value value) => ScalarExpression.Of(IndexOf(further, value) + 1);

    private static int IndexOf(List<Value> values, Value value)
    {
        int index = values.FindIndex(v => ReferenceEquals(v, value));
        if (index >= 0) return index;
        values.Add(value);
        return values.Count - 1;
    }
}
