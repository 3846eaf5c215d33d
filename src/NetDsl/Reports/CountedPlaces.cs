using NetDsl.Data;
using NetDsl.Networks;

namespace NetDsl.Reports;

/// <summary>Which places of a loss's sequence count: those at which no input has a token of padding.</summary>
internal sealed class CountedPlaces(LossInfo loss, OutputInfo output, BatchReader data)
{
    private readonly ReadyColumn[] _inputs = [.. loss.Padding.Select(padding => data.Input(padding.Input))];
    private readonly int _places = loss.Padding.Length == 0 ? 1 : output.Shape[0];

    /// <summary>Whether an element of the answers counts.</summary>
    /// <param name="row">Its sample's row in the data set.</param>
    /// <param name="element">Its index in the sample.</param>
    /// <param name="elements">Elements of a sample, neighbours of a place one after the other.</param>
    public bool Has(int row, int element, int elements)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            PaddingInfo padding = loss.Padding[i];
            int place = padding.Offset + (int)((long)element * _places / elements);
            if (_inputs[i].Labels[(row * _inputs[i].Info.Elements) + place] == padding.Token) return false;
        }

        return true;
    }
}
