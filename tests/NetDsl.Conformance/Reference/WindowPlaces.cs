using NetDsl.Generators.IR;

namespace NetDsl.Conformance.Reference;

/// <summary>Output (I, J) reads input (Row, Column) through kernel element (U, V).</summary>
internal readonly record struct WindowPlace(int I, int J, int U, int V, int Row, int Column);

/// <summary>
/// Which output element reads which input element: row i * stride + u * dilation - padding, columns likewise.
/// </summary>
internal static class WindowPlaces
{
    /// <summary>
    /// Every pair that lies inside of the image, output after output in row-major order, and within one output the kernel in
    /// row-major order.
    /// </summary>
    public static IEnumerable<WindowPlace> Of(Window window, int[] image)
    {
        int[] outputs = Outputs(window, image, 1);
        for (int i = 0; i < outputs[0]; i++)
        {
            for (int j = 0; j < outputs[1]; j++)
            {
                foreach (WindowPlace place in Of(window, image, i, j)) yield return place;
            }
        }
    }

    /// <summary>The pairs of one output element.</summary>
    public static IEnumerable<WindowPlace> Of(Window window, int[] image, int i, int j)
    {
        for (int u = 0; u < window.KernelHeight; u++)
        {
            for (int v = 0; v < window.KernelWidth; v++)
            {
                int row = (i * window.StrideHeight) + (u * window.DilationHeight) - window.PadTop;
                int column = (j * window.StrideWidth) + (v * window.DilationWidth) - window.PadLeft;
                if (row >= 0 && row < image[0] && column >= 0 && column < image[1]) yield return new WindowPlace(i, j, u, v, row, column);
            }
        }
    }

    /// <summary>Shape of the result: as many windows as fit whole into the padded image.</summary>
    public static int[] Outputs(Window window, int[] image, int channels)
    {
        return
        [
            Count(image[0] + window.PadTop + window.PadBottom, window.KernelHeight, window.StrideHeight, window.DilationHeight),
            Count(image[1] + window.PadLeft + window.PadRight, window.KernelWidth, window.StrideWidth, window.DilationWidth),
            channels,
        ];

        static int Count(int extent, int kernel, int stride, int dilation)
        {
            int count = 0;
            for (int first = 0; first + ((kernel - 1) * dilation) < extent; first += stride) count++;
            return count;
        }
    }
}
