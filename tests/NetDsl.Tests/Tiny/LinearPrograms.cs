using NetDsl.Cpu;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl.Tests.Tiny;

/// <summary>
/// What the compiler would write for one dense layer and one loss, in plain loops: the smallest network that has weights, a
/// memory plan and every program. Works on the team of workers, as generated code does.
/// </summary>
internal sealed class LinearPrograms
{
    private readonly int _features;
    private readonly int _outputs;
    private readonly LossKind _kind;
    private readonly bool _standardize;
    private readonly int _raw;
    private readonly int _answer;
    private readonly int _gradient;
    private readonly int _target;
    private readonly int _loss;
    private readonly int _inputGradient;
    private readonly int _floats;

    public LinearPrograms(string name, int features, int outputs, LossKind kind, bool standardize = false, bool rescaled = false, string[]? classNames = null)
    {
        (_features, _outputs, _kind, _standardize) = (features, outputs, kind, standardize);
        int offset = 0;
        int Place(int elements)
        {
            int place = offset;
            offset += Round(elements);
            return place;
        }

        Place(features);
        _raw = Place(outputs);
        _answer = Place(outputs);
        _gradient = Place(outputs);
        _target = Place(outputs);
        _loss = Place(1);
        _inputGradient = Place(features);
        _floats = offset;
        Bias = Round(features * outputs);
        int trainable = Bias + Round(outputs);
        (Mean, Deviation, Fitted) = (trainable, trainable + Round(features), trainable + (2 * Round(features)));
        Info = MakeInfo(name, trainable, rescaled, classNames ?? []);
        Programs = new CpuPrograms
        {
            Train = Program("train", Train),
            Evaluate = Program("evaluate", (in frame) => Answer(in frame, losses: true)),
            Predict = Program("predict", (in frame) => Answer(in frame, losses: false)),
            Forward = Program("forward", Forward, rawOutput: true),
            Backward = Program("backward", Backward),
        };
    }

    public NetworkInfo Info { get; }

    public CpuPrograms Programs { get; }

    private int Bias { get; }

    private int Mean { get; }

    private int Deviation { get; }

    private int Fitted { get; }

    private static int Round(int elements) => (elements + 15) / 16 * 16;

    private NetworkInfo MakeInfo(string name, int trainable, bool rescaled, string[] classNames)
    {
        List<ParameterTensor> tensors =
        [
            new("Dense1/weight", [_features, _outputs], 0, ParameterRole.Trainable, Initializer.GlorotUniform, _features, _outputs),
            new("Dense1/bias", [_outputs], Bias, ParameterRole.Trainable, Initializer.Zeros, _features, _outputs),
        ];
        if (_standardize)
        {
            tensors.Add(new("Standardize1/mean", [_features], Mean, ParameterRole.State, Initializer.Zeros, 1, 1));
            tensors.Add(new("Standardize1/deviation", [_features], Deviation, ParameterRole.State, Initializer.Ones, 1, 1));
            tensors.Add(new("Standardize1/fitted", [], Fitted, ParameterRole.State, Initializer.Zeros, 1, 1));
        }

        return new NetworkInfo
        {
            Name = name,
            StructuralHash = $"hash of {name} {_features}x{_outputs} {_standardize}",
            Inputs = [new ColumnInfo("input", [_features], ColumnKind.Numbers, Rescaled: rescaled || _standardize)],
            Targets = [_kind == LossKind.CrossEntropy
                ? new ColumnInfo("CrossEntropy1", [], ColumnKind.Labels, _outputs)
                : new ColumnInfo($"{_kind}1", [_outputs], ColumnKind.Numbers)],
            Outputs = [new OutputInfo("output", [_outputs])],
            Losses = [new LossInfo($"{_kind}1", _kind, 1, 0, 0, classNames)],
            Parameters = [.. tensors],
            ParameterFloats = trainable + (_standardize ? (2 * Round(_features)) + 16 : 0),
            TrainableFloats = trainable,
            Layers =
            [
                new LayerInfo("input", "Input", "", [_features], 0, 0),
                new LayerInfo("Dense1", "Dense", "", [_outputs], (_features * _outputs) + _outputs, 2L * _features * _outputs),
            ],
            Standardize = _standardize ? [new StandardizeInfo(0, 1, 0, 2, 3, 4)] : [],
        };
    }

    private CpuProgram Program(string name, CpuEntry entry, bool rawOutput = false) => new()
    {
        Name = name,
        Entry = entry,
        ActivationFloats = _floats,
        FixedFloats = 0,
        Flops = 2L * _features * _outputs,
        Scratch = (batch, threads) => new WorkingMemory(worker: 16),
        WrittenFloats = (3 * _outputs) + 1,
        Inputs = [new Slot(0, _features)],
        Targets = [new Slot(_target, _kind == LossKind.CrossEntropy ? 1 : _outputs)],
        OutputGradients = [new Slot(_gradient, _outputs)],
        Outputs = [new Slot(rawOutput ? _raw : _answer, _outputs)],
        Losses = [new Slot(_loss, 1)],
        InputGradients = name == "backward" ? [new Slot(_inputGradient, _features)] : [],
        Observed = name == "forward" ? [new ObservedLayer("Dense1", [_outputs])] : [],
    };

