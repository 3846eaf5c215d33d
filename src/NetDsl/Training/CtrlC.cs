namespace NetDsl.Training;

/// <summary>While it exists, the first Ctrl+C asks for a stop and is swallowed; the second one ends the process as usual.</summary>
internal sealed class CtrlC : IDisposable
{
    private readonly bool _listens;
    private int _presses;

    /// <param name="listens">Whether to listen to the console.</param>
    public CtrlC(bool listens)
    {
        // Phones and browsers have no console to listen to.
        _listens = listens && !OperatingSystem.IsAndroid() && !OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS() && !OperatingSystem.IsBrowser();
        if (_listens) Subscribe();
    }

    /// <summary>Whether a stop was asked for.</summary>
    public bool Pressed => Volatile.Read(ref _presses) > 0;

    /// <summary>One press.</summary>
    /// <returns>Whether it was swallowed.</returns>
    public bool Press() => Interlocked.Increment(ref _presses) == 1;

    public void Dispose()
    {
        if (_listens) Unsubscribe();
    }

#pragma warning disable CA1416 // Guarded in the constructor.
    private void Subscribe() => Console.CancelKeyPress += OnPress;

    private void Unsubscribe() => Console.CancelKeyPress -= OnPress;
#pragma warning restore CA1416

    private void OnPress(object? sender, ConsoleCancelEventArgs e) => e.Cancel = Press();
}
