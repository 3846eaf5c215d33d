using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Cpu;

/// <content>Tiles that are two vectors wide, the work of nearly all large products.</content>
internal sealed unsafe partial class MicroKernel256
{
    private const int PanelBytes = 64;

    private static void Double<THeight>(in Tile tile, TileLayout layout)
        where THeight : struct, IHeight
    {
        if (layout == TileLayout.Dense) Double<THeight, DenseTile>(in tile);
        else if (layout == TileLayout.Columns) Double<THeight, ColumnsTile>(in tile);
        else Double<THeight, StridedTile>(in tile);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Double<THeight, TLayout>(in Tile tile)
        where THeight : struct, IHeight
        where TLayout : struct, ITileLayout
    {
        float* aTile = tile.A, cTile = tile.C;
        nint cStep = tile.CStep, row = tile.RowStep * sizeof(float), row3 = 3 * row, row5 = 5 * row;
        nint k = tile.KStep * sizeof(float), k3 = 3 * k, bStep = tile.BStep * sizeof(float), bStep3 = 3 * bStep;
        for (int repeats = tile.Repeats; ; repeats--)
        {
            Vector256<float> c0x = default, c0y = default;
            Vector256<float> c1x = default, c1y = default;
            Vector256<float> c2x = default, c2y = default;
            Vector256<float> c3x = default, c3y = default;
            Vector256<float> c4x = default, c4y = default;
            Vector256<float> c5x = default, c5y = default;
            if (tile.Accumulate)
            {
                float* c = cTile;
                c0x = Vector256.Load(c); c0y = Vector256.Load(c + 8);
                if (THeight.Rows > 1) { c1x = Vector256.Load(c + cStep); c1y = Vector256.Load(c + cStep + 8); }
                if (THeight.Rows > 2) { c2x = Vector256.Load(c + (2 * cStep)); c2y = Vector256.Load(c + (2 * cStep) + 8); }
                if (THeight.Rows > 3) { c3x = Vector256.Load(c + (3 * cStep)); c3y = Vector256.Load(c + (3 * cStep) + 8); }
                if (THeight.Rows > 4) { c4x = Vector256.Load(c + (4 * cStep)); c4y = Vector256.Load(c + (4 * cStep) + 8); }
                if (THeight.Rows > 5) { c5x = Vector256.Load(c + (5 * cStep)); c5y = Vector256.Load(c + (5 * cStep) + 8); }
            }

            byte* b = (byte*)tile.B;
            int length = tile.SegmentLength;
            for (int segment = 0; segment < tile.SegmentCount; segment++)
            {
                Vector256<float> v, bx, by;
                byte* a = (byte*)(aTile + tile.Segments[segment]);
                int left = length;
                if (TLayout.Dense)
                {
                    for (; left >= 4; left -= 4, a += 4 * sizeof(float), b += 4 * PanelBytes)
                    {
                        bx = Vector256.Load((float*)b);
                        by = Vector256.Load((float*)(b + 32));
                        v = Vector256.Create(*(float*)a); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                        if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + row)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                        if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + (2 * row))); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                        if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + row3)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                        if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + (4 * row))); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                        if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + row5)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }

                        bx = Vector256.Load((float*)(b + 64));
                        by = Vector256.Load((float*)(b + 96));
                        v = Vector256.Create(*(float*)(a + 4)); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                        if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + row + 4)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                        if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + (2 * row) + 4)); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                        if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + row3 + 4)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                        if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + (4 * row) + 4)); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                        if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + row5 + 4)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }

                        bx = Vector256.Load((float*)(b + 128));
                        by = Vector256.Load((float*)(b + 160));
                        v = Vector256.Create(*(float*)(a + 8)); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                        if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + row + 8)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                        if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + (2 * row) + 8)); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                        if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + row3 + 8)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                        if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + (4 * row) + 8)); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                        if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + row5 + 8)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }

                        bx = Vector256.Load((float*)(b + 192));
                        by = Vector256.Load((float*)(b + 224));
                        v = Vector256.Create(*(float*)(a + 12)); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                        if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + row + 12)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                        if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + (2 * row) + 12)); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                        if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + row3 + 12)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                        if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + (4 * row) + 12)); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                        if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + row5 + 12)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }
                    }
                }
                else if (TLayout.Columns)
                {
                    for (; left >= 4; left -= 4, a += 4 * k, b += 4 * bStep)
                    {
                        bx = Vector256.Load((float*)b);
                        by = Vector256.Load((float*)(b + 32));
                        v = Vector256.Create(*(float*)a); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                        if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + 4)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                        if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + 8)); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                        if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + 12)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                        if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + 16)); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                        if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + 20)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }

                        bx = Vector256.Load((float*)(b + bStep));
                        by = Vector256.Load((float*)(b + bStep + 32));
                        v = Vector256.Create(*(float*)(a + k)); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                        if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + k + 4)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                        if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + k + 8)); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                        if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + k + 12)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                        if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + k + 16)); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                        if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + k + 20)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }

                        bx = Vector256.Load((float*)(b + (2 * bStep)));
                        by = Vector256.Load((float*)(b + (2 * bStep) + 32));
                        v = Vector256.Create(*(float*)(a + (2 * k))); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                        if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + (2 * k) + 4)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                        if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + (2 * k) + 8)); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                        if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + (2 * k) + 12)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                        if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + (2 * k) + 16)); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                        if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + (2 * k) + 20)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }

                        bx = Vector256.Load((float*)(b + bStep3));
                        by = Vector256.Load((float*)(b + bStep3 + 32));
                        v = Vector256.Create(*(float*)(a + k3)); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                        if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + k3 + 4)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                        if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + k3 + 8)); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                        if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + k3 + 12)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                        if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + k3 + 16)); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                        if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + k3 + 20)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }
                    }
                }

                for (; left > 0; left--, a += k, b += bStep)
                {
                    bx = Vector256.Load((float*)b);
                    by = Vector256.Load((float*)(b + 32));
                    v = Vector256.Create(*(float*)a); c0x = Vector256.MultiplyAddEstimate(v, bx, c0x); c0y = Vector256.MultiplyAddEstimate(v, by, c0y);
                    if (THeight.Rows > 1) { v = Vector256.Create(*(float*)(a + row)); c1x = Vector256.MultiplyAddEstimate(v, bx, c1x); c1y = Vector256.MultiplyAddEstimate(v, by, c1y); }
                    if (THeight.Rows > 2) { v = Vector256.Create(*(float*)(a + (2 * row))); c2x = Vector256.MultiplyAddEstimate(v, bx, c2x); c2y = Vector256.MultiplyAddEstimate(v, by, c2y); }
                    if (THeight.Rows > 3) { v = Vector256.Create(*(float*)(a + row3)); c3x = Vector256.MultiplyAddEstimate(v, bx, c3x); c3y = Vector256.MultiplyAddEstimate(v, by, c3y); }
                    if (THeight.Rows > 4) { v = Vector256.Create(*(float*)(a + (4 * row))); c4x = Vector256.MultiplyAddEstimate(v, bx, c4x); c4y = Vector256.MultiplyAddEstimate(v, by, c4y); }
                    if (THeight.Rows > 5) { v = Vector256.Create(*(float*)(a + row5)); c5x = Vector256.MultiplyAddEstimate(v, bx, c5x); c5y = Vector256.MultiplyAddEstimate(v, by, c5y); }
                }
            }

            float* output = cTile;
            c0x.Store(output); c0y.Store(output + 8);
            if (THeight.Rows > 1) { c1x.Store(output + cStep); c1y.Store(output + cStep + 8); }
            if (THeight.Rows > 2) { c2x.Store(output + (2 * cStep)); c2y.Store(output + (2 * cStep) + 8); }
            if (THeight.Rows > 3) { c3x.Store(output + (3 * cStep)); c3y.Store(output + (3 * cStep) + 8); }
            if (THeight.Rows > 4) { c4x.Store(output + (4 * cStep)); c4y.Store(output + (4 * cStep) + 8); }
            if (THeight.Rows > 5) { c5x.Store(output + (5 * cStep)); c5y.Store(output + (5 * cStep) + 8); }

            if (repeats <= 1) return;
            aTile += THeight.Rows * tile.RowStep;
            cTile += THeight.Rows * cStep;
        }
    }
}
