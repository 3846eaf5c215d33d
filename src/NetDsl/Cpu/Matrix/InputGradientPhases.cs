namespace NetDsl.Cpu;

/// <summary>
/// The gradient of a convolution by its input, as convolutions of dy. An input pixel ih gets dy[oh] * w[kh] where
/// ih = oh * stride + kh * dilation - pad. Pixels with the same remainder by the stride, a phase, see the same taps kh, which
/// are evenly spaced, and along them oh moves evenly: with unit stride there is one phase, the convolution with the
/// mirrored filter. Taps go from the greatest kh down, so that oh goes up.
/// </summary>
internal readonly struct InputGradientPhases(Conv2DGeometry g) : IConvPhases
{
    public readonly int RowUnit => 1;

    /// <summary>Number of phases.</summary>
    public int Count => g.StrideH * g.StrideW;

    public Patches Patches(int phase)
    {
        (int phaseH, int phaseW) = Math.DivRem(phase, g.StrideW);
        AxisPhase h = new(phaseH, g.H, g.KH, g.StrideH, g.DilationH, g.PadTop), w = new(phaseW, g.W, g.KW, g.StrideW, g.DilationW, g.PadLeft);
        return new Patches(g.OH, g.OW, g.F, h.Outputs, w.Outputs, 1, 1, h.Taps, w.Taps, h.Space, w.Space, h.Origin, w.Origin, Joined: false);
    }

    public ConvOutput Output(int phase)
    {
        (int phaseH, int phaseW) = Math.DivRem(phase, g.StrideW);
        return new ConvOutput(phaseH, phaseW, g.StrideH, g.StrideW, g.W);
    }

    /// <summary>Element of the filter at which the taps of a segment of <see cref="Patches"/> begin: [kh, kw, 0, 0].</summary>
    public nint FilterOffset(int phase, int segment)
    {
        (int phaseH, int phaseW) = Math.DivRem(phase, g.StrideW);
        AxisPhase h = new(phaseH, g.H, g.KH, g.StrideH, g.DilationH, g.PadTop), w = new(phaseW, g.W, g.KW, g.StrideW, g.DilationW, g.PadLeft);
        (int i, int j) = Math.DivRem(segment, w.Taps);
        return (((nint)(h.LastTap - (i * h.TapStep)) * g.KW) + (w.LastTap - (j * w.TapStep))) * g.C * g.F;
    }

    /// <summary>One axis of a phase.</summary>
    private readonly struct AxisPhase
    {
        public AxisPhase(int phase, int extent, int kernel, int stride, int dilation, int pad)
        {
            Outputs = phase >= extent ? 0 : ((extent - 1 - phase) / stride) + 1;
            TapStep = 1;
            while (TapStep * dilation % stride != 0) TapStep++;
            Space = TapStep * dilation / stride;
            LastTap = kernel - 1;
            while (LastTap >= 0 && (phase + pad - (LastTap * dilation)) % stride != 0) LastTap--;
            Taps = LastTap < 0 ? 0 : (LastTap / TapStep) + 1;
            Origin = LastTap < 0 ? 0 : (phase + pad - (LastTap * dilation)) / stride;
        }

        /// <summary>Pixels of the phase.</summary>
        public int Outputs { get; }

        /// <summary>Taps that they see.</summary>
        public int Taps { get; }

        /// <summary>The greatest of these.</summary>
        public int LastTap { get; }

        /// <summary>From one tap to the next.</summary>
        public int TapStep { get; }

        /// <summary>Rows of dy from one tap to the next.</summary>
        public int Space { get; }

        /// <summary>Row of dy that the greatest tap of the first pixel sees.</summary>
        public int Origin { get; }
    }
}

/// <summary>The filter of a convolution as the right operand of its input gradient: per tap F x C, the transpose of what is stored.</summary>
internal unsafe struct MirroredColumns(float* w, InputGradientPhases phases, int parts, int filters) : IProductColumns
{
    private int _phase;

    public readonly float* Rows => null;

    public readonly float* Packed => null;

    public void Begin(int part) => _phase = part / parts;

    public readonly void Pack(int segment, int start, int length, int column, int columns, int panelColumns, nint panelStep, float* panel) =>
        Panels.Transpose(
            w + phases.FilterOffset(_phase, segment) + ((nint)column * filters) + start, filters, length, columns, panelColumns, panelStep, panel);
}
