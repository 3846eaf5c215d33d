using NetDsl.Engines;

namespace NetDsl.Networks;

public sealed partial class NetworkRuntime
{
    /// <summary>Starts a run of a program: working memory for it is held until the run is disposed.</summary>
    /// <param name="kind">Which program. <see cref="ProgramKind.Train"/> and <see cref="ProgramKind.Backward"/> are for one thread at a time.</param>
    /// <param name="samples">Samples of the run, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">It trains, and another thread trains this network; or the network has no loss and needs one.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public ProgramRun Begin(ProgramKind kind, int samples) => Begin(kind, 0, samples);

    /// <summary>Starts a run of the program that computes one <c>[Output]</c>.</summary>
    /// <param name="entry">Index in the programs' output entries.</param>
    /// <param name="samples">Samples of the run, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public ProgramRun BeginOutput(int entry, int samples) => Begin(ProgramKind.Output, entry, samples);

    /// <summary>Samples in a span of an input's values.</summary>
    /// <param name="argument">Name of the argument, for the message.</param>
    /// <param name="length">Its length.</param>
    /// <param name="input">Index in <see cref="NetworkInfo.Inputs"/>.</param>
    /// <exception cref="ArgumentException">It is not a whole number of samples.</exception>
    public int CountSamples(string argument, int length, int input)
    {
        ColumnInfo column = Info.Inputs[input];
        (int samples, int rest) = Math.DivRem(length, column.Elements);
        if (rest != 0) throw new ArgumentException(Sentences.SampleLength(Info.Name, argument, length, column), argument);
        return samples;
    }

    /// <summary>Checks that a span has room for the samples of an output.</summary>
    /// <param name="argument">Name of the argument, for the message.</param>
    /// <param name="length">Its length.</param>
    /// <param name="samples">Samples.</param>
    /// <param name="output">Index in <see cref="NetworkInfo.Outputs"/>.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public void CheckLength(string argument, int length, int samples, int output)
    {
        OutputInfo info = Info.Outputs[output];
        if (length != (long)samples * info.Elements)
            throw new ArgumentException($"'{argument}' has {length} numbers; {samples} samples of the output '{info.Name}' ({Extents.Show(info.Shape)}) are {(long)samples * info.Elements}.", argument);
    }

    /// <summary>Classifies one sample; safe on any number of threads.</summary>
    /// <param name="input">One sample of the only input.</param>
    /// <returns>The most probable class; for one probability, class 1 from one half on.</returns>
    /// <exception cref="ArgumentException"><paramref name="input"/> is not one sample.</exception>
    /// <exception cref="InvalidOperationException">The network has several inputs, or no loss that says one class per sample.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public Classification Classify(ReadOnlySpan<float> input)
    {
        RequireOneSample(input.Length);
        LossInfo loss = ClassifyingLoss();
        using ProgramRun run = Begin(ProgramKind.Predict, 1);
        run.Execute(input);
        return Classify(run, loss);
    }

    /// <inheritdoc cref="Classify(ReadOnlySpan{float})"/>
    public Classification Classify(ReadOnlySpan<byte> input)
    {
        RequireOneSample(input.Length);
        LossInfo loss = ClassifyingLoss();
        using ProgramRun run = Begin(ProgramKind.Predict, 1);
        run.SetInput(0, input);
        run.Execute();
        return Classify(run, loss);
    }

    /// <inheritdoc cref="Classify(ReadOnlySpan{float})"/>
    public Classification Classify(ReadOnlySpan<int> input)
    {
        RequireOneSample(input.Length);
        LossInfo loss = ClassifyingLoss();
        using ProgramRun run = Begin(ProgramKind.Predict, 1);
        run.SetInput(0, input);
        run.Execute();
        return Classify(run, loss);
    }

    /// <summary>Writes on from a prompt; safe on any number of threads.</summary>
    /// <param name="prompt">The text so far; at least one token. Of one that is longer than the network's texts the end counts.</param>
    /// <param name="options">How tokens are drawn, and when it ends; <see langword="null"/>: the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="prompt"/> is empty, or has a token that is none of the network's.</exception>
    /// <exception cref="InvalidOperationException">The network cannot write on.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public TokenGenerator Generate(ReadOnlySpan<int> prompt, GenerationOptions? options = null)
    {
        if (Info.Inputs is not [{ Kind: ColumnKind.Labels } column]) throw new InvalidOperationException(Sentences.WritesNothing(Info.Name));
        if (prompt.IsEmpty) throw new ArgumentException("The prompt is empty; it needs at least one token to go on from.", nameof(prompt));
        for (int i = 0; i < prompt.Length; i++)
        {
            if ((uint)prompt[i] >= (uint)column.Classes)
                throw new ArgumentException($"The prompt has the token {prompt[i]} at place {i}; the tokens of {Info.Name} are 0 to {column.Classes - 1}.", nameof(prompt));
        }

        return new TokenGenerator(this, prompt, options ?? new GenerationOptions());
    }

