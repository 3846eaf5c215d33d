namespace NetDsl.Cpu;

/// <summary>The formula of a recurrent cell, for some neighbouring units of one sample and step.</summary>
internal interface IRecurrentCell
{
    /// <summary>Sums of a unit.</summary>
    static abstract int Gates { get; }

    /// <summary>Numbers of a unit that the gradient wants.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether a cell of its own is carried from step to step besides the state.</summary>
    static abstract bool Carries { get; }

    /// <summary>The state after a step.</summary>
    /// <param name="units">The units.</param>
    /// <param name="p">What the inputs add, gate after gate.</param>
    /// <param name="a">What the states add.</param>
    /// <param name="b">What is added to that; no place where the cell has none.</param>
    /// <param name="previous">The state before; no place at the first step.</param>
    /// <param name="keptBefore">What the step before kept; no place at the first step.</param>
    /// <param name="y">Receives the state.</param>
    /// <param name="kept">Receives what the gradient wants.</param>
    static abstract void Forward<T, TUnits>(TUnits units, Floats p, Floats a, Floats b, Floats previous, Floats keptBefore, Floats y, Floats kept)
        where T : struct, ILanes<T>
        where TUnits : struct, IUnits<T>;

    /// <summary>The gradients of a step.</summary>
    /// <param name="units">The units.</param>
    /// <param name="y">The state after the step.</param>
    /// <param name="previous">The state before; no place at the first step.</param>
    /// <param name="kept">What the step kept.</param>
    /// <param name="keptBefore">What the step before kept; no place at the first step.</param>
    /// <param name="dy">The gradient by this step's result.</param>
    /// <param name="state">The gradient by the state from later steps; receives what goes to the step before past the product with u.</param>
    /// <param name="carried">The gradient by what the cell carries; receives that of the step before.</param>
    /// <param name="dp">Receives the gradient by p.</param>
    /// <param name="da">Receives the gradient by a; the same place where it is the same.</param>
    static abstract void Backward<T, TUnits>(TUnits units, Floats y, Floats previous, Floats kept, Floats keptBefore, Floats dy, Floats state, Floats carried, Floats dp, Floats da)
        where T : struct, ILanes<T>
        where TUnits : struct, IUnits<T>;
}
