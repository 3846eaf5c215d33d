using NetDsl.Generators.IR;

namespace NetDsl.Generators.Lowering;

/// <summary>The shapes of an attention.</summary>
/// <param name="Queries">Rows of the queries.</param>
/// <param name="Keys">Rows of keys and values.</param>
/// <param name="Heads">Heads of the queries.</param>
/// <param name="KeyHeads">Heads of keys and values.</param>
/// <param name="Width">Elements of a query or key of a head.</param>
/// <param name="ValueWidth">Elements of a value of a head.</param>
/// <param name="Scale">Factor of the products.</param>
/// <param name="Causal">Queries see no later key.</param>
/// <param name="Masked">The last operand says which keys there are.</param>
internal sealed record AttentionShape(int Queries, int Keys, int Heads, int KeyHeads, int Width, int ValueWidth, double Scale, bool Causal, bool Masked)
{
    public static AttentionShape Of(Node node, int heads, int keyHeads, double scale, bool causal, bool masked)
    {
        TensorType q = node.Inputs[0].Type, v = node.Inputs[2].Type;
        return new(q.Shape[0], v.Shape[0], heads, keyHeads, q.Shape[1] / heads, v.Shape[1] / keyHeads, scale, causal, masked);
    }
}
