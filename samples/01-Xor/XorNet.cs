using NetDsl;

/// <summary>Exclusive or: the smallest function that no single layer can learn.</summary>
[Network]
[Input(2)]
[Dense(8, Activation = Activation.Tanh)]
[Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropy]
public partial class XorNet;