    private void Forward(in CpuFrame frame)
    {
        frame.Team.Run(new DenseKernel(this, frame), frame.Batch);
        frame.Observe(0, frame.Activation(_raw, _outputs));
    }

    private void Answer(in CpuFrame frame, bool losses)
    {
        Forward(in frame);
        for (int sample = 0; sample < frame.Batch; sample++) Answer(in frame, sample, losses);
    }

    /// <summary>Probabilities or values, the loss, and the loss's gradient by the raw outputs over the batch.</summary>
    private void Answer(in CpuFrame frame, int sample, bool losses)
    {
        Floats raw = frame.Activation(_raw, _outputs)[sample];
        Floats answer = frame.Activation(_answer, _outputs)[sample];
        double highest = double.NegativeInfinity;
        double sum = 0;
        for (int o = 0; o < _outputs; o++) highest = Math.Max(highest, raw[o]);
        for (int o = 0; o < _outputs; o++) sum += Math.Exp(raw[o] - highest);
        for (int o = 0; o < _outputs; o++)
        {
            answer[o] = (float)(_kind switch
            {
                LossKind.CrossEntropy => Math.Exp(raw[o] - highest) / sum,
                LossKind.BinaryCrossEntropy => 1 / (1 + Math.Exp(-raw[o])),
                _ => raw[o],
            });
        }

        if (!losses) return;
        Floats gradient = frame.Activation(_gradient, _outputs)[sample];
        ref float loss = ref frame.Activation(_loss, 1)[sample][0];
        if (_kind == LossKind.CrossEntropy)
        {
            int label = frame.Activation(_target, 1)[sample].AsInts()[0];
            for (int o = 0; o < _outputs; o++) gradient[o] = (answer[o] - (o == label ? 1 : 0)) * frame.InverseBatch;
            loss = (float)(Math.Log(sum) + highest - raw[label]);
            return;
        }

        Floats target = frame.Activation(_target, _outputs)[sample];
        double total = 0;
        for (int o = 0; o < _outputs; o++)
        {
            double distance = answer[o] - target[o];
            bool squared = _kind == LossKind.MeanSquaredError;
            total += squared ? distance * distance : Math.Max(raw[o], 0) - (raw[o] * target[o]) + Math.Log(1 + Math.Exp(-Math.Abs(raw[o])));
            gradient[o] = (float)((squared ? 2 : 1) * distance / _outputs) * frame.InverseBatch;
        }

        loss = (float)(total / _outputs);
    }

    private void Train(in CpuFrame frame)
    {
        Answer(in frame, losses: true);
        Gradients(in frame);
    }

    private void Backward(in CpuFrame frame)
    {
        Forward(in frame);
        Gradients(in frame);
        for (int sample = 0; sample < frame.Batch; sample++)
        {
            Floats gradient = frame.Activation(_gradient, _outputs)[sample];
            Floats inputs = frame.Activation(_inputGradient, _features)[sample];
            for (int f = 0; f < _features; f++)
            {
                float sum = 0;
                for (int o = 0; o < _outputs; o++) sum += gradient[o] * frame.Parameters[(f * _outputs) + o];
                inputs[f] = sum;
            }
        }
    }

    private void Gradients(in CpuFrame frame)
    {
        for (int o = 0; o < _outputs; o++)
        {
            float bias = 0;
            for (int f = 0; f < _features; f++) frame.Gradients[(f * _outputs) + o] = 0;
            for (int sample = 0; sample < frame.Batch; sample++)
            {
                float gradient = frame.Activation(_gradient, _outputs)[sample][o];
                bias += gradient;
                for (int f = 0; f < _features; f++) frame.Gradients[(f * _outputs) + o] += gradient * Input(in frame, sample, f);
            }

            frame.Gradients[Bias + o] = bias;
        }
    }

    private float Input(in CpuFrame frame, int sample, int feature)
    {
        float value = frame.Activation(0, _features)[sample][feature];
        return _standardize ? (value - frame.Parameters[Mean + feature]) / frame.Parameters[Deviation + feature] : value;
    }

    private readonly struct DenseKernel(LinearPrograms network, CpuFrame frame) : IKernel
    {
        public void Run(int part, int worker)
        {
            frame.Workers.Of(worker)[0] = part;
            Floats raw = frame.Activation(network._raw, network._outputs)[part];
            for (int o = 0; o < network._outputs; o++)
            {
                float sum = frame.Parameters[network.Bias + o];
                for (int f = 0; f < network._features; f++) sum += network.Input(in frame, part, f) * frame.Parameters[(f * network._outputs) + o];
                raw[o] = sum;
            }
        }
    }
}
