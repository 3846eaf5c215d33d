using System.Numerics;
using Xunit;

namespace NetDsl.Tests.Cpu;

/// <summary>The ends of rows that do not fill a vector.</summary>
public class FloatsTests
{
    [Fact]
    public void A_part_of_a_vector_is_loaded_with_zeros_behind_it_and_stored_alone()
    {
        int width = Vector<float>.Count;
        for (int count = 0; count < width; count++)
        {
            using Memory source = new(count, 1), target = new(width);
            Vector<float> lanes = source.Floats.LoadPartial(0, count);
            for (int i = 0; i < width; i++) Assert.Equal(i < count ? source[i] : 0, lanes[i]);

            target.Span.Fill(7);
            target.Floats.StorePartial(0, lanes + Vector<float>.One, count);
            for (int i = 0; i < width; i++) Assert.Equal(i < count ? source[i] + 1 : 7, target[i]);
        }
    }
}
