using System.Reflection;
using System.Runtime.Loader;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using Xunit;

namespace NetDsl.Conformance.Ilgpu.TensorCores;

/// <summary>
/// Kernels for tensor cores as PTX, run in a simulation of the instructions that follows the PTX ISA: which element a lane has,
/// that all lanes meet, that factors are rounded, and the epilogue.
/// </summary>
public class TensorCoreTests
{
    private const int GroupSize = 128, Block = 64;

    private static readonly Lazy<Type> s_programs = new(Load);

    private delegate double Epilogue(double sum, int row, int column);

    /// <summary>One row, a block less one, one more than a block.</summary>
    public static TheoryData<int> Batches => [1, 63, 65];

    [Theory]
    [InlineData("DenseForward_72_136")]
    [InlineData("DenseInputGradient_64_136")]
    public void The_code_has_the_instructions_and_neither_outside_functions_nor_local_memory(string kernel)
    {
        foreach (CudaArchitecture architecture in new[] { CudaArchitecture.SM_80, CudaArchitecture.SM_90 })
        {
            string code = Compile(kernel, architecture);
            Assert.Contains("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32", code, StringComparison.Ordinal);
            Assert.Contains("cvt.rna.tf32.f32", code, StringComparison.Ordinal);
            Assert.DoesNotContain(".extern .func", code, StringComparison.Ordinal);
            Assert.DoesNotContain(".local", code, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("DenseForward_72_136_Float32")]
    [InlineData("DenseInputGradient_64_136_Float32")]
    public void The_kernel_for_older_devices_has_none_of_them(string kernel)
    {
        string code = Compile(kernel, CudaArchitecture.SM_75);
        Assert.DoesNotContain("mma.", code, StringComparison.Ordinal);
        Assert.DoesNotContain("tf32", code, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void A_product_of_rounded_factors_with_bias_and_activation(int batch)
    {
        float[] x = Numbers(batch * 72, 1), w = Numbers(72 * 136, 2), bias = Numbers(136, 3), y = new float[batch * 136];
        Run("DenseForward_72_136", batch, 136, 72, y, x, w, bias);
        Check(y, batch, 72, 136, (row, k) => x[(row * 72) + k], (k, column) => w[(k * 136) + column], (sum, _, column) => Math.Max(sum + bias[column], 0));
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void A_product_with_the_transposed_weight_and_the_gradient_of_an_activation(int batch)
    {
        float[] dy = Numbers(batch * 64, 4), w = Numbers(136 * 64, 5), reLU = Numbers(batch * 136, 6), dx = new float[batch * 136];
        Run("DenseInputGradient_64_136", batch, 136, 64, dx, dy, w, reLU);
        Check(dx, batch, 64, 136, (row, k) => dy[(row * 64) + k], (k, column) => w[(column * 64) + k], (sum, row, column) => reLU[(row * 136) + column] > 0 ? sum : 0);
    }

    [Fact]
    public void Rounding_is_to_ten_bits_to_nearest_and_ties_go_away_from_zero()
    {
        float step = MathF.ScaleB(1, -10);
        (float Value, float Rounded)[] cases =
        [
            (1, 1), (1 + (0.49f * step), 1), (1 + (0.5f * step), 1 + step), (-1 - (0.5f * step), -1 - step), (1 + (1.5f * step), 1 + (2 * step)),
            (0, 0), (float.PositiveInfinity, float.PositiveInfinity), (float.NaN, float.NaN),
        ];
        foreach ((float value, float rounded) in cases) Assert.Equal(rounded, Rounded(value));
    }

    /// <summary>Runs every group of a launch.</summary>
    private static void Run(string kernel, int batch, int columns, int inner, params float[][] arrays)
    {
        Type arguments = s_programs.Value.GetMethod(kernel, BindingFlags.NonPublic | BindingFlags.Static)!.GetParameters().Single().ParameterType;
        var memory = new PtxMemory();
        Assert.Equal([.. arrays.Select(_ => typeof(ArrayView<float>)), typeof(int)], arguments.GetFields().Select(field => field.FieldType));
        foreach (float[] array in arrays) memory.AddView(array);
        memory.AddNumber(batch);
        PtxProgram program = PtxProgram.Parse(Compile(kernel, CudaArchitecture.SM_80));
        int groups = (batch + Block - 1) / Block * ((columns + Block - 1) / Block), instructions = 0;
        for (int i = 0; i < groups; i++)
        {
            var group = new PtxGroup(program, memory, i, GroupSize);
            group.Run();
            instructions += group.MatrixInstructions;
        }

        // Blocks of 64 x 64 in instructions of 16 x 8 x 8, the inner dimension in steps of 32.
        Assert.Equal(groups * ((inner + 31) / 32) * 4 * 4 * 8, instructions);
    }

    private static void Check(float[] actual, int rows, int inner, int columns, Func<int, int, float> left, Func<int, int, float> right, Epilogue epilogue)
    {
        double exactDifference = 0;
        var expected = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double rounded = 0, exact = 0;
                for (int k = 0; k < inner; k++)
                {
                    rounded += (double)Rounded(left(row, k)) * Rounded(right(k, column));
                    exact += (double)left(row, k) * right(k, column);
                }

                int at = (row * columns) + column;
                expected[at] = epilogue(rounded, row, column);
                exactDifference = Math.Max(exactDifference, Math.Abs(epilogue(exact, row, column) - actual[at]));
            }
        }

        Reference.Numbers.AssertClose(expected, Array.ConvertAll(actual, value => (double)value), 1e-6, "result");
        Assert.InRange(exactDifference, 1e-5, 1e-2);
    }

    private static float Rounded(float value) =>
        BitConverter.UInt32BitsToSingle(PtxArithmetic.RoundToTF32(BitConverter.SingleToUInt32Bits(value)));

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static string Compile(string kernel, CudaArchitecture architecture)
    {
        MethodInfo method = s_programs.Value.GetMethod(kernel, BindingFlags.NonPublic | BindingFlags.Static)
            ?? throw new InvalidOperationException($"There is no kernel {kernel}.");
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using PTXBackend backend = new(context, architecture, CudaInstructionSet.ISA_78, null!);
        return ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(method), KernelSpecialization.Empty)).PTXAssembly;
    }

    /// <summary>The programs of a network with both kinds of product, with ends that no block and no step divides.</summary>
    private static Type Load()
    {
        var network = new NetworkCase("", "[Input(72), Dense(136, Activation = Activation.ReLU), Dense(64), MeanSquaredError]") { Precision = Precision.TF32 };
        (byte[] image, _) = NetworkCompiler.Compile(network.Source, ProjectSettings.Ordinary with { ReferencesGpu = true });
        using var stream = new MemoryStream(image);
        return new AssemblyLoadContext("TensorCores").LoadFromStream(stream).GetTypes().Single(type => type.Name.EndsWith("_Gpu", StringComparison.Ordinal));
    }
}
