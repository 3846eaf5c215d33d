using ILGPU;
using ILGPU.Runtime;
using NetDsl.Cpu;
using Xunit;

namespace NetDsl.Gpu.Tests;

internal struct MathArguments
{
    public ArrayView<float> X;
    public ArrayView<float> Y;
    public int Length;
    public GpuRandom Random;
}

/// <summary>Every function of <see cref="GpuMath"/> against double precision, on each device.</summary>
public class MathTests
{
    private static readonly Dictionary<string, GpuKernel<MathArguments>> s_kernels = new()
    {
        ["Exp"] = new("Exp", "math", 64, ExpKernel),
        ["Log"] = new("Log", "math", 64, LogKernel),
        ["Log1p"] = new("Log1p", "math", 64, Log1pKernel),
        ["Sqrt"] = new("Sqrt", "math", 64, SqrtKernel),
        ["Tanh"] = new("Tanh", "math", 64, TanhKernel),
        ["Sigmoid"] = new("Sigmoid", "math", 64, SigmoidKernel),
        ["Softplus"] = new("Softplus", "math", 64, SoftplusKernel),
        ["GELU"] = new("GELU", "math", 64, GELUKernel),
        ["GELUGradient"] = new("GELUGradient", "math", 64, GELUGradientKernel),
        ["Abs"] = new("Abs", "math", 64, AbsKernel),
        ["Max"] = new("Max", "math", 64, MaxKernel),
        ["Min"] = new("Min", "math", 64, MinKernel),
        ["Uniform"] = new("Uniform", "math", 64, UniformKernel),
        ["Normal"] = new("Normal", "math", 64, NormalKernel),
    };

