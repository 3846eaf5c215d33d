namespace NetDsl.Cpu;

/// <summary>The height of a register tile as a type, so that the JIT writes one micro-kernel for each and drops the rows it lacks.</summary>
internal interface IHeight
{
    static abstract int Rows { get; }
}

internal readonly struct Height1 : IHeight { public static int Rows => 1; }

internal readonly struct Height2 : IHeight { public static int Rows => 2; }

internal readonly struct Height3 : IHeight { public static int Rows => 3; }

internal readonly struct Height4 : IHeight { public static int Rows => 4; }

internal readonly struct Height5 : IHeight { public static int Rows => 5; }

internal readonly struct Height6 : IHeight { public static int Rows => 6; }

internal readonly struct Height7 : IHeight { public static int Rows => 7; }

internal readonly struct Height8 : IHeight { public static int Rows => 8; }

internal readonly struct Height9 : IHeight { public static int Rows => 9; }

internal readonly struct Height10 : IHeight { public static int Rows => 10; }

internal readonly struct Height11 : IHeight { public static int Rows => 11; }

internal readonly struct Height12 : IHeight { public static int Rows => 12; }
