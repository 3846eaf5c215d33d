namespace NetDsl.Conformance.Networks;

/// <summary>All networks of all families.</summary>
public sealed class NetworkFamilies : INetworkFamily
{
    public static IReadOnlyList<NetworkCase> Cases { get; } =
    [
        .. DenseNetworks.Cases,
        .. ConvolutionNetworks.Cases,
        .. PoolingNetworks.Cases,
        .. SequenceNetworks.Cases,
        .. AttentionNetworks.Cases,
        .. SharingNetworks.Cases,
        .. RecurrentNetworks.Cases,
        .. MaskNetworks.Cases,
        .. NormalizationNetworks.Cases,
        .. LossNetworks.Cases,
        .. GraphNetworks.Cases,
        .. PrecisionNetworks.Cases,
    ];

    /// <summary>A case by its name.</summary>
    public static NetworkCase Find(string name) => Cases.Single(network => network.Name == name);
}
