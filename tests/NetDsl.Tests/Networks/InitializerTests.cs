using NetDsl.Networks;
using Xunit;

namespace NetDsl.Tests.Networks;

/// <summary>Means, deviations and limits of the initial values, by Keras's formulas; fanIn 300, fanOut 200.</summary>
public class InitializerTests
{
    private const int FanIn = 300;
    private const int FanOut = 200;

    /// <summary>Deviation of a normal of deviation 0.05 that is cut off at two deviations.</summary>
    private const double CutDeviation = 0.05 * 0.87962566103423978;

    public static TheoryData<Initializer, double, double> Expected => new()
    {
        // Initialiser, deviation, limit. A uniform on ±a has the deviation a / sqrt(3).
        { Initializer.GlorotUniform, Math.Sqrt(6.0 / 500) / Math.Sqrt(3), Math.Sqrt(6.0 / 500) },
        { Initializer.HeUniform, Math.Sqrt(6.0 / 300) / Math.Sqrt(3), Math.Sqrt(6.0 / 300) },
        { Initializer.LecunUniform, Math.Sqrt(3.0 / 300) / Math.Sqrt(3), Math.Sqrt(3.0 / 300) },
        { Initializer.RandomUniform, 0.05 / Math.Sqrt(3), 0.05 },
        { Initializer.GlorotNormal, Math.Sqrt(2.0 / 500), 2 * Math.Sqrt(2.0 / 500) / 0.87962566103423978 },
        { Initializer.HeNormal, Math.Sqrt(2.0 / 300), 2 * Math.Sqrt(2.0 / 300) / 0.87962566103423978 },
        { Initializer.LecunNormal, Math.Sqrt(1.0 / 300), 2 * Math.Sqrt(1.0 / 300) / 0.87962566103423978 },
        { Initializer.TruncatedNormal, CutDeviation, 0.1 },
        { Initializer.RandomNormal, 0.05, 0.05 * 6 },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Mean_deviation_and_limit_are_Kerass(Initializer initializer, double deviation, double limit)
    {
        float[] values = Fill(initializer, "Dense1/weight", 3);
        double mean = values.Average(value => (double)value);
        double actual = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        // 60,000 numbers: five standard errors of mean and deviation.
        double error = 5 * deviation / Math.Sqrt(values.Length);
        Assert.InRange(mean, -error, error);
        Assert.InRange(actual, deviation - error, deviation + error);
        double highest = values.Max(value => Math.Abs(value));
        Assert.InRange(highest, initializer == Initializer.RandomNormal ? 3 * deviation : 0.99 * limit, limit);
    }

    [Fact]
    public void Sinusoidal_rows_are_sines_and_cosines_of_their_place()
    {
        float[] values = Table(Initializer.Sinusoidal, 50, 7);
        Assert.Equal([0, 1, 0, 1, 0, 1, 0], values[..7]);
        for (int place = 0; place < 50; place++)
        {
            for (int i = 0; 2 * i < 7; i++)
            {
                double angle = place / Math.Pow(10_000, 2 * i / 7.0);
                Assert.Equal(Math.Sin(angle), values[(place * 7) + (2 * i)], 1e-6);
                if ((2 * i) + 1 < 7) Assert.Equal(Math.Cos(angle), values[(place * 7) + (2 * i) + 1], 1e-6);
            }
        }
    }

    /// <summary>With heads of 8 elements a table has 4 columns: theta = 10000^(-2 i / 8).</summary>
    [Fact]
    public void Rotary_tables_are_cosine_and_sine_of_place_times_theta()
    {
        float[] cosine = Table(Initializer.RotaryCosine, 30, 4), sine = Table(Initializer.RotarySine, 30, 4);
        for (int place = 0; place < 30; place++)
        {
            for (int i = 0; i < 4; i++)
            {
                double angle = place * Math.Pow(10_000, -2 * i / 8.0);
                Assert.Equal(Math.Cos(angle), cosine[(place * 4) + i], 1e-6);
                Assert.Equal(Math.Sin(angle), sine[(place * 4) + i], 1e-6);
            }
        }
    }

    [Fact]
    public void Zeros_and_ones_are_that()
    {
        Assert.All(Fill(Initializer.Zeros, "b", 1), value => Assert.Equal(0, value));
        Assert.All(Fill(Initializer.Ones, "b", 1), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Seed_and_path_decide_and_nothing_else()
    {
        float[] values = Fill(Initializer.HeUniform, "Dense1/weight", 3);
        Assert.Equal(values, Fill(Initializer.HeUniform, "Dense1/weight", 3));
        Assert.NotEqual(values, Fill(Initializer.HeUniform, "Dense1/weight", 4));
        Assert.NotEqual(values, Fill(Initializer.HeUniform, "Dense2/weight", 3));
    }

    [Fact]
    public void An_unresolved_default_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => Fill(Initializer.Default, "w", 1));

    private static float[] Fill(Initializer initializer, string path, long seed)
    {
        float[] values = new float[FanIn * FanOut];
        values.AsSpan().Fill(float.NaN);
        ParameterInitializer.Fill(new ParameterTensor(path, [FanIn, FanOut], 0, ParameterRole.Trainable, initializer, FanIn, FanOut), seed, values);
        return values;
    }

    private static float[] Table(Initializer initializer, int rows, int columns)
    {
        float[] values = new float[rows * columns];
        ParameterInitializer.Fill(new ParameterTensor("table", [rows, columns], 0, ParameterRole.State, initializer, 1, 1), seed: 1, values);
        return values;
    }
}
