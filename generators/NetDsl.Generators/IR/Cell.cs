namespace NetDsl.Generators.IR;

/// <summary>Cells of recurrent layers.</summary>
internal enum Cell
{
    /// <summary>tanh of a linear map (Elman 1990).</summary>
    Simple,

    /// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).</summary>
    LSTM,

    /// <summary>Gated recurrent unit (Cho et al. 2014), reset after the product as in cuDNN.</summary>
    GRU,
}

/// <summary>What cells differ in besides their formula.</summary>
internal static class Cells
{
    /// <summary>Sums of a unit in a step.</summary>
    public static int Gates(this Cell cell) => cell switch { Cell.LSTM => 4, Cell.GRU => 3, _ => 1 };

    /// <summary>Numbers of a unit and step that the gradient wants besides the state.</summary>
    public static int Kept(this Cell cell) => cell switch { Cell.LSTM => 5, Cell.GRU => 4, _ => 0 };
}
