using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Cpu;

/// <summary>Tiles of up to 6 x 16 for 256-bit vectors: the accumulators, two vectors of B and one element of A fill the 16 registers of AVX2.</summary>
internal sealed unsafe partial class MicroKernel256 : MicroKernel
{
    /// <inheritdoc/>
    public override int Lanes => 8;

    /// <inheritdoc/>
    public override int MaxRows => 6;

    /// <inheritdoc/>
    public override int MaxWideRows => 2;

    /// <inheritdoc/>
    public override void Run(in Tile tile, int rows, int vectors)
    {
        TileLayout layout = tile.Layout(PanelColumns);
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
                    default: Narrow<Height6>(in tile); return;
                }

            case 2:
                switch (rows)
                {
                    case 1: Double<Height1>(in tile, layout); return;
                    case 2: Double<Height2>(in tile, layout); return;
                    case 3: Double<Height3>(in tile, layout); return;
                    case 4: Double<Height4>(in tile, layout); return;
                    case 5: Double<Height5>(in tile, layout); return;
                    default: Double<Height6>(in tile, layout); return;
                }

            default:
                switch (rows)
                {
                    case 1: Wide<Height1>(in tile); return;
                    default: Wide<Height2>(in tile); return;
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
            Vector256<float> c0x = default;
            Vector256<float> c1x = default;
            Vector256<float> c2x = default;
            Vector256<float> c3x = default;
            Vector256<float> c4x = default;
            Vector256<float> c5x = default;
            if (tile.Accumulate)
            {
                float* c = cTile;
                c0x = Vector256.Load(c);
                if (THeight.Rows > 1) c1x = Vector256.Load(c + cStep);
                if (THeight.Rows > 2) c2x = Vector256.Load(c + (2 * cStep));
                if (THeight.Rows > 3) c3x = Vector256.Load(c + (3 * cStep));
                if (THeight.Rows > 4) c4x = Vector256.Load(c + (4 * cStep));
                if (THeight.Rows > 5) c5x = Vector256.Load(c + (5 * cStep));
            }

            byte* b = (byte*)tile.B;
            nint row = tile.RowStep * sizeof(float), k = tile.KStep * sizeof(float), bStep = tile.BStep * sizeof(float);
            int length = tile.SegmentLength;
            for (int segment = 0; segment < tile.SegmentCount; segment++)
            {
                byte* a0 = (byte*)(aTile + tile.Segments[segment]);
                byte* a3 = a0 + (3 * row);
                for (int left = length; left > 0; left--)
                {
                    Vector256<float> bx = Vector256.Load((float*)b);
                    Vector256<float> a = Vector256.Create(*(float*)a0);
                    c0x = Vector256.MultiplyAddEstimate(a, bx, c0x);

                    if (THeight.Rows > 1)
                    {
                        a = Vector256.Create(*(float*)(a0 + row));
                        c1x = Vector256.MultiplyAddEstimate(a, bx, c1x);
                    }

                    if (THeight.Rows > 2)
                    {
                        a = Vector256.Create(*(float*)(a0 + (2 * row)));
                        c2x = Vector256.MultiplyAddEstimate(a, bx, c2x);
                    }

                    if (THeight.Rows > 3)
                    {
                        a = Vector256.Create(*(float*)a3);
                        c3x = Vector256.MultiplyAddEstimate(a, bx, c3x);
                    }

                    if (THeight.Rows > 4)
                    {
                        a = Vector256.Create(*(float*)(a3 + row));
                        c4x = Vector256.MultiplyAddEstimate(a, bx, c4x);
                    }

                    if (THeight.Rows > 5)
                    {
                        a = Vector256.Create(*(float*)(a3 + (2 * row)));
                        c5x = Vector256.MultiplyAddEstimate(a, bx, c5x);
                    }

                    b += bStep;
                    a0 += k;
                    if (THeight.Rows > 3) a3 += k;
                }
            }

            float* output = cTile;
            c0x.Store(output);
            if (THeight.Rows > 1) c1x.Store(output + cStep);
            if (THeight.Rows > 2) c2x.Store(output + (2 * cStep));
            if (THeight.Rows > 3) c3x.Store(output + (3 * cStep));
            if (THeight.Rows > 4) c4x.Store(output + (4 * cStep));
            if (THeight.Rows > 5) c5x.Store(output + (5 * cStep));

            if (repeats <= 1) return;
            aTile += THeight.Rows * tile.RowStep;
            cTile += THeight.Rows * cStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<THeight>(in Tile tile)
        where THeight : struct, IHeight
    {
        Vector256<float> c0x = default, c0y = default, c0z = default, c0w = default;
        Vector256<float> c1x = default, c1y = default, c1z = default, c1w = default;
        nint cStep = tile.CStep;
        if (tile.Accumulate)
        {
            float* c = tile.C;
            c0x = Vector256.Load(c);
            c0y = Vector256.Load(c + 8);
            c0z = Vector256.Load(c + 16);
            c0w = Vector256.Load(c + 24);
            if (THeight.Rows > 1)
            {
                c1x = Vector256.Load(c + cStep);
                c1y = Vector256.Load(c + cStep + 8);
                c1z = Vector256.Load(c + cStep + 16);
                c1w = Vector256.Load(c + cStep + 24);
            }
        }

        byte* b = (byte*)tile.B;
        nint row = tile.RowStep * sizeof(float), k = tile.KStep * sizeof(float), bStep = tile.BStep * sizeof(float);
        int length = tile.SegmentLength;
        for (int segment = 0; segment < tile.SegmentCount; segment++)
        {
            byte* a0 = (byte*)(tile.A + tile.Segments[segment]);
            for (int left = length; left > 0; left--)
            {
                Vector256<float> bx = Vector256.Load((float*)b);
                Vector256<float> by = Vector256.Load((float*)(b + 32));
                Vector256<float> bz = Vector256.Load((float*)(b + 64));
                Vector256<float> bw = Vector256.Load((float*)(b + 96));
                Vector256<float> a = Vector256.Create(*(float*)a0);
                c0x = Vector256.MultiplyAddEstimate(a, bx, c0x);
                c0y = Vector256.MultiplyAddEstimate(a, by, c0y);
                c0z = Vector256.MultiplyAddEstimate(a, bz, c0z);
                c0w = Vector256.MultiplyAddEstimate(a, bw, c0w);

                if (THeight.Rows > 1)
                {
                    a = Vector256.Create(*(float*)(a0 + row));
                    c1x = Vector256.MultiplyAddEstimate(a, bx, c1x);
                    c1y = Vector256.MultiplyAddEstimate(a, by, c1y);
                    c1z = Vector256.MultiplyAddEstimate(a, bz, c1z);
                    c1w = Vector256.MultiplyAddEstimate(a, bw, c1w);
                }

                b += bStep;
                a0 += k;
            }
        }

        float* output = tile.C;
        c0x.Store(output);
        c0y.Store(output + 8);
        c0z.Store(output + 16);
        c0w.Store(output + 24);

        if (THeight.Rows > 1)
        {
            c1x.Store(output + cStep);
            c1y.Store(output + cStep + 8);
            c1z.Store(output + cStep + 16);
            c1w.Store(output + cStep + 24);
        }
    }
}
