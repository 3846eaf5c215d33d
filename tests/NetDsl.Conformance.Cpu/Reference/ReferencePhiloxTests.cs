using NetDsl.Conformance.Reference;
using Xunit;

namespace NetDsl.Conformance.Cpu.Reference;

public class ReferencePhiloxTests
{
    /// <summary>Known answers of Random123's kat_vectors for philox4x32-10.</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_known_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal([r0, r1, r2, r3], Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void A_uniform_number_is_the_upper_24_bits_of_its_elements_word()
    {
        Assert.Equal((0x6627e8d5u >> 8) / 16777216.0, Philox.Uniform(0, 0, 0, 0, 0));
        Assert.Equal((0x9b00dbd8u >> 8) / 16777216.0, Philox.Uniform(0, 0, 0, 0, 3));
        Assert.Equal((Philox.Block(2, 7, 5, 11, 0x89abcdef, 0x01234567)[1] >> 8) / 16777216.0, Philox.Uniform(0x0123456789abcdef, 5, 11, 7, 9));
    }
}
