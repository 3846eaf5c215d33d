using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Cpu;

/// <content>Tiles that are four vectors wide, for few rows.</content>
internal sealed unsafe partial class MicroKernel512
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<THeight>(in Tile tile)
        where THeight : struct, IHeight
    {
        Vector512<float> c0x = default, c0y = default, c0z = default, c0w = default;
        Vector512<float> c1x = default, c1y = default, c1z = default, c1w = default;
        Vector512<float> c2x = default, c2y = default, c2z = default, c2w = default;
        Vector512<float> c3x = default, c3y = default, c3z = default, c3w = default;
        Vector512<float> c4x = default, c4y = default, c4z = default, c4w = default;
        Vector512<float> c5x = default, c5y = default, c5z = default, c5w = default;
        nint cStep = tile.CStep;
        if (tile.Accumulate)
        {
            float* c = tile.C;
            c0x = Vector512.Load(c);
            c0y = Vector512.Load(c + 16);
            c0z = Vector512.Load(c + 32);
            c0w = Vector512.Load(c + 48);
            if (THeight.Rows > 1)
            {
                c1x = Vector512.Load(c + cStep);
                c1y = Vector512.Load(c + cStep + 16);
                c1z = Vector512.Load(c + cStep + 32);
                c1w = Vector512.Load(c + cStep + 48);
            }
            if (THeight.Rows > 2)
            {
                c2x = Vector512.Load(c + (2 * cStep));
                c2y = Vector512.Load(c + (2 * cStep) + 16);
                c2z = Vector512.Load(c + (2 * cStep) + 32);
                c2w = Vector512.Load(c + (2 * cStep) + 48);
            }
            if (THeight.Rows > 3)
            {
                c3x = Vector512.Load(c + (3 * cStep));
                c3y = Vector512.Load(c + (3 * cStep) + 16);
                c3z = Vector512.Load(c + (3 * cStep) + 32);
                c3w = Vector512.Load(c + (3 * cStep) + 48);
            }
            if (THeight.Rows > 4)
            {
                c4x = Vector512.Load(c + (4 * cStep));
                c4y = Vector512.Load(c + (4 * cStep) + 16);
                c4z = Vector512.Load(c + (4 * cStep) + 32);
                c4w = Vector512.Load(c + (4 * cStep) + 48);
            }
            if (THeight.Rows > 5)
            {
                c5x = Vector512.Load(c + (5 * cStep));
                c5y = Vector512.Load(c + (5 * cStep) + 16);
                c5z = Vector512.Load(c + (5 * cStep) + 32);
                c5w = Vector512.Load(c + (5 * cStep) + 48);
            }
        }

        byte* b = (byte*)tile.B;
        nint row = tile.RowStep * sizeof(float), k = tile.KStep * sizeof(float), bStep = tile.BStep * sizeof(float);
        int length = tile.SegmentLength;
        for (int segment = 0; segment < tile.SegmentCount; segment++)
        {
            byte* a0 = (byte*)(tile.A + tile.Segments[segment]);
            byte* a3 = a0 + (3 * row);
            for (int left = length; left > 0; left--)
            {
                Vector512<float> bx = Vector512.Load((float*)b);
                Vector512<float> by = Vector512.Load((float*)(b + 64));
                Vector512<float> bz = Vector512.Load((float*)(b + 128));
                Vector512<float> bw = Vector512.Load((float*)(b + 192));
                Vector512<float> a = Vector512.Create(*(float*)a0);
                c0x = Vector512.MultiplyAddEstimate(a, bx, c0x);
                c0y = Vector512.MultiplyAddEstimate(a, by, c0y);
                c0z = Vector512.MultiplyAddEstimate(a, bz, c0z);
                c0w = Vector512.MultiplyAddEstimate(a, bw, c0w);

                if (THeight.Rows > 1)
                {
                    a = Vector512.Create(*(float*)(a0 + row));
                    c1x = Vector512.MultiplyAddEstimate(a, bx, c1x);
                    c1y = Vector512.MultiplyAddEstimate(a, by, c1y);
                    c1z = Vector512.MultiplyAddEstimate(a, bz, c1z);
                    c1w = Vector512.MultiplyAddEstimate(a, bw, c1w);
                }

                if (THeight.Rows > 2)
                {
                    a = Vector512.Create(*(float*)(a0 + (2 * row)));
                    c2x = Vector512.MultiplyAddEstimate(a, bx, c2x);
                    c2y = Vector512.MultiplyAddEstimate(a, by, c2y);
                    c2z = Vector512.MultiplyAddEstimate(a, bz, c2z);
                    c2w = Vector512.MultiplyAddEstimate(a, bw, c2w);
                }

                if (THeight.Rows > 3)
                {
                    a = Vector512.Create(*(float*)a3);
                    c3x = Vector512.MultiplyAddEstimate(a, bx, c3x);
                    c3y = Vector512.MultiplyAddEstimate(a, by, c3y);
                    c3z = Vector512.MultiplyAddEstimate(a, bz, c3z);
                    c3w = Vector512.MultiplyAddEstimate(a, bw, c3w);
                }

                if (THeight.Rows > 4)
                {
                    a = Vector512.Create(*(float*)(a3 + row));
                    c4x = Vector512.MultiplyAddEstimate(a, bx, c4x);
                    c4y = Vector512.MultiplyAddEstimate(a, by, c4y);
                    c4z = Vector512.MultiplyAddEstimate(a, bz, c4z);
                    c4w = Vector512.MultiplyAddEstimate(a, bw, c4w);
                }

                if (THeight.Rows > 5)
                {
                    a = Vector512.Create(*(float*)(a3 + (2 * row)));
                    c5x = Vector512.MultiplyAddEstimate(a, bx, c5x);
                    c5y = Vector512.MultiplyAddEstimate(a, by, c5y);
                    c5z = Vector512.MultiplyAddEstimate(a, bz, c5z);
                    c5w = Vector512.MultiplyAddEstimate(a, bw, c5w);
                }

                b += bStep;
                a0 += k;
                if (THeight.Rows > 3) a3 += k;
            }
        }

        float* output = tile.C;
        c0x.Store(output);
        c0y.Store(output + 16);
        c0z.Store(output + 32);
        c0w.Store(output + 48);

        if (THeight.Rows > 1)
        {
            c1x.Store(output + cStep);
            c1y.Store(output + cStep + 16);
            c1z.Store(output + cStep + 32);
            c1w.Store(output + cStep + 48);
        }

        if (THeight.Rows > 2)
        {
            c2x.Store(output + (2 * cStep));
            c2y.Store(output + (2 * cStep) + 16);
            c2z.Store(output + (2 * cStep) + 32);
            c2w.Store(output + (2 * cStep) + 48);
        }

        if (THeight.Rows > 3)
        {
            c3x.Store(output + (3 * cStep));
            c3y.Store(output + (3 * cStep) + 16);
            c3z.Store(output + (3 * cStep) + 32);
            c3w.Store(output + (3 * cStep) + 48);
        }

        if (THeight.Rows > 4)
        {
            c4x.Store(output + (4 * cStep));
            c4y.Store(output + (4 * cStep) + 16);
            c4z.Store(output + (4 * cStep) + 32);
            c4w.Store(output + (4 * cStep) + 48);
        }

        if (THeight.Rows > 5)
        {
            c5x.Store(output + (5 * cStep));
            c5y.Store(output + (5 * cStep) + 16);
            c5z.Store(output + (5 * cStep) + 32);
            c5w.Store(output + (5 * cStep) + 48);
        }
    }
}
