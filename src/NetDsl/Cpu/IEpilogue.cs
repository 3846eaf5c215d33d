using System.Numerics;

namespace NetDsl.Cpu;

/// <summary>
/// What is done to each element of an op's result before it is stored: bias, activation, the gradient of an activation.
/// Generated as a struct, so that the building block is specialised to it.
/// </summary>
public interface IEpilogue
{
    /// <summary>
    /// Whether it never falls while the op's result rises, and does the same to all elements of a column: then the greatest of some
    /// elements can be found before it, with the same bits (save where infinities cancel out and zeros of both signs meet).
    /// </summary>
    static virtual bool IsMonotone => false;

    /// <summary>
    /// Transforms and stores <paramref name="count"/> neighbouring elements of the last axis; one that a matrix product is given may store a second result beside them. Reads element i of every operand
    /// before it writes element i, so the output may be the accumulator's memory or that of an operand at the same place.
    /// </summary>
    /// <param name="accumulator">What the op computed, <paramref name="count"/> elements.</param>
    /// <param name="output">Where the first element goes.</param>
    /// <param name="sample">The sample (0 for a result without batch axis).</param>
    /// <param name="row">Index over all axes of the sample but the last, in row-major order.</param>
    /// <param name="column">Index of the first element on the last axis; the elements do not cross its end.</param>
    /// <param name="count">Number of elements.</param>
    void Store(Floats accumulator, Floats output, int sample, int row, int column, int count);

    /// <summary>Transforms a vector of neighbouring elements of the last axis that is still in a register, to the bits of <see cref="Store"/>.</summary>
    /// <param name="accumulator">What the op computed; every lane is an element.</param>
    /// <param name="sample">The sample (0 for a result without batch axis).</param>
    /// <param name="row">Index over all axes of the sample but the last, in row-major order.</param>
    /// <param name="column">Index of the first element on the last axis.</param>
    /// <returns>What is to be stored.</returns>
    Vector<float> Apply(Vector<float> accumulator, int sample, int row, int column);
}
