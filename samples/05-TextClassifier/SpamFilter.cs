using NetDsl;

/// <summary>A recurrent network that tells spam from ham by the first 200 words of a mail.</summary>
[Network]
[TokenInput(200, 10_000, PaddingId = WordTokenizer.Padding), Embedding(32), Dropout(0.3)]
[LSTM(64), Dropout(0.3)]
[Dense(1, Activation = Activation.Sigmoid)]
[BinaryCrossEntropy]
public partial class SpamFilter;
