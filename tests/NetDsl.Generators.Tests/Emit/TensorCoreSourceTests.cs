using NetDsl.Generators.Emit;
using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Gpu;
using NetDsl.Generators.Model;
using NetDsl.Generators.Shapes;
using NetDsl.Generators.Tests.Shapes;
using NetDsl.Generators.Tests.Snapshots;
using Xunit;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Which matrix products go to tensor cores, and the text of their kernels.</summary>
public class TensorCoreSourceTests
{
    /// <summary>A product and the transposed one of a gradient, with ends that no block and no step divides.</summary>
    [Fact]
    public void The_kernels_of_a_product_and_of_its_gradient()
    {
        string text = EmitStage.GpuPrograms(Exactly(72, 136, 64), ShapeStage.Run(Exactly(72, 136, 64)))!;
        string[] kernels = [.. text.Split("        /// <summary>").Skip(1).Where(part => part.Contains("CudaAsm.Emit", StringComparison.Ordinal) || part.Contains("_Float32(", StringComparison.Ordinal))];
        Snapshot.Verify(string.Concat(kernels.Select(kernel => "/// <summary>" + kernel.Replace("\n        ", "\n", StringComparison.Ordinal).TrimEnd() + "\n\n")).TrimEnd() + "\n", "TensorCores.Gpu");
    }

    [Theory]
    [InlineData(64, 128, true)]
    [InlineData(1024, 4096, true)]
    [InlineData(72, 136, true)]
    [InlineData(56, 128, false)]
    [InlineData(64, 120, false)]
    [InlineData(65, 128, false)]
    [InlineData(68, 128, false)]
    [InlineData(64, 132, false)]
    public void A_product_that_suits_is_one_for_tensor_cores(int k, int n, bool suits) =>
        Assert.Equal(suits ? ["DenseForward"] : [], Products(Exactly(k, n)));

    [Fact]
    public void So_is_the_gradient_by_the_input_of_a_layer_with_many_inputs_and_no_gradient_by_weights() =>
        Assert.Equal(["DenseForward", "DenseInputGradient"], Products(Exactly(72, 136, 64)));

    [Fact]
    public void Nothing_is_without_the_precision_that_allows_it() =>
        Assert.Empty(Products(Exactly(1024, 4096, 1024) with { Precision = Model.Precision.Float32 }));

    [Fact]
    public void The_programs_for_the_cpu_do_not_depend_on_the_precision()
    {
        NetworkSpec rounded = Exactly(72, 136), exact = rounded with { Precision = Model.Precision.Float32 };
        Assert.Equal(EmitStage.CpuPrograms(exact, ShapeStage.Run(exact)), EmitStage.CpuPrograms(rounded, ShapeStage.Run(rounded)));
    }

    [Fact]
    public void The_precision_is_part_of_what_a_network_is() =>
        Assert.NotEqual(Exactly(72, 136), Exactly(72, 136) with { Precision = Model.Precision.Float32 });

    private static NetworkSpec Exactly(int inputs, params int[] units)
    {
        Declared network = new Declared().Input(inputs);
        foreach (int count in units) network.Add("Dense", new { units = count, Activation = Activation.ReLU });
        return network.Add("MeanSquaredError").ToSpec() with { Precision = Model.Precision.TF32 };
    }

    /// <summary>The products for tensor cores of a training step, by layer and direction.</summary>
    private static IEnumerable<string> Products(NetworkSpec spec) =>
        from launch in EmitStage.GpuPlans(spec, ShapeStage.Run(spec)).Single(program => program.Program.Name == "train").Launches
        where launch.Kernel is GpuKernel.MatMul { Style: MatMulStyle.TensorCores }
        select launch.Origin.Kind + (launch.Origin.Phase == Phase.Backward ? "InputGradient" : "Forward");
}
