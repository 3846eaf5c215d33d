using System.Globalization;

namespace NetDsl.Networks;

/// <summary>What is said to people whose data and network do not fit, where several places say it.</summary>
internal static class Sentences
{
    public static string NoLoss(string network) =>
        $"The network {network} declares no loss, so there is nothing to train or evaluate it by. Add one to the class, such as [CrossEntropy] for classes or [MeanSquaredError] for numbers.";

    public static string WritesNothing(string network) =>
        $"The network {network} cannot write on. That takes one [TokenInput] without PaddingId, layers that work on each place by itself, attention with Causal = true, and a [CrossEntropy] over the tokens.";

    public static string OneHot(string column, int classes, int labels) =>
        $"'{column}' seems to be one-hot: it has {labels * classes} numbers a sample where {(labels == 1 ? "one label is" : $"{labels} labels are")} expected. [CrossEntropy] takes the index of the class, 0 to {classes - 1}, as one whole number.";

    public static string LabelRange(string name, ColumnInfo column, long row, int label, int lowest, int highest) =>
        $"'{name}' has the label {label} in row {row}; expected are 0 to {column.Classes - 1} for {column.Classes} classes{(column.Ignored is { } ignored ? $", and {ignored} for what does not count" : "")}. The labels span {lowest} to {highest}.{(lowest == 1 && highest == column.Classes ? " They seem to count from 1: subtract 1." : "")}";

    public static string SampleLength(string network, string argument, long length, ColumnInfo column) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{argument}' has {length} numbers, which is not a whole number of samples: the column '{column.Name}' of {network} has {column.Elements} a sample ({Extents.Show(column.Shape)}).");

    public static string Pixels(string network, string column) =>
        $"the input '{column}' of {network} spans 0 to 255, as pixels do, and the network does not rescale it. Most networks learn far better from small numbers: add [Rescale(1 / 255.0)] after [Input].";
}