    public static TheoryData<string, string> Functions
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string device in TestDevices.All)
            {
                foreach (string function in s_kernels.Keys)
                {
                    if (function is not ("Uniform" or "Normal" or "Max" or "Min")) data.Add(device, function);
                }
            }

            return data;
        }
    }

    internal static IReadOnlyDictionary<string, GpuKernel<MathArguments>> Kernels => s_kernels;

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_near_double_precision_over_the_range_of_floats(string device, string function)
    {
        float[] x = Points(function);
        float[] y = Run(device, function, x);
        double worst = 0;
        float at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double exact = Exact(function, x[i]);
            float rounded = (float)exact;
            // Half of the smallest float is 0 or that float.
            if (!float.IsFinite(rounded) || (rounded == 0 && function != "GELU"))
            {
                Assert.True(y[i].Equals(rounded), $"{function}({x[i]:R}) is {y[i]:R}; {rounded:R} was expected.");
                continue;
            }

            // Results below the normal numbers have the absolute step of the smallest one.
            double size = function == "GELUGradient" ? Math.Max(NormalCdf(x[i]), Math.Abs(exact - NormalCdf(x[i]))) : Math.Abs(exact);
            double error = Math.Abs(y[i] - exact) / Math.Max(size, 1.17549435e-38);
            if (!(error <= worst)) (worst, at) = (error, x[i]);
        }

        // In units of 2^-24, half the distance of neighbouring floats just above a power of two.
        double bound = function switch { "Abs" => 0, "Sqrt" => 1.01, "Exp" or "Tanh" => 3, "Log" => 3, "GELU" or "GELUGradient" => 10, _ => 6 };
        Assert.True(worst <= bound / (1 << 24), $"{function} is off by {worst * (1 << 24):0.00} * 2^-24 at {at:R}.");
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Max_and_min_pass_not_a_number_on(string device)
    {
        float[] x = [1, 0, -2, 3, float.NaN, 5, 6, float.NaN, float.PositiveInfinity, -1];
        // The kernel compares neighbours.
        float[] highest = Run(device, "Max", x), lowest = Run(device, "Min", x);
        for (int i = 0; i + 1 < x.Length; i++)
        {
            Assert.Equal(MathF.Max(x[i], x[i + 1]), highest[i]);
            Assert.Equal(MathF.Min(x[i], x[i + 1]), lowest[i]);
        }
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Uniform_numbers_are_those_of_the_cpu(string device)
    {
        GpuRandom random = new() { SeedLow = 0x9ABCDEF0, SeedHigh = 0x12345678, Step = 41, FirstSample = 7 };
        float[] y = Run(device, "Uniform", new float[300], random);
        RandomKey key = new(0x123456789ABCDEF0, 41, 7);
        for (int i = 0; i < y.Length; i++) Assert.Equal(Philox.UniformAt(in key, 5, i / 100, i % 100), y[i]);
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void Normal_numbers_are_near_those_of_the_cpu(string device)
    {
        GpuRandom random = new() { SeedLow = 0x9ABCDEF0, SeedHigh = 0x12345678, Step = 41, FirstSample = 7 };
        float[] y = Run(device, "Normal", new float[300], random);
        RandomKey key = new(0x123456789ABCDEF0, 41, 7);
        for (int i = 0; i < y.Length; i++)
        {
            // The CPU gives a vector from an element on.
            float expected = Philox.Normal(in key, 5, i / 100, i % 100)[0];
            Assert.Equal(expected, y[i], 2e-6f * MathF.Max(1, MathF.Abs(expected)));
        }
    }

    private static float[] Points(string function)
    {
        List<float> points = [0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1f, -1f, float.Epsilon, float.MaxValue, -float.MaxValue, 0.5f, 88.72283f, 88.73f, -87.4f, -103.9f, -104.5f];
        // Every exponent, with a few mantissas of both signs.
        Random random = new(3);
        for (int exponent = 1; exponent < 255; exponent++)
        {
            for (int i = 0; i < 8; i++)
            {
                float value = BitConverter.Int32BitsToSingle((exponent << 23) | random.Next(1 << 23));
                points.Add(value);
                points.Add(-value);
            }
        }

        for (int i = -2000; i <= 2000; i++) points.Add(i * 0.0517f);
        for (int i = -1000; i <= 1000; i++) points.Add(1f + (i * 1.3e-4f));
        if (function is "Log" or "Sqrt") points.RemoveAll(x => x < 0 && float.IsFinite(x) && x < -1e30f);
        return [.. points];
    }

    private static double Exact(string function, double x) => function switch
    {
        "Exp" => Math.Exp(x),
        "Log" => Math.Log(x),
        "Log1p" => Math.Abs(x) < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x),
        "Sqrt" => Math.Sqrt(x),
        "Tanh" => Math.Tanh(x),
        "Sigmoid" => 1 / (1 + Math.Exp(-x)),
        "Softplus" => x < -20 ? Math.Exp(x) : Math.Max(x, 0) + Exact("Log1p", Math.Exp(-Math.Abs(x))),
        "GELU" => double.IsNegativeInfinity(x) ? -0.0 : x * NormalCdf(x),
        "GELUGradient" => double.IsInfinity(x) ? (x > 0 ? 1 : 0) : NormalCdf(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)),
        "Abs" => Math.Abs(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    /// <summary>By its power series up to 3, and by the continued fraction of its complement beyond (Abramowitz and Stegun 7.1.6, 7.1.14).</summary>
    private static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        double magnitude = Math.Abs(x);
        if (magnitude > 6) return Math.Sign(x);
        if (magnitude <= 3)
        {
            double term = x, sum = x;
            for (int n = 1; n < 120; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }

        double fraction = magnitude;
        for (int n = 80; n > 0; n--) fraction = magnitude + (n / 2.0 / fraction);
        return Math.Sign(x) * (1 - (Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction));
    }

    /// <summary>Φ(x); far below zero by the continued fraction of its tail, which has digits where 1 - erf has none.</summary>
    private static double NormalCdf(double x)
    {
        double magnitude = -x / Math.Sqrt(2);
        if (!(magnitude > 3)) return (1 + Erf(x / Math.Sqrt(2))) / 2;
        double fraction = magnitude;
        for (int n = 80; n > 0; n--) fraction = magnitude + (n / 2.0 / fraction);
        return Math.Exp(-magnitude * magnitude) / Math.Sqrt(Math.PI) / fraction / 2;
    }

    private static float[] Run(string name, string function, float[] x, GpuRandom random = default)
    {
        GpuDevice device = TestDevices.Find(name);
        using AcceleratorStream stream = device.Accelerator.CreateStream();
        using DeviceArray<float> input = device.Allocate<float>(x.Length, stream, "a test");
        using DeviceArray<float> output = device.Allocate<float>(x.Length, stream, "a test");
        input.View.CopyFromCPU(stream, x);
        LoadedKernel<MathArguments> kernel = device.Load(s_kernels[function]);
        MathArguments arguments = new() { X = input.View, Y = output.View, Length = x.Length, Random = random };
        kernel.Launch(stream, ((x.Length - 1) / kernel.GroupSize) + 1, in arguments);
        float[] y = new float[x.Length];
        output.View.CopyToCPU(stream, y);
        stream.Synchronize();
        return y;
    }

    private static void ExpKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Exp(a.X[i]);
    }

    private static void LogKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Log(a.X[i]);
    }

    private static void Log1pKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Log1p(a.X[i]);
    }

    private static void SqrtKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Sqrt(a.X[i]);
    }

    private static void TanhKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Tanh(a.X[i]);
    }

    private static void SigmoidKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Sigmoid(a.X[i]);
    }

    private static void SoftplusKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Softplus(a.X[i]);
    }

    private static void GELUKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.GELU(a.X[i]);
    }

    private static void GELUGradientKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.GELUGradient(a.X[i]);
    }

    private static void AbsKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Abs(a.X[i]);
    }

    private static void MaxKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i + 1 < a.Length) a.Y[i] = GpuMath.Max(a.X[i], a.X[i + 1]);
    }

    private static void MinKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i + 1 < a.Length) a.Y[i] = GpuMath.Min(a.X[i], a.X[i + 1]);
    }

    private static void UniformKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Uniform(a.Random, 5, i / 100, i % 100);
    }

    private static void NormalKernel(MathArguments a)
    {
        int i = Grid.GlobalIndex.X;
        if (i < a.Length) a.Y[i] = GpuMath.Normal(a.Random, 5, i / 100, i % 100);
    }
}
