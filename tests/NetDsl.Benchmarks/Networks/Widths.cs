namespace NetDsl.Benchmarks.Networks;

/// <summary>784-16-10.</summary>
[Network]
[Input(784)]
[Dense(16, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Width16;

/// <summary>784-32-10.</summary>
[Network]
[Input(784)]
[Dense(32, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Width32;

/// <summary>784-64-10.</summary>
[Network]
[Input(784)]
[Dense(64, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Width64;

/// <summary>784-128-10.</summary>
[Network]
[Input(784)]
[Dense(128, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Width128;

/// <summary>784-256-10.</summary>
[Network]
[Input(784)]
[Dense(256, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Width256;

/// <summary>784-512-10.</summary>
[Network]
[Input(784)]
[Dense(512, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Width512;

/// <summary>784-1024-10.</summary>
[Network]
[Input(784)]
[Dense(1024, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Width1024;

/// <summary>784-2048-10.</summary>
[Network]
[Input(784)]
[Dense(2048, Activation = Activation.ReLU)]
[Dense(10)]
[CrossEntropy]
public partial class Width2048;
