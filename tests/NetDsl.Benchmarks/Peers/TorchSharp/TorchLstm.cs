using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetDsl.Benchmarks.Peers.TorchSharp;

/// <summary>An embedding, an LSTM, and a dense layer on its last state. PyTorch's second bias, which would learn the same as the first, stays zero.</summary>
internal sealed class TorchLstm : Module<Tensor, Tensor>
{
    private readonly Embedding _embedding = Embedding(1000, 32);
    private readonly LSTM _lstm = LSTM(32, 64, batchFirst: true);
    private readonly Linear _dense = Linear(64, 1);

    public TorchLstm(PeerWeights weights)
        : base(nameof(TorchLstm))
    {
        TorchModules.Fill(_embedding.weight!, weights.Of("Embedding1/weight"));
        TorchModules.Filled(_dense, weights, "Dense1");
        RegisterComponents();
        foreach ((string name, Parameter parameter) in _lstm.named_parameters())
        {
            switch (name)
            {
                case "weight_ih_l0":
                    TorchModules.Fill(parameter, weights.Transposed("LSTM1/weight"));
                    break;
                case "weight_hh_l0":
                    TorchModules.Fill(parameter, weights.Transposed("LSTM1/recurrentWeight"));
                    break;
                case "bias_ih_l0":
                    TorchModules.Fill(parameter, weights.Of("LSTM1/bias"));
                    break;
                default:
                    TorchModules.Fill(parameter, new float[256]);
                    parameter.requires_grad = false;
                    break;
            }
        }
    }

    public override Tensor forward(Tensor input)
    {
        (Tensor states, _, _) = _lstm.forward(_embedding.forward(input));
        return _dense.forward(states.select(1, -1));
    }
}
