using NetDsl;

/// <summary>A row of a table, fifty hidden units, a yes or no.</summary>
[Network]
[Input(30), Standardize]
[Dense(50, Activation = Activation.Sigmoid)]
[Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropy]
public partial class TabularMlp;
