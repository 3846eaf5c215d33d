using NetDsl;

/// <summary>Two convolutions, to be added to what went in (He et al. 2015).</summary>
[Block]
[Conv2D(Width, 3, Stride = Stride, Pad = 1, UseBias = false), BatchNorm(Activation = Activation.ReLU)]
[Conv2D(Width, 3, Pad = 1, UseBias = false), BatchNorm]
public partial class Basic
{
    private const int Width = 16, Stride = 1;
}

/// <summary>What goes in, in the shape of what comes out.</summary>
[Block]
[Conv2D(Width, 1, Stride = Stride, UseBias = false), BatchNorm]
public partial class Shortcut
{
    private const int Width = 16, Stride = 1;
}

/// <summary>A residual network for small grey pictures, fourteen layers deep.</summary>
[Network]
[Input(28, 28, 1), Rescale(1 / 255.0)]
[Conv2D(16, 3, Pad = 1, UseBias = false), BatchNorm(Activation = Activation.ReLU)]
[Residual<Basic>(16, Repeat = 2, Activation = Activation.ReLU)]
[Residual<Basic, Shortcut>(32, 2, Activation = Activation.ReLU), Residual<Basic>(32, Activation = Activation.ReLU)]
[Residual<Basic, Shortcut>(64, 2, Activation = Activation.ReLU), Residual<Basic>(64, Activation = Activation.ReLU)]
[GlobalAveragePool2D, Dropout(0.3), Dense(10)]
[CrossEntropy]
public partial class ResNet;
