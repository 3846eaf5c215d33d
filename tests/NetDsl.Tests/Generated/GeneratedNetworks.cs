namespace NetDsl.Tests.Generated;

/// <summary>Two classes, three features.</summary>
[Network]
[Input(3), Standardize]
[Dense(8, Activation = Activation.Tanh)]
[Dense(2)]
[CrossEntropy<Weather>]
public partial class WeatherNet;

/// <summary>Classes of <see cref="WeatherNet"/>.</summary>
public enum Weather
{
    Dry,
    Wet,
}

/// <summary>A linear model, whose gradients are known by hand.</summary>
[Network(InputGradients = true)]
[Input(2)]
[Dense(1)]
[MeanSquaredError]
public partial class LineNet;

/// <summary>Convolution, batch normalisation, dropout and pooling: everything that differs between training and prediction.</summary>
[Network(Inspectable = true)]
[Input(8, 8, 1), Rescale(1 / 255.0)]
[Conv2D(4, 3, UseBias = false), BatchNorm(Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dropout(0.25)]
[Dense(3)]
[CrossEntropy]
public partial class PatchNet;

/// <summary>An autoencoder with a classifier on its code: one input, two losses, three outputs.</summary>
[Network]
[Input(6)]
[Dense(4, Activation = Activation.Tanh, Name = "code"), Output("code")]
[Dense(6), MeanSquaredError(Name = "reconstruction", Target = "input", Weight = 0.5)]
[From("code"), Dense(3), CrossEntropy(Name = "kind")]
public partial class CodeNet;

/// <summary>Two inputs joined, two targets of their own.</summary>
[Network]
[Input(4, Name = "left"), Dense(5, Activation = Activation.ReLU, Name = "l")]
[Input(3, Name = "right"), Dense(5, Activation = Activation.ReLU)]
[Concat("l"), Dense(4, Activation = Activation.ReLU, Name = "both")]
[Dense(1), BinaryCrossEntropy(Name = "sign")]
[From("both"), Dense(2), MeanSquaredError(Name = "values")]
public partial class PairNet;

/// <summary>Nested, internal, built from a block, without a loss.</summary>
internal static partial class Outer
{
    /// <summary>A block.</summary>
    [Block]
    [Dense(Width, Activation = Activation.ReLU)]
    internal sealed partial class Hidden
    {
        private const int Width = 4;
    }

    /// <summary>Prediction only.</summary>
    [Network]
    [Input(3)]
    [Block<Hidden>(6), Residual<Hidden>(6, Repeat = 2)]
    [Dense(2, Activation = Activation.Softmax)]
    internal sealed partial class PredictOnly;
}

/// <summary>Two numbers of very different sizes, learned as standardized ones.</summary>
[Network]
[Input(2), Dense(2)]
[MeanSquaredError(Standardize = true)]
public partial class Prices;
