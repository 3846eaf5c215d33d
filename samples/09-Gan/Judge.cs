using NetDsl;

/// <summary>Names digits; it says how much what the generator makes looks like digits.</summary>
[Network]
[Input(28, 28, 1), Flatten]
[Dense(128, Activation = Activation.ReLU), Dropout(0.2), Dense(10)]
[CrossEntropy]
public partial class Judge
{
    /// <summary>
    /// The Inception score (Salimans et al. 2016) with this network as the judge: exp of the mean of KL(p(y|x) || p(y)). 10 where each picture is certainly one digit and all are as frequent, 1 where
    /// nothing can be told.
    /// </summary>
    /// <param name="pictures">Pixels from 0 to 1, picture after picture.</param>
    public double Score(float[] pictures)
    {
        const int Digits = 10;
        float[] answers = Predict(pictures);
        int count = answers.Length / Digits;
        double[] shares = [.. Enumerable.Range(0, Digits).Select(digit => Enumerable.Range(0, count).Average(i => (double)answers[(i * Digits) + digit]))];
        double divergence = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            if (answers[i] > 0) divergence += answers[i] * Math.Log(answers[i] / shares[i % Digits]);
        }

        return Math.Exp(divergence / count);
    }
}
