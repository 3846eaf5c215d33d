using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

/// <summary>
/// Some neighbouring units, numbers of which lie in groups: the gates of a recurrent layer, or the pixels that filters gave. They are
/// <see cref="WholeUnits{T}"/> or <see cref="LastUnits{T}"/>, two types, so that the loop over whole vectors has no branch for the others: with one the gradient of
/// an LSTM's cell took twice as long.
/// </summary>
internal interface IUnits<T>
    where T : struct, ILanes<T>
{
    /// <summary>The numbers of these units in a group.</summary>
    T Load(Floats place, int group = 0);

    /// <summary>The same, or zero at no place.</summary>
    T LoadIfAny(Floats place, int group = 0);

    /// <summary>Stores the numbers of these units in a group.</summary>
    void Store(Floats place, int group, T value);
}

/// <summary>As many units as a vector has lanes.</summary>
/// <param name="first">The first.</param>
/// <param name="units">Units of a group: from one to the next.</param>
internal readonly unsafe struct WholeUnits<T>(int first, int units) : IUnits<T>
    where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Load(Floats place, int group = 0) => T.Load(place.Pointer + (group * units) + first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T LoadIfAny(Floats place, int group = 0) => place.IsNull ? T.Create(0f) : Load(place, group);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Floats place, int group, T value) => value.Store(place.Pointer + (group * units) + first);
}

/// <summary>The units behind the last whole vector.</summary>
/// <param name="first">The first.</param>
/// <param name="units">Units of a group: from one to the next, and the end of these.</param>
internal readonly unsafe struct LastUnits<T>(int first, int units) : IUnits<T>
    where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Load(Floats place, int group = 0) => T.LoadPartial(place.Pointer + (group * units) + first, units - first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T LoadIfAny(Floats place, int group = 0) => place.IsNull ? T.Create(0f) : Load(place, group);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Floats place, int group, T value) => value.StorePartial(place.Pointer + (group * units) + first, units - first);
}
