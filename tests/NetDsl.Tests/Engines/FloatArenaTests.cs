using NetDsl.Engines;
using Xunit;

namespace NetDsl.Tests.Engines;

public class FloatArenaTests
{
    private const int FloatsOfAPage = (int)HugePages.Size / sizeof(float);

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(HugePages.Size - 1, 0u)]
    [InlineData(HugePages.Size, 1u)]
    [InlineData((HugePages.Size * 3 / 2) - 1, 1u)]
    [InlineData(HugePages.Size * 3 / 2, 2u)]
    [InlineData(HugePages.Size * 2, 2u)]
    public void Huge_pages_hold_large_pieces(uint bytes, uint pages) =>
        Assert.Equal(OperatingSystem.IsLinux() ? pages * HugePages.Size : 0, HugePages.Cover(bytes));

    /// <summary>In small pages, in huge ones alone, and with an end that lies in small ones behind them or shares the last of them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(FloatsOfAPage - FloatArena.Guard - 1)]
    [InlineData(FloatsOfAPage - FloatArena.Guard)]
    [InlineData(FloatsOfAPage + 1000)]
    [InlineData((FloatsOfAPage * 3 / 2) + 1000)]
    public unsafe void All_of_an_arena_with_its_guard_is_zero_and_can_be_written(int length)
    {
        using FloatArena arena = new(length);
        float* first = arena.Floats.Pointer;
        nuint alignment = HugePages.Cover((nuint)(length + FloatArena.Guard) * sizeof(float)) > 0 ? HugePages.Size : 64;
        Assert.Equal(0u, (nuint)first % alignment);
        Assert.False(new Span<float>(first, length + FloatArena.Guard).ContainsAnyExcept(0f));
        new Span<float>(first, length + FloatArena.Guard).Fill(1f);
        arena.Clear();
        Assert.False(arena.Span(0, length).ContainsAnyExcept(0f));
    }
}