    /// <summary>Runs the inference graph and shows the output of each layer.</summary>
    /// <param name="input">Whole samples of the only input.</param>
    /// <param name="inspector">Called for each layer in order, on this thread.</param>
    /// <exception cref="ArgumentException"><paramref name="input"/> is not a whole number of samples.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public void Inspect(ReadOnlySpan<float> input, LayerInspector inspector)
    {
        ArgumentNullException.ThrowIfNull(inspector);
        using ProgramRun run = Begin(ProgramKind.Inspect, CountSamples(nameof(input), input.Length, 0));
        run.SetInput(0, input);
        run.Execute(inspector);
    }

    /// <inheritdoc cref="Inspect(ReadOnlySpan{float}, LayerInspector)"/>
    public void Inspect(ReadOnlySpan<int> input, LayerInspector inspector)
    {
        ArgumentNullException.ThrowIfNull(inspector);
        using ProgramRun run = Begin(ProgramKind.Inspect, CountSamples(nameof(input), input.Length, 0));
        run.SetInput(0, input);
        run.Execute(inspector);
    }

    internal void End(EngineRun run, ProgramKind kind)
    {
        try
        {
            run.Release();
        }
        finally
        {
            if (Trains(kind)) ExitTraining();
            Exit();
        }
    }

    private static bool Trains(ProgramKind kind) => kind is ProgramKind.Train or ProgramKind.Backward;

    private ProgramRun Begin(ProgramKind kind, int entry, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        Enter();
        bool training = false;
        try
        {
            if (Trains(kind))
            {
                EnterTraining();
                training = true;
                return new ProgramRun(this, Engine.RentTraining(kind, samples), kind, entry);
            }

            return new ProgramRun(this, Engine.Rent(kind, entry, samples), kind, entry);
        }
        catch
        {
            if (training) ExitTraining();
            Exit();
            throw;
        }
    }

    /// <summary>The loss that says one class per sample.</summary>
    private LossInfo ClassifyingLoss()
    {
        LossInfo? loss = Info.Losses.Length == 1 ? Info.Losses[0] : null;
        bool classifies = loss is not null
            && (loss.Kind == LossKind.CrossEntropy ? Info.Outputs[loss.Output].Shape.Length == 1 : IsBinary(loss));
        return classifies ? loss! : throw new InvalidOperationException($"The network {Info.Name} does not classify: its losses do not say one class per sample.");
    }

    private bool IsBinary(LossInfo loss) => loss.Kind == LossKind.BinaryCrossEntropy && Info.Outputs[loss.Output].Elements == 1;

    private Classification Classify(ProgramRun run, LossInfo loss)
    {
        bool binary = IsBinary(loss);
        int elements = Info.Outputs[loss.Output].Elements;
        float[] probabilities = new float[binary ? 2 : elements];
        run.CopyOutput(loss.Output, probabilities.AsSpan(binary ? 1 : 0));
        if (binary) probabilities[0] = 1 - probabilities[1];
        int label = binary ? (probabilities[1] >= 0.5f ? 1 : 0) : ArgMax(probabilities);
        return new Classification(label, ClassName(loss, label), probabilities);
    }

    /// <summary>Index in <see cref="NetworkInfo.Outputs"/> of the output that an entry computes.</summary>
    internal int OutputOfEntry(int entry)
    {
        for (int i = 0; i < Info.Outputs.Length; i++)
            if (Info.Outputs[i].Entry == entry) return i;
        throw new ArgumentOutOfRangeException(nameof(entry), entry, $"The network {Info.Name} has no such entry.");
    }

    internal static string ClassName(LossInfo loss, int label) =>
        label < loss.ClassNames.Length ? loss.ClassNames[label] : label.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Index of the largest element, the first of several.</summary>
    internal static int ArgMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }

    internal void RequireOnlyInput()
    {
        if (Info.Inputs.Length != 1) throw new InvalidOperationException($"The network {Info.Name} has {Info.Inputs.Length} inputs; this is for networks with one.");
    }

    private void RequireOneSample(int length)
    {
        RequireOnlyInput();
        ColumnInfo column = Info.Inputs[0];
        if (length != column.Elements)
            throw new ArgumentException($"'input' has {length} numbers; one sample of {Info.Name} is {column.Elements} ({Extents.Show(column.Shape)}).");
    }
}
