using System.Collections;
using NetDsl.Engines;
using NetDsl.Networks;

namespace NetDsl;

/// <summary>
/// The tokens that a network writes, one by one. Each costs one place of the network: keys and values of those before are kept. Behind the network's longest text it reads the later half
/// of it again and goes on from there. For one thread and one pass; a <c>foreach</c> ends it, otherwise dispose it. It allocates nothing per token. Weights that change meanwhile are
/// taken as they come.
/// </summary>
public sealed class TokenGenerator : IEnumerable<int>, IEnumerator<int>
{
    private const int TokenInput = 0, PlaceInput = 1, SeenInput = 2, Logits = 0;

    private readonly NetworkRuntime _runtime;
    private readonly EngineRun _run;
    private readonly TokenSampler _sampler;
    private readonly GenerationOptions _options;
    private readonly int[] _text;
    private readonly float[] _seen;
    private readonly float[] _logits;
    private readonly int[] _one = new int[1];
    private int _places;
    private int _written;
    private bool _fed;
    private bool _ended;
    private bool _disposed;

    internal TokenGenerator(NetworkRuntime runtime, ReadOnlySpan<int> prompt, GenerationOptions options)
    {
        ColumnInfo column = runtime.Info.Inputs[0];
        (_runtime, _options) = (runtime, options);
        _text = new int[column.Elements];
        _seen = new float[column.Elements];
        _logits = new float[column.Classes];
        _sampler = new TokenSampler(options, column.Classes);
        runtime.Enter();
        try
        {
            _run = runtime.Engine.Rent(ProgramKind.Generate, 0, 1);
            _run.Clear();
        }
        catch
        {
            runtime.Exit();
            throw;
        }

        try
        {
            foreach (int token in prompt[Math.Max(0, prompt.Length - _text.Length)..]) Read(token);
            _fed = true;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The token that was written last.</summary>
    public int Current { get; private set; }

    object IEnumerator.Current => Current;

    /// <summary>Writes the next token.</summary>
    /// <returns>Whether there is one; else the text has ended.</returns>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    /// <exception cref="InvalidOperationException">The network gives no numbers any more.</exception>
    public bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_ended || _written == _options.MaxTokens) return false;
        if (!_fed) Read(Current);
        _fed = true;
        int token = _sampler.Draw(_logits);
        if (_options.Stops(token))
        {
            _ended = true;
            return false;
        }

        _written++;
        _fed = false;
        Current = token;
        return true;
    }

    /// <summary>This.</summary>
    public TokenGenerator GetEnumerator() => this;

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => this;

    IEnumerator IEnumerable.GetEnumerator() => this;

    /// <summary>Not supported: there is one pass.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Reset() => throw new NotSupportedException("A text is written once. Call Generate again for another.");

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            _run.Release();
        }
        finally
        {
            _runtime.Exit();
        }
    }

    /// <summary>Puts a token behind the text and computes the logits of the next.</summary>
    private void Read(int token)
    {
        if (_places == _text.Length)
        {
            // The places of the later half are others from now on, and so are its keys and values.
            int half = _text.Length / 2;
            Array.Clear(_seen);
            _places = 0;
            for (int i = _text.Length - half; i < _text.Length; i++) Step(_text[i]);
        }

        Step(token);
    }

    private void Step(int token)
    {
        _text[_places] = token;
        _seen[_places] = 1;
        _one[0] = token;
        _run.SetInput(TokenInput, 0, _one);
        _one[0] = _places++;
        _run.SetInput(PlaceInput, 0, _one);
        _run.SetInput(SeenInput, 0, _seen);
        _run.Execute(_runtime.StepKey, null);
        _run.CopyOutput(Logits, _logits);
    }
}
