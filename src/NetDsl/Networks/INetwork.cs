using NetDsl.Networks;

namespace NetDsl;

/// <summary>A network, made by the compiler from a class with <c>[Network]</c>.</summary>
public interface INetwork : IDisposable
{
    /// <summary>The network's memory and programs.</summary>
    NetworkRuntime Runtime { get; }

    /// <inheritdoc cref="NetworkRuntime.Fit(DataSet, FitOptions?, CancellationToken)"/>
    FitResult Fit(DataSet data, FitOptions? options = null, CancellationToken cancellation = default) => Runtime.Fit(data, options, cancellation);

    /// <inheritdoc cref="NetworkRuntime.Evaluate"/>
    EvaluationReport Evaluate(DataSet data, int batchSize = 0) => Runtime.Evaluate(data, batchSize);

    /// <inheritdoc cref="NetworkRuntime.Save"/>
    void Save(string path) => Runtime.Save(path);

    /// <inheritdoc cref="NetworkRuntime.Summary"/>
    string Summary(int batchSize = 32) => Runtime.Summary(batchSize);
}

/// <summary>A network as a type argument: code over any network makes and loads it through this.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf> : INetwork
    where TSelf : INetwork<TSelf>
{
    /// <summary>What the compiler knows of the network.</summary>
    static abstract NetworkInfo Info { get; }

    /// <summary>A network with initial weights.</summary>
    static abstract TSelf Create(NetworkOptions? options = null);

    /// <summary>A network with the weights of a file.</summary>
    static abstract TSelf Load(string path, NetworkOptions? options = null);
}

/// <summary>A network with one input whose single loss is a classification.</summary>
public interface IClassifier : INetwork
{
    /// <inheritdoc cref="NetworkRuntime.Classify(ReadOnlySpan{float})"/>
    Classification Classify(ReadOnlySpan<float> input);

    /// <inheritdoc cref="NetworkRuntime.Classify(ReadOnlySpan{float})"/>
    Classification Classify(ReadOnlySpan<byte> input);
}

/// <summary>A network with one input whose single loss compares numbers.</summary>
public interface IRegressor : INetwork
{
    /// <summary>Predicts whole samples; safe on any number of threads.</summary>
    /// <param name="input">One sample after the other.</param>
    /// <param name="output">Room for as many samples of the output.</param>
    /// <exception cref="ArgumentException">A length is not that of whole samples, or the two differ in samples.</exception>
    void Predict(ReadOnlySpan<float> input, Span<float> output);

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float})"/>
    /// <returns>One sample of the output after the other.</returns>
    float[] Predict(ReadOnlySpan<float> input);
}
