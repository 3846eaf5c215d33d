using System.Globalization;
using System.Text;

namespace NetDsl;

/// <summary>Figures of predicted numbers. All but <see cref="LossReport.Loss"/> are not a number where the targets are a tensor of the network.</summary>
public sealed class RegressionReport : LossReport
{
    internal RegressionReport(string name, double weight, double loss, double mse, double mae, double r2)
        : base(name, weight, loss)
    {
        (MeanSquaredError, MeanAbsoluteError, R2) = (mse, mae, r2);
    }

    /// <summary>Mean of (prediction - target)² over all numbers.</summary>
    public double MeanSquaredError { get; }

    /// <summary>Mean of |prediction - target| over all numbers.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>
    /// 1 - sum (prediction - target)² / sum (target - mean target)², the mean over the numbers of a sample, as scikit-learn's
    /// <c>r2_score</c>: a number that never changes counts 1 where it is met exactly and else 0.
    /// </summary>
    public double R2 { get; }

    internal override void Write(StringBuilder text)
    {
        if (double.IsNaN(MeanSquaredError)) return;
        text.Append(CultureInfo.InvariantCulture, $"mean squared error {MeanSquaredError:0.000000}, mean absolute error {MeanAbsoluteError:0.000000}, R2 {R2:0.0000}\n");
    }
}
