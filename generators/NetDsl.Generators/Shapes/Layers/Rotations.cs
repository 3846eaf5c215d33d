using NetDsl.Generators.IR;

namespace NetDsl.Generators.Shapes.Layers;

/// <summary>
/// Rotary positions (Su et al. 2021): the pair of elements i and i + d/2 of each head is turned by the angle position / 10000^(2 i / d), so that a product of query and key
/// depends on the distance of their places.
/// </summary>
internal sealed class Rotations
{
    private readonly LayerContext _context;
    private readonly Value _cosine, _sine;
    private readonly int _tokens, _dimension;

    /// <param name="context">The layer.</param>
    /// <param name="tokens">Places.</param>
    /// <param name="dimension">Elements of a head; even.</param>
    public Rotations(LayerContext context, int tokens, int dimension)
    {
        (_context, _tokens, _dimension) = (context, tokens, dimension);
        Value Table(string name, string initializer)
        {
            Value table = context.Parameter(name, [tokens, dimension / 2], ParameterRole.State, initializer, 1, 1, own: true);
            return context.Graph.Reshape($"{context.Path}/{name}s", table, tokens, 1, 1, dimension / 2);
        }

        _cosine = Table("cosine", "RotaryCosine");
        _sine = Table("sine", "RotarySine");
    }

    /// <summary>Turns each head of (tokens, heads d).</summary>
    public Value Turn(string name, Value x)
    {
        GraphBuilder graph = _context.Graph;
        int heads = x.Type.Shape[1] / _dimension;
        Value halves = graph.Reshape($"{_context.Path}/{name}Halves", x, _tokens, heads, 2, _dimension / 2);
        Value first = graph.Add($"{_context.Path}/{name}First", new Op.Slice(2, 0, 1), halves), second = graph.Add($"{_context.Path}/{name}Second", new Op.Slice(2, 1, 1), halves);
        ScalarExpression a = ScalarExpression.Of(0), b = ScalarExpression.Of(1), cosine = ScalarExpression.Of(2), sine = ScalarExpression.Of(3);
        Value turnedFirst = graph.Map($"{_context.Path}/{name}TurnedFirst", (a * cosine) - (b * sine), first, second, _cosine, _sine);
        Value turnedSecond = graph.Map($"{_context.Path}/{name}TurnedSecond", (b * cosine) + (a * sine), first, second, _cosine, _sine);
        Value joined = graph.Add($"{_context.Path}/{name}Joined", new Op.Concat(2), turnedFirst, turnedSecond);
        return graph.Reshape($"{_context.Path}/{name}Turned", joined, [.. x.Type.Shape]);
    }
}
