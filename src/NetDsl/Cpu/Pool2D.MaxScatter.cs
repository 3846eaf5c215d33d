using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetDsl.Cpu;

public static partial class Pool2D
{
    /// <summary>Gives a window's gradient to its greatest element.</summary>
    private readonly struct MaxScatter : IScatter
    {
        public static void Add(in Window window, Floats image, Floats dy, Floats strip, int channels)
        {
            image += window.Image;
            int c = AddVectors(in window, image, dy, strip, channels);
            for (; c < channels; c++)
            {
                float best = image[c];
                int row = 0, column = 0;
                for (int kh = 0; kh < window.Rows; kh++)
                    for (int kw = 0; kw < window.Columns; kw++)
                    {
                        float value = image[(kh * window.RowStep) + (kw * window.ColumnStep) + c];
                        if (value > best || float.IsNaN(value)) (best, row, column) = (value, kh, kw);
                    }

                if (row >= window.FirstStripRow && row < window.EndStripRow)
                    strip[window.Strip + (row * window.RowStep) + (column * window.ColumnStep) + c] += dy[c];
            }
        }

        /// <summary>Whole vectors of channels; gives the first channel that is left.</summary>
        private static int AddVectors(in Window window, Floats image, Floats dy, Floats strip, int channels)
        {
            int width = Vector<float>.Count, c = 0;
            for (; c <= channels - width; c += width)
            {
                Vector<float> best = image.Load(c);
                Vector<int> at = Vector<int>.Zero;
                int index = 0;
                for (int kh = 0; kh < window.Rows; kh++)
                    for (int kw = 0; kw < window.Columns; kw++, index++)
                    {
                        Vector<float> value = image.Load((kh * window.RowStep) + (kw * window.ColumnStep) + c);
                        Vector<int> wins = VectorLanes.Wins(value, best);
                        best = Vector.ConditionalSelect(wins, value, best);
                        at = Vector.ConditionalSelect(wins, new Vector<int>(index), at);
                    }

                Vector<float> gradient = dy.Load(c);
                for (int kh = window.FirstStripRow; kh < window.EndStripRow; kh++)
                    for (int kw = 0; kw < window.Columns; kw++)
                    {
                        nint target = window.Strip + (kh * window.RowStep) + (kw * window.ColumnStep) + c;
                        Vector<int> chosen = Vector.Equals(at, new Vector<int>((kh * window.Columns) + kw));
                        AddWhere(strip, target, chosen, gradient);
                    }
            }

            return c;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddWhere(Floats strip, nint target, Vector<int> chosen, Vector<float> gradient) =>
            strip.Store(target, strip.Load(target) + Vector.ConditionalSelect(chosen, gradient, Vector<float>.Zero));
    }
}
