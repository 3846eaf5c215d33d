using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Cpu;

/// <summary>Tiles of up to 12 x 32 for 512-bit vectors: the accumulators, two vectors of B and one element of A fill the 32 registers of AVX-512.</summary>
internal sealed unsafe partial class MicroKernel512 : MicroKernel
{
    // Fewer rows have no time to spare between their loads.
    private const int LeastRowsOfFetching = 4;

    /// <inheritdoc/>
    public override int Lanes => 16;

    /// <inheritdoc/>
    public override int MaxRows => 12;

    /// <inheritdoc/>
    public override int MaxWideRows => 6;

    /// <inheritdoc/>
    public override bool FetchesAhead => Sse.IsSupported;

    /// <inheritdoc/>
    public override void Run(in Tile tile, int rows, int vectors)
    {
        switch (vectors)
        {
            case 1:
                switch (rows)
                {
                    case 1: Narrow<Height1>(in tile); return;
                    case 2: Narrow<Height2>(in tile); return;
                    case 3: Narrow<Height3>(in tile); return;
                    case 4: Narrow<Height4>(in tile); return;
                    case 5: Narrow<Height5>(in tile); return;
                    case 6: Narrow<Height6>(in tile); return;
                    case 7: Narrow<Height7>(in tile); return;
                    case 8: Narrow<Height8>(in tile); return;
                    case 9: Narrow<Height9>(in tile); return;
                    case 10: Narrow<Height10>(in tile); return;
                    case 11: Narrow<Height11>(in tile); return;
                    default: Narrow<Height12>(in tile); return;
                }

            case 2:
                switch (rows)
                {
                    case 1: Double<Height1>(in tile); return;
                    case 2: Double<Height2>(in tile); return;
                    case 3: Double<Height3>(in tile); return;
                    case 4: Double<Height4>(in tile); return;
                    case 5: Double<Height5>(in tile); return;
                    case 6: Double<Height6>(in tile); return;
                    case 7: Double<Height7>(in tile); return;
                    case 8: Double<Height8>(in tile); return;
                    case 9: Double<Height9>(in tile); return;
                    case 10: Double<Height10>(in tile); return;
                    case 11: Double<Height11>(in tile); return;
                    default: Double<Height12>(in tile); return;
                }

            default:
                switch (rows)
                {
                    case 1: Wide<Height1>(in tile); return;
                    case 2: Wide<Height2>(in tile); return;
                    case 3: Wide<Height3>(in tile); return;
                    case 4: Wide<Height4>(in tile); return;
                    case 5: Wide<Height5>(in tile); return;
                    default: Wide<Height6>(in tile); return;
                }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<THeight>(in Tile tile)
        where THeight : struct, IHeight
    {
        float* aTile = tile.A, cTile = tile.C;
        nint cStep = tile.CStep;
        for (int repeats = tile.Repeats; ; repeats--)
        {
            Vector512<float> c0x = default;
            Vector512<float> c1x = default;
            Vector512<float> c2x = default;
            Vector512<float> c3x = default;
            Vector512<float> c4x = default;
            Vector512<float> c5x = default;
            Vector512<float> c6x = default;
            Vector512<float> c7x = default;
            Vector512<float> c8x = default;
            Vector512<float> c9x = default;
            Vector512<float> c10x = default;
            Vector512<float> c11x = default;
            if (tile.Accumulate)
            {
                float* c = cTile;
                c0x = Vector512.Load(c);
                if (THeight.Rows > 1) c1x = Vector512.Load(c + cStep);
                if (THeight.Rows > 2) c2x = Vector512.Load(c + (2 * cStep));
                if (THeight.Rows > 3) c3x = Vector512.Load(c + (3 * cStep));
                if (THeight.Rows > 4) c4x = Vector512.Load(c + (4 * cStep));
                if (THeight.Rows > 5) c5x = Vector512.Load(c + (5 * cStep));
                if (THeight.Rows > 6) c6x = Vector512.Load(c + (6 * cStep));
                if (THeight.Rows > 7) c7x = Vector512.Load(c + (7 * cStep));
                if (THeight.Rows > 8) c8x = Vector512.Load(c + (8 * cStep));
                if (THeight.Rows > 9) c9x = Vector512.Load(c + (9 * cStep));
                if (THeight.Rows > 10) c10x = Vector512.Load(c + (10 * cStep));
                if (THeight.Rows > 11) c11x = Vector512.Load(c + (11 * cStep));
            }

            byte* b = (byte*)tile.B;
            nint row = tile.RowStep * sizeof(float), k = tile.KStep * sizeof(float), bStep = tile.BStep * sizeof(float);
            int length = tile.SegmentLength;
            for (int segment = 0; segment < tile.SegmentCount; segment++)
            {
                byte* a0 = (byte*)(aTile + tile.Segments[segment]);
                byte* a3 = a0 + (3 * row);
                byte* a6 = a3 + (3 * row);
                byte* a9 = a6 + (3 * row);
                for (int left = length; left > 0; left--)
                {
                    Vector512<float> bx = Vector512.Load((float*)b);
                    Vector512<float> a = Vector512.Create(*(float*)a0);
                    c0x = Vector512.MultiplyAddEstimate(a, bx, c0x);

                    if (THeight.Rows > 1)
                    {
                        a = Vector512.Create(*(float*)(a0 + row));
                        c1x = Vector512.MultiplyAddEstimate(a, bx, c1x);
                    }

                    if (THeight.Rows > 2)
                    {
                        a = Vector512.Create(*(float*)(a0 + (2 * row)));
                        c2x = Vector512.MultiplyAddEstimate(a, bx, c2x);
                    }

                    if (THeight.Rows > 3)
                    {
                        a = Vector512.Create(*(float*)a3);
                        c3x = Vector512.MultiplyAddEstimate(a, bx, c3x);
                    }

                    if (THeight.Rows > 4)
                    {
                        a = Vector512.Create(*(float*)(a3 + row));
                        c4x = Vector512.MultiplyAddEstimate(a, bx, c4x);
                    }

                    if (THeight.Rows > 5)
                    {
                        a = Vector512.Create(*(float*)(a3 + (2 * row)));
                        c5x = Vector512.MultiplyAddEstimate(a, bx, c5x);
                    }

                    if (THeight.Rows > 6)
                    {
                        a = Vector512.Create(*(float*)a6);
                        c6x = Vector512.MultiplyAddEstimate(a, bx, c6x);
                    }

                    if (THeight.Rows > 7)
                    {
                        a = Vector512.Create(*(float*)(a6 + row));
                        c7x = Vector512.MultiplyAddEstimate(a, bx, c7x);
                    }

                    if (THeight.Rows > 8)
                    {
                        a = Vector512.Create(*(float*)(a6 + (2 * row)));
                        c8x = Vector512.MultiplyAddEstimate(a, bx, c8x);
                    }

                    if (THeight.Rows > 9)
                    {
                        a = Vector512.Create(*(float*)a9);
                        c9x = Vector512.MultiplyAddEstimate(a, bx, c9x);
                    }

                    if (THeight.Rows > 10)
                    {
                        a = Vector512.Create(*(float*)(a9 + row));
                        c10x = Vector512.MultiplyAddEstimate(a, bx, c10x);
                    }

                    if (THeight.Rows > 11)
                    {
                        a = Vector512.Create(*(float*)(a9 + (2 * row)));
                        c11x = Vector512.MultiplyAddEstimate(a, bx, c11x);
                    }

                    b += bStep;
                    a0 += k;
                    if (THeight.Rows > 3) a3 += k;
                    if (THeight.Rows > 6) a6 += k;
                    if (THeight.Rows > 9) a9 += k;
                }
            }

            float* output = cTile;
            c0x.Store(output);
            if (THeight.Rows > 1) c1x.Store(output + cStep);
            if (THeight.Rows > 2) c2x.Store(output + (2 * cStep));
            if (THeight.Rows > 3) c3x.Store(output + (3 * cStep));
            if (THeight.Rows > 4) c4x.Store(output + (4 * cStep));
            if (THeight.Rows > 5) c5x.Store(output + (5 * cStep));
            if (THeight.Rows > 6) c6x.Store(output + (6 * cStep));
            if (THeight.Rows > 7) c7x.Store(output + (7 * cStep));
            if (THeight.Rows > 8) c8x.Store(output + (8 * cStep));
            if (THeight.Rows > 9) c9x.Store(output + (9 * cStep));
            if (THeight.Rows > 10) c10x.Store(output + (10 * cStep));
            if (THeight.Rows > 11) c11x.Store(output + (11 * cStep));

            if (repeats <= 1) return;
            aTile += THeight.Rows * tile.RowStep;
            cTile += THeight.Rows * cStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Double<THeight>(in Tile tile)
        where THeight : struct, IHeight
    {
        float* aTile = tile.A, cTile = tile.C;
        nint cStep = tile.CStep, aheadStep = tile.Ahead is null ? 0 : tile.AheadStep * sizeof(float);

        // Nothing is fetched by fetching again and again what is there.
        byte* ahead = (byte*)(tile.Ahead is null ? tile.B : tile.Ahead);
        for (int repeats = tile.Repeats; ; repeats--)
        {
            Vector512<float> c0x = default, c0y = default;
            Vector512<float> c1x = default, c1y = default;
            Vector512<float> c2x = default, c2y = default;
            Vector512<float> c3x = default, c3y = default;
            Vector512<float> c4x = default, c4y = default;
            Vector512<float> c5x = default, c5y = default;
            Vector512<float> c6x = default, c6y = default;
            Vector512<float> c7x = default, c7y = default;
            Vector512<float> c8x = default, c8y = default;
            Vector512<float> c9x = default, c9y = default;
            Vector512<float> c10x = default, c10y = default;
            Vector512<float> c11x = default, c11y = default;
            if (tile.Accumulate)
            {
                float* c = cTile;
                c0x = Vector512.Load(c);
                c0y = Vector512.Load(c + 16);
                if (THeight.Rows > 1)
                {
                    c1x = Vector512.Load(c + cStep);
                    c1y = Vector512.Load(c + cStep + 16);
                }
                if (THeight.Rows > 2)
                {
                    c2x = Vector512.Load(c + (2 * cStep));
                    c2y = Vector512.Load(c + (2 * cStep) + 16);
                }
                if (THeight.Rows > 3)
                {
                    c3x = Vector512.Load(c + (3 * cStep));
                    c3y = Vector512.Load(c + (3 * cStep) + 16);
                }
                if (THeight.Rows > 4)
                {
                    c4x = Vector512.Load(c + (4 * cStep));
                    c4y = Vector512.Load(c + (4 * cStep) + 16);
                }
                if (THeight.Rows > 5)
                {
                    c5x = Vector512.Load(c + (5 * cStep));
                    c5y = Vector512.Load(c + (5 * cStep) + 16);
                }
                if (THeight.Rows > 6)
                {
                    c6x = Vector512.Load(c + (6 * cStep));
                    c6y = Vector512.Load(c + (6 * cStep) + 16);
                }
                if (THeight.Rows > 7)
                {
                    c7x = Vector512.Load(c + (7 * cStep));
                    c7y = Vector512.Load(c + (7 * cStep) + 16);
                }
                if (THeight.Rows > 8)
                {
                    c8x = Vector512.Load(c + (8 * cStep));
                    c8y = Vector512.Load(c + (8 * cStep) + 16);
                }
                if (THeight.Rows > 9)
                {
                    c9x = Vector512.Load(c + (9 * cStep));
                    c9y = Vector512.Load(c + (9 * cStep) + 16);
                }
                if (THeight.Rows > 10)
                {
                    c10x = Vector512.Load(c + (10 * cStep));
                    c10y = Vector512.Load(c + (10 * cStep) + 16);
                }
                if (THeight.Rows > 11)
                {
                    c11x = Vector512.Load(c + (11 * cStep));
                    c11y = Vector512.Load(c + (11 * cStep) + 16);
                }
            }

            byte* b = (byte*)tile.B;
            nint row = tile.RowStep * sizeof(float), k = tile.KStep * sizeof(float), bStep = tile.BStep * sizeof(float);
            int length = tile.SegmentLength;
            for (int segment = 0; segment < tile.SegmentCount; segment++)
            {
                byte* a0 = (byte*)(aTile + tile.Segments[segment]);
                byte* a3 = a0 + (3 * row);
                byte* a6 = a3 + (3 * row);
                byte* a9 = a6 + (3 * row);
                for (int left = length; left > 0; left--)
                {
                    if (Sse.IsSupported && THeight.Rows >= LeastRowsOfFetching) Sse.Prefetch1(ahead);
                    ahead += aheadStep;
                    Vector512<float> bx = Vector512.Load((float*)b);
                    Vector512<float> by = Vector512.Load((float*)(b + 64));
                    Vector512<float> a = Vector512.Create(*(float*)a0);
                    c0x = Vector512.MultiplyAddEstimate(a, bx, c0x);
                    c0y = Vector512.MultiplyAddEstimate(a, by, c0y);

                    if (THeight.Rows > 1)
                    {
                        a = Vector512.Create(*(float*)(a0 + row));
                        c1x = Vector512.MultiplyAddEstimate(a, bx, c1x);
                        c1y = Vector512.MultiplyAddEstimate(a, by, c1y);
                    }

                    if (THeight.Rows > 2)
                    {
                        a = Vector512.Create(*(float*)(a0 + (2 * row)));
                        c2x = Vector512.MultiplyAddEstimate(a, bx, c2x);
                        c2y = Vector512.MultiplyAddEstimate(a, by, c2y);
                    }

                    if (THeight.Rows > 3)
                    {
                        a = Vector512.Create(*(float*)a3);
                        c3x = Vector512.MultiplyAddEstimate(a, bx, c3x);
                        c3y = Vector512.MultiplyAddEstimate(a, by, c3y);
                    }

                    if (THeight.Rows > 4)
                    {
                        a = Vector512.Create(*(float*)(a3 + row));
                        c4x = Vector512.MultiplyAddEstimate(a, bx, c4x);
                        c4y = Vector512.MultiplyAddEstimate(a, by, c4y);
                    }

                    if (THeight.Rows > 5)
                    {
                        a = Vector512.Create(*(float*)(a3 + (2 * row)));
                        c5x = Vector512.MultiplyAddEstimate(a, bx, c5x);
                        c5y = Vector512.MultiplyAddEstimate(a, by, c5y);
                    }

                    if (THeight.Rows > 6)
                    {
                        a = Vector512.Create(*(float*)a6);
                        c6x = Vector512.MultiplyAddEstimate(a, bx, c6x);
                        c6y = Vector512.MultiplyAddEstimate(a, by, c6y);
                    }

                    if (THeight.Rows > 7)
                    {
                        a = Vector512.Create(*(float*)(a6 + row));
                        c7x = Vector512.MultiplyAddEstimate(a, bx, c7x);
                        c7y = Vector512.MultiplyAddEstimate(a, by, c7y);
                    }

                    if (THeight.Rows > 8)
                    {
                        a = Vector512.Create(*(float*)(a6 + (2 * row)));
                        c8x = Vector512.MultiplyAddEstimate(a, bx, c8x);
                        c8y = Vector512.MultiplyAddEstimate(a, by, c8y);
                    }

                    if (THeight.Rows > 9)
                    {
                        a = Vector512.Create(*(float*)a9);
                        c9x = Vector512.MultiplyAddEstimate(a, bx, c9x);
                        c9y = Vector512.MultiplyAddEstimate(a, by, c9y);
                    }

                    if (THeight.Rows > 10)
                    {
                        a = Vector512.Create(*(float*)(a9 + row));
                        c10x = Vector512.MultiplyAddEstimate(a, bx, c10x);
                        c10y = Vector512.MultiplyAddEstimate(a, by, c10y);
                    }

                    if (THeight.Rows > 11)
                    {
                        a = Vector512.Create(*(float*)(a9 + (2 * row)));
                        c11x = Vector512.MultiplyAddEstimate(a, bx, c11x);
                        c11y = Vector512.MultiplyAddEstimate(a, by, c11y);
                    }

                    b += bStep;
                    a0 += k;
                    if (THeight.Rows > 3) a3 += k;
                    if (THeight.Rows > 6) a6 += k;
                    if (THeight.Rows > 9) a9 += k;
                }
            }

            float* output = cTile;
            c0x.Store(output);
            c0y.Store(output + 16);

            if (THeight.Rows > 1)
            {
                c1x.Store(output + cStep);
                c1y.Store(output + cStep + 16);
            }

            if (THeight.Rows > 2)
            {
                c2x.Store(output + (2 * cStep));
                c2y.Store(output + (2 * cStep) + 16);
            }

            if (THeight.Rows > 3)
            {
                c3x.Store(output + (3 * cStep));
                c3y.Store(output + (3 * cStep) + 16);
            }

            if (THeight.Rows > 4)
            {
                c4x.Store(output + (4 * cStep));
                c4y.Store(output + (4 * cStep) + 16);
            }

            if (THeight.Rows > 5)
            {
                c5x.Store(output + (5 * cStep));
                c5y.Store(output + (5 * cStep) + 16);
            }

            if (THeight.Rows > 6)
            {
                c6x.Store(output + (6 * cStep));
                c6y.Store(output + (6 * cStep) + 16);
            }

            if (THeight.Rows > 7)
            {
                c7x.Store(output + (7 * cStep));
                c7y.Store(output + (7 * cStep) + 16);
            }

            if (THeight.Rows > 8)
            {
                c8x.Store(output + (8 * cStep));
                c8y.Store(output + (8 * cStep) + 16);
            }

            if (THeight.Rows > 9)
            {
                c9x.Store(output + (9 * cStep));
                c9y.Store(output + (9 * cStep) + 16);
            }

            if (THeight.Rows > 10)
            {
                c10x.Store(output + (10 * cStep));
                c10y.Store(output + (10 * cStep) + 16);
            }

            if (THeight.Rows > 11)
            {
                c11x.Store(output + (11 * cStep));
                c11y.Store(output + (11 * cStep) + 16);
            }

            if (repeats <= 1) return;
            aTile += THeight.Rows * tile.RowStep;
            cTile += THeight.Rows * cStep;
        }
    }
}
