using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Some neighbouring units of a recurrent layer: <see cref="WholeUnits{T}"/> or <see cref="LastUnits{T}"/>. They are two types, so that the loop
/// over whole vectors has no branch for the others: with one the gradient of an LSTM's cell took twice as long.
/// </summary>
internal interface IUnits<T>
    where T : struct, ILanes<T>
{
    /// <summary>The numbers of these units of a gate.</summary>
    T Load(Floats place, int gate = 0);

    /// <summary>The same, or zero at no place.</summary>
    T LoadIfAny(Floats place, int gate = 0);

    /// <summary>Stores the numbers of these units of a gate.</summary>
    void Store(Floats place, int gate, T value);
}

/// <summary>As many units as a vector has lanes.</summary>
/// <param name="first">The first.</param>
/// <param name="units">Units of the layer: from one gate to the next.</param>
internal readonly unsafe struct WholeUnits<T>(int first, int units) : IUnits<T>
    where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Load(Floats place, int gate = 0) => T.Load(place.Pointer + (gate * units) + first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T LoadIfAny(Floats place, int gate = 0) => place.IsNull ? T.Create(0f) : Load(place, gate);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Floats place, int gate, T value) => value.Store(place.Pointer + (gate * units) + first);
}

/// <summary>The units behind the last whole vector.</summary>
/// <param name="first">The first.</param>
/// <param name="units">Units of the layer: from one gate to the next, and the end of these.</param>
internal readonly unsafe struct LastUnits<T>(int first, int units) : IUnits<T>
    where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Load(Floats place, int gate = 0) => T.LoadPartial(place.Pointer + (gate * units) + first, units - first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T LoadIfAny(Floats place, int gate = 0) => place.IsNull ? T.Create(0f) : Load(place, gate);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Floats place, int gate, T value) => value.StorePartial(place.Pointer + (gate * units) + first, units - first);
}
