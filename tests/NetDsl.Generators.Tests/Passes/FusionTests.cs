using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Generators.Emit;
using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>What is fused is fused: bias, activation and their gradients never make a pass over memory of their own.</summary>
public sealed class FusionTests
{
    [Fact]
    public void The_cnns_training_step_is_one_kernel_a_layer_and_direction()
    {
        var spec = SampleNetworks.MnistCnn().ToSpec();
        CpuProgramPlan train = EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "train");
        Assert.Equal(
            [
                "Elementwise", "Convolution", "Pooling", "MatMul", "MatMul", "Softmax",
                "MatMulWeightGradient", "MatMul", "MatMulWeightGradient", "MatMul", "ColumnSum", "PooledFilterGradient",
            ],
            train.Calls.Select(call => call.Kernel.GetType().Name));
    }

    /// <summary>The derivative of an activation before a max-pooling is computed for the pooled, where it can be had from what the activation gave.</summary>
    [Theory]
    [InlineData("Activation.ReLU", "2", "($1 > 0 ? $0 : 0)", null)]
    [InlineData("Activation.Tanh", "2", "$0 * (1 - $1 * $1)", null)]
    [InlineData("Activation.ReLU", "2, Padding = Padding.Same", "($1 > 0 ? $0 : 0)", null)]
    [InlineData("Activation.ReLU", "3, Stride = 2", null, "($1 > 0 ? $0 : 0)")]
    public void The_gradient_of_an_activation_before_a_pooling_is_that_of_its_maxima(string activation, string pool, string? product, string? pooling)
    {
        var spec = NetworkGraphs.Of(new NetworkCase("", $"[Input(9, 9, 2), Conv2D(4, 3, Activation = {activation}), MaxPool2D({pool}), Flatten, Dense(3), MeanSquaredError]").Source, NetworkCase.Type).Spec;
        CpuKernel[] train = [.. EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "train").Calls.Select(call => call.Kernel)];
        Assert.Equal(product, Print(train.OfType<CpuKernel.MatMul>().Single(matMul => matMul.TransposeW).Epilogue));
        Assert.Equal(pooling, Print(train.OfType<CpuKernel.Pooling>().Single(kernel => kernel.Kind == PoolingKind.MaxBackward).Epilogue));
        Assert.Equal(product is null ? 0 : 1, train.Count(kernel => kernel is CpuKernel.ColumnSum { Outer: > 1 and < 49 }));

        static string? Print(Epilogue? epilogue) => epilogue is null ? null : ExpressionPrinter.Print(epilogue.Expression);
    }

    [Fact]
    public void Bias_and_activation_are_the_epilogue_of_the_matmul()
    {
        var spec = SampleNetworks.Spec("mlp");
        CpuProgramPlan forward = EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "forward");
        var dense = Assert.IsType<CpuKernel.MatMul>(forward.Calls[0].Kernel);
        Assert.Equal("max($0 + $1, 0)", ExpressionPrinter.Print(dense.Epilogue!.Expression));
    }

    [Fact]
    public void The_gradient_of_the_activation_is_the_epilogue_of_the_gradient_that_flows_into_it()
    {
        var spec = SampleNetworks.Spec("mlp");
        CpuProgramPlan train = EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "train");
        var gradient = train.Calls.Select(call => call.Kernel).OfType<CpuKernel.MatMul>().Single(matMul => matMul.TransposeW);
        Assert.Equal("($1 > 0 ? $0 : 0)", ExpressionPrinter.Print(gradient.Epilogue!.Expression));
    }

    [Theory]
    [InlineData("[Input(6), Dense(5, Activation = Activation.Softmax), CrossEntropy]")]
    [InlineData("[Input(3, 4), Dense(5), CrossEntropy]")]
    [InlineData("[Input(2, 3, 4), Conv2D(5, 1), CrossEntropy(Weight = 0.3)]")]
    public void Loss_and_gradient_by_the_logits_are_one_kernel(string layers)
    {
        var spec = NetworkGraphs.Of(new NetworkCase("", layers).Source, NetworkCase.Type).Spec;
        CpuProgramPlan train = EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "train");
        var softmax = Assert.Single(train.Calls.Select(call => call.Kernel).OfType<CpuKernel.Softmax>());
        Assert.Equal(SoftmaxKind.CrossEntropyWithGradient, softmax.Kind);
    }

    [Fact]
    public void Dropout_stores_no_mask()
    {
        var spec = SampleNetworks.Spec("dropout");
        CpuProgramPlan train = EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "train");
        int drawn = train.Calls.Count(call => call.Kernel is CpuKernel.Elementwise k && ScalarExpressions.Any(k.Expression, e => e is ScalarExpression.Uniform));
        Assert.Equal(4, drawn);
    }

    [Fact]
    public void Equal_blocks_share_their_kernels()
    {
        var spec = SampleNetworks.Spec("batch norm and residual");
        CpuProgramPlan forward = EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "forward");
        var convolutions = forward.Calls.Select(call => call.Kernel).OfType<CpuKernel.Convolution>().ToList();
        Assert.Equal(4, convolutions.Count);
        Assert.Equal(2, convolutions.Distinct().Count());
    }
}
