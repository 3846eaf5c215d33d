namespace NetDsl.Cpu;

/// <summary>Shapes of a two-dimensional pooling over images in height x width x channels order.</summary>
/// <param name="H">Height of the input.</param>
/// <param name="W">Width of the input.</param>
/// <param name="C">Channels.</param>
/// <param name="OH">Height of the output.</param>
/// <param name="OW">Width of the output.</param>
/// <param name="KernelH">Height of the window.</param>
/// <param name="KernelW">Width of the window.</param>
/// <param name="StrideH">Rows from one window to the next.</param>
/// <param name="StrideW">Columns from one window to the next.</param>
/// <param name="DilationH">Rows from one element of a window to the next.</param>
/// <param name="DilationW">Columns from one element of a window to the next.</param>
/// <param name="PadTop">Rows of padding above; what the output's height needs below is implied.</param>
/// <param name="PadLeft">Columns of padding on the left; what the output's width needs on the right is implied.</param>
public readonly record struct Pool2DGeometry(
    int H, int W, int C, int OH, int OW, int KernelH, int KernelW, int StrideH, int StrideW, int DilationH, int DilationW, int PadTop, int PadLeft);
