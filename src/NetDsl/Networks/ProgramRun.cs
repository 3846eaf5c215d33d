using NetDsl.Data;
using NetDsl.Engines;

namespace NetDsl.Networks;

/// <summary>
/// One run of a program, for generated code: set the columns, execute, read the results, dispose. Allocates nothing once the
/// memory for this many samples is there.
/// </summary>
public readonly ref struct ProgramRun
{
    private readonly NetworkRuntime _runtime;
    private readonly EngineRun _run;
    private readonly ProgramKind _kind;
    private readonly int _entry;

    internal ProgramRun(NetworkRuntime runtime, EngineRun run, ProgramKind kind, int entry)
    {
        _runtime = runtime;
        _run = run;
        _kind = kind;
        _entry = entry;
    }

    /// <summary>Samples of the run.</summary>
    public int Samples => _run.Samples;

    /// <summary>The total loss: the sum over the losses of weight times mean over the samples.</summary>
    public float Loss => (float)_runtime.TotalLoss(_run);

    /// <summary>Sets an input.</summary>
    /// <param name="input">Index in <see cref="NetworkInfo.Inputs"/>.</param>
    /// <param name="values">One sample after the other.</param>
    /// <exception cref="ArgumentException">The length is not that of the run's samples, or the input is of labels.</exception>
    public void SetInput(int input, ReadOnlySpan<float> values)
    {
        Check(_runtime.Info.Inputs[input], ColumnKind.Numbers, values.Length);
        _run.SetInput(input, 0, values);
    }

    /// <inheritdoc cref="SetInput(int, ReadOnlySpan{float})"/>
    public void SetInput(int input, ReadOnlySpan<byte> values)
    {
        Check(_runtime.Info.Inputs[input], ColumnKind.Numbers, values.Length);
        _run.SetInput(input, 0, values);
    }

    /// <summary>Sets an input of whole numbers.</summary>
    /// <param name="input">Index in <see cref="NetworkInfo.Inputs"/>.</param>
    /// <param name="values">One sample after the other.</param>
    /// <exception cref="ArgumentException">The length is not that of the run's samples, a number is out of range, or the input is not of labels.</exception>
    public void SetInput(int input, ReadOnlySpan<int> values)
    {
        ColumnInfo column = _runtime.Info.Inputs[input];
        Check(column, ColumnKind.Labels, values.Length);
        LabelCheck.Range(column.Name, values, column);
        _run.SetInput(input, 0, values);
    }

    /// <summary>Sets a target of numbers.</summary>
    /// <param name="target">Index in <see cref="NetworkInfo.Targets"/>.</param>
    /// <param name="values">One sample after the other.</param>
    /// <exception cref="ArgumentException">The length is not that of the run's samples, or the target is of labels.</exception>
    public void SetTarget(int target, ReadOnlySpan<float> values)
    {
        Check(_runtime.Info.Targets[target], ColumnKind.Numbers, values.Length);
        _run.SetTarget(target, 0, values);
    }

    /// <summary>Sets a target of class labels.</summary>
    /// <param name="target">Index in <see cref="NetworkInfo.Targets"/>.</param>
    /// <param name="labels">One sample after the other, each 0 to classes - 1.</param>
    /// <exception cref="ArgumentException">The length is not that of the run's samples, a label is out of range, or the target is not of labels.</exception>
    public void SetLabels(int target, ReadOnlySpan<int> labels)
    {
        ColumnInfo column = _runtime.Info.Targets[target];
        if (column.Kind == ColumnKind.Labels && labels.Length == (long)Samples * column.Elements * column.Classes)
            throw new ArgumentException(Sentences.OneHot(column.Name, column.Classes, column.Elements), column.Name);
        Check(column, ColumnKind.Labels, labels.Length);
        LabelCheck.Range(column.Name, labels, column);
        _run.SetLabels(target, 0, labels);
    }

    /// <summary>Sets the gradient by an output, for <see cref="ProgramKind.Backward"/>.</summary>
    /// <param name="output">Index in <see cref="NetworkInfo.Outputs"/>.</param>
    /// <param name="values">One sample after the other.</param>
    /// <exception cref="ArgumentException">The length is not that of the run's samples.</exception>
    public void SetOutputGradient(int output, ReadOnlySpan<float> values)
    {
        _runtime.CheckLength("outputGradient", values.Length, Samples, output);
        _run.SetOutputGradient(output, values);
    }

    /// <summary>Runs the program.</summary>
    public void Execute() => _run.Execute(_runtime.StepKey, null);

    /// <summary>Runs the program on the samples of its only input, without a copy where the device can read them in place.</summary>
    /// <param name="input">One sample after the other.</param>
    /// <exception cref="ArgumentException">The length is not that of the run's samples.</exception>
    /// <exception cref="InvalidOperationException">The network has several inputs.</exception>
    public void Execute(ReadOnlySpan<float> input)
    {
        _runtime.RequireOnlyInput();
        Check(_runtime.Info.Inputs[0], ColumnKind.Numbers, input.Length);
        _run.ExecuteOn(_runtime.StepKey, input);
    }

    /// <summary>Runs the program and shows the output of each layer.</summary>
    public void Execute(LayerInspector inspector) => _run.Execute(_runtime.StepKey, new InspectorObserver(_run, inspector));

    /// <summary>Copies an output out.</summary>
    /// <param name="output">Index in <see cref="NetworkInfo.Outputs"/>; 0 for the one of <see cref="ProgramKind.Output"/>.</param>
    /// <param name="values">Room for the samples of the run.</param>
    /// <exception cref="ArgumentException">The length is not that of the run's samples.</exception>
    public void CopyOutput(int output, Span<float> values)
    {
        _runtime.CheckLength("output", values.Length, Samples, _kind == ProgramKind.Output ? _runtime.OutputOfEntry(_entry) : output);
        _run.CopyOutput(output, values);
    }

    /// <summary>Copies the gradient by an input out.</summary>
    /// <param name="input">Index in <see cref="NetworkInfo.Inputs"/>.</param>
    /// <param name="values">Room for the samples of the run.</param>
    /// <exception cref="ArgumentException">The length is not that of the run's samples.</exception>
    /// <exception cref="InvalidOperationException">The program does not compute it.</exception>
    public void CopyInputGradient(int input, Span<float> values)
    {
        Check(_runtime.Info.Inputs[input], values.Length);
        if (!_run.HasInputGradient(input))
            throw new InvalidOperationException($"The gradient by the input '{_runtime.Info.Inputs[input].Name}' is not part of this program of {_runtime.Info.Name}.");
        _run.CopyInputGradient(input, values);
    }

    /// <summary>Gives the working memory back.</summary>
    public void Dispose() => _runtime.End(_run, _kind);

    private void Check(ColumnInfo column, ColumnKind given, int length)
    {
        // A kernel would take the bits of the one for the other, and read wherever they point.
        if (column.Kind != given)
        {
            throw new ArgumentException(
                column.Kind == ColumnKind.Labels
                    ? $"'{column.Name}' of {_runtime.Info.Name} takes whole numbers from 0 to {column.Classes - 1}, as int; other numbers were given."
                    : $"'{column.Name}' of {_runtime.Info.Name} takes numbers, as float or byte; labels were given.",
                column.Name);
        }

        Check(column, length);
    }

    private void Check(ColumnInfo column, int length)
    {
        if (length != (long)Samples * column.Elements)
            throw new ArgumentException($"'{column.Name}' has {length} numbers; {Samples} samples of {column.Elements} ({Extents.Show(column.Shape)}) are {(long)Samples * column.Elements}.", column.Name);
    }
}
