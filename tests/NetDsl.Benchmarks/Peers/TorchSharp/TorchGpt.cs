using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetDsl.Benchmarks.Peers.TorchSharp;

/// <summary>A decoder as it is written for PyTorch: queries, keys and values from one linear layer, libtorch's own fused attention.</summary>
internal sealed class TorchGpt : Module<Tensor, Tensor>
{
    private const int Width = 128, Length = 64, Layers = 4;

    private readonly Embedding _tokens = Embedding(80, Width);
    private readonly Embedding _places = Embedding(Length, Width);
    private readonly ModuleList<TorchGptLayer> _layers;
    private readonly LayerNorm _norm = LayerNorm(Width);
    private readonly Linear _head = Linear(Width, 80);
    private readonly Tensor _positions = arange(Length);

    public TorchGpt(PeerWeights weights)
        : base(nameof(TorchGpt))
    {
        TorchModules.Fill(_tokens.weight!, weights.Of("Embedding1/weight"));
        TorchModules.Fill(_places.weight!, weights.Of("PositionalEmbedding1/weight"));
        _layers = ModuleList([.. Enumerable.Range(1, Layers).Select(i => new TorchGptLayer(weights, $"GptLayer1/{i}"))]);
        TorchGptLayer.Fill(_norm, weights, "LayerNorm1");
        TorchModules.Filled(_head, weights, "Dense1");
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor x = _tokens.forward(input) + _places.forward(_positions);
        foreach (TorchGptLayer layer in _layers) x = layer.forward(x);
        return _head.forward(_norm.forward(x)).view(-1, 80);
    }
}

/// <summary>One layer of <see cref="TorchGpt"/>.</summary>
internal sealed class TorchGptLayer : Module<Tensor, Tensor>
{
    private const int Width = 128, Heads = 4;

    private readonly LayerNorm _norm1 = LayerNorm(Width);
    private readonly Linear _projections = Linear(Width, 3 * Width);
    private readonly Linear _output = Linear(Width, Width);
    private readonly LayerNorm _norm2 = LayerNorm(Width);
    private readonly Linear _up = Linear(Width, 4 * Width);
    private readonly Linear _down = Linear(4 * Width, Width);

    public TorchGptLayer(PeerWeights weights, string path)
        : base(path)
    {
        string attention = path + "/GptAttention1/MultiHeadAttention1", thinking = path + "/GptThinking1/FeedForward1";
        string[] parts = [attention + "/query", attention + "/key", attention + "/value"];
        Fill(_norm1, weights, path + "/GptAttention1/LayerNorm1");
        Fill(_norm2, weights, path + "/GptThinking1/LayerNorm1");
        TorchModules.Filled(
            _projections,
            [.. parts.SelectMany(part => weights.Transposed(part + "/weight"))],
            [.. parts.SelectMany(part => weights.Of(part + "/bias"))]);
        TorchModules.Filled(_output, weights, attention + "/output");
        TorchModules.Filled(_up, weights, thinking + "/up");
        TorchModules.Filled(_down, weights, thinking + "/down");
        RegisterComponents();
    }

    public static void Fill(LayerNorm norm, PeerWeights weights, string path)
    {
        TorchModules.Fill(norm.weight!, weights.Of(path + "/scale"));
        TorchModules.Fill(norm.bias!, weights.Of(path + "/bias"));
    }

    public override Tensor forward(Tensor input)
    {
        long batch = input.shape[0], length = input.shape[1];
        Tensor[] parts = _projections.forward(_norm1.forward(input)).chunk(3, -1);
        Tensor Heads4(Tensor x) => x.view(batch, length, Heads, Width / Heads).transpose(1, 2);
        Tensor attended = functional.scaled_dot_product_attention(Heads4(parts[0]), Heads4(parts[1]), Heads4(parts[2]), is_casual: true);
        Tensor x = input + _output.forward(attended.transpose(1, 2).reshape(batch, length, Width));
        return x + _down.forward(functional.gelu(_up.forward(_norm2.forward(x))));
    }
}
