namespace NetDsl.Cpu;

/// <summary>Shapes of a two-dimensional convolution: input H x W x C, filter KH x KW x C x F, output OH x OW x F.</summary>
/// <param name="H">Height of the input.</param>
/// <param name="W">Width of the input.</param>
/// <param name="C">Channels of the input.</param>
/// <param name="KH">Height of the filter.</param>
/// <param name="KW">Width of the filter.</param>
/// <param name="F">Filters: channels of the output.</param>
/// <param name="OH">Height of the output.</param>
/// <param name="OW">Width of the output.</param>
/// <param name="StrideH">Rows from one output to the next.</param>
/// <param name="StrideW">Columns from one output to the next.</param>
/// <param name="DilationH">Rows from one element of the filter to the next.</param>
/// <param name="DilationW">Columns from one element of the filter to the next.</param>
/// <param name="PadTop">Rows of zeros above; what the output's height needs below is implied.</param>
/// <param name="PadLeft">Columns of zeros on the left; what the output's width needs on the right is implied.</param>
public readonly record struct Conv2DGeometry(
    int H, int W, int C, int KH, int KW, int F, int OH, int OW, int StrideH, int StrideW, int DilationH, int DilationW, int PadTop, int PadLeft);
