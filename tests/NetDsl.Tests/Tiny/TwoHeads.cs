using NetDsl.Cpu;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Tests.Tiny;

/// <summary>Two inputs of one number, a class from the first and a number from the second, two losses with weights 1 and 0.5.</summary>
internal static class TwoHeads
{
    private const int A = 0, B = 16, Logits = 32, Value = 48, Label = 64, Truth = 80, ClassLoss = 96, ValueLoss = 112;
    private const int ClassWeight = 0, ValueWeight = 16;

    public static NetworkInfo Info { get; } = new()
    {
        Name = "TwoHeads",
        StructuralHash = "two heads",
        Inputs = [new ColumnInfo("a", [], ColumnKind.Numbers), new ColumnInfo("b", [], ColumnKind.Numbers)],
        Targets = [new ColumnInfo("kind", [], ColumnKind.Labels, 2), new ColumnInfo("value", [], ColumnKind.Numbers)],
        Outputs = [new OutputInfo("kind", [2], Entry: 0), new OutputInfo("value", [], Entry: 1)],
        Losses = [new LossInfo("kind", LossKind.CrossEntropy, 1, 0, 0, ["low", "high"]), new LossInfo("value", LossKind.MeanSquaredError, 0.5, 1, 1, [])],
        Parameters =
        [
            new ParameterTensor("kind/weight", [2], ClassWeight, ParameterRole.Trainable, Initializer.Zeros, 1, 2),
            new ParameterTensor("value/weight", [], ValueWeight, ParameterRole.Trainable, Initializer.Zeros, 1, 1),
        ],
        ParameterFloats = 32,
        TrainableFloats = 32,
        Layers = [],
    };

    public static CpuPrograms Programs { get; } = new()
    {
        Train = Program("train"),
        Evaluate = Program("evaluate"),
        Predict = Program("predict"),
        Forward = Program("forward"),
        Backward = Program("backward"),
        OutputEntries = [Program("output:kind") with { Outputs = [new Slot(Logits, 2)] }, Program("output:value") with { Outputs = [new Slot(Value, 1)] }],
    };

    public static NetworkRuntime Create() => NetworkRuntime.Create(Info, Programs, null);

    private static CpuProgram Program(string name) => new()
    {
        Name = name,
        Entry = Run,
        ActivationFloats = 128,
        FixedFloats = 0,
        Flops = 12,
        Scratch = (batch, threads) => default,
        WrittenFloats = 5,
        Inputs = [new Slot(A, 1), new Slot(B, 1)],
        Targets = [new Slot(Label, 1), new Slot(Truth, 1)],
        Outputs = [new Slot(Logits, 2), new Slot(Value, 1)],
        Losses = [new Slot(ClassLoss, 1), new Slot(ValueLoss, 1)],
    };

    private static void Run(in CpuFrame frame)
    {
        Floats weights = frame.Parameters;
        Floats gradients = frame.Gradients;
        gradients[ClassWeight] = gradients[ClassWeight + 1] = gradients[ValueWeight] = 0;
        for (int i = 0; i < frame.Batch; i++)
        {
            float a = frame.Activation(A, 1)[i][0];
            float b = frame.Activation(B, 1)[i][0];
            int label = frame.Activation(Label, 1)[i].AsInts()[0] & 1;
            double low = Math.Exp(a * weights[ClassWeight]);
            double high = Math.Exp(a * weights[ClassWeight + 1]);
            Floats probabilities = frame.Activation(Logits, 2)[i];
            probabilities[0] = (float)(low / (low + high));
            probabilities[1] = (float)(high / (low + high));
            frame.Activation(ClassLoss, 1)[i][0] = -MathF.Log(probabilities[label]);
            for (int c = 0; c < 2; c++) gradients[ClassWeight + c] += a * (probabilities[c] - (c == label ? 1 : 0)) * frame.InverseBatch;
            float value = b * weights[ValueWeight];
            float distance = value - frame.Activation(Truth, 1)[i][0];
            frame.Activation(Value, 1)[i][0] = value;
            frame.Activation(ValueLoss, 1)[i][0] = distance * distance;
            gradients[ValueWeight] += 0.5f * 2 * distance * b * frame.InverseBatch;
        }
    }
}
