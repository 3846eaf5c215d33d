using Microsoft.CodeAnalysis;
using NetDsl.Conformance.Networks;
using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Tests.Testing;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>An activation and its derivative are computed together where both are dear.</summary>
public sealed class SlopeFusionTests
{
    [Theory]
    [InlineData("GELU", "VectorMath.GELU(result + bias, out slope)")]
    [InlineData("SiLU", "Vector<float> sigmoid = VectorMath.Sigmoid(result + bias);")]
    [InlineData("GELUTanh", "Vector<float> sigmoid = VectorMath.Sigmoid(")]
    [InlineData("Mish", "Vector<float> tanh = VectorMath.Tanh(")]
    public void A_product_gives_the_slope_of_its_activation(string activation, string formula)
    {
        string layers = $"[Input(5), Dense(17, Activation = Activation.{activation}), Dense(2), MeanSquaredError]";
        CpuCall joined = Assert.Single(Joined(layers, "train"));
        Assert.Equal(17, joined.Arguments[1].Type.Shape[0]);
        CpuCall backward = Assert.Single(CpuCalls.Of(layers, "train"), call => call.Origin.Phase == Phase.Backward && call.Kernel is CpuKernel.MatMul);
        Assert.Equal("$0 * $1", ExpressionPrinter.Print(((CpuKernel.MatMul)backward.Kernel).Epilogue!.Expression));
        Assert.DoesNotContain(CpuCalls.Of(layers, "train"), call => call.Kernel is CpuKernel.Elementwise && call.Origin.Kind == "Dense");
        Assert.Empty(Joined(layers, "predict"));
        Assert.Contains(formula, Text(layers), StringComparison.Ordinal);
    }

    /// <summary>Its derivative is cheap, or made of its result; there is no gradient; random numbers come before it, or after it; another layer reads what goes into it, or makes something else of it.</summary>
    [Theory]
    [InlineData("[Input(5), Dense(17, Activation = Activation.LeakyReLU), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(17, Activation = Activation.Hardswish), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(17, Activation = Activation.Sigmoid), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(17, Activation = Activation.GELU, Trainable = false), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(17), GaussianNoise(0.1), Activation(Activation.GELU), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(17, Activation = Activation.GELU), Dropout(0.5), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(17, Name = \"x\"), Activation(Activation.GELU, Name = \"y\"), From(\"x\"), Activation(Activation.Softplus), Concat(\"y\"), Dense(2), MeanSquaredError]")]
    [InlineData("[Input(5), Dense(17, Name = \"x\"), Activation(Activation.GELU), Concat(\"x\"), Dense(2), MeanSquaredError]")]
    public void Others_stay_as_they_are(string layers) => Assert.Empty(Joined(layers, "train"));

    /// <summary>What the product gives is read by nobody then, so that it has no memory.</summary>
    [Fact]
    public void The_slope_takes_the_place_of_what_the_activation_is_made_of()
    {
        const string Layers = "[Input(5), Dense(17, Activation = Activation.GELU), Dense(2), MeanSquaredError]";
        Assert.Equal(["Dense1/GELU", "Dense1/sumSlope"], Assert.Single(Joined(Layers, "train")).Arguments.Take(2).Select(argument => argument.Label));
        Assert.DoesNotContain(CpuCalls.Of(Layers, "train"), call => call.Arguments.Any(argument => argument.Label == "Dense1/sum"));
    }

    /// <summary>A part of a concatenation is written where it belongs, as it is without a slope.</summary>
    [Fact]
    public void A_concatenation_of_activations_copies_nothing()
    {
        const string Layers = "[Input(5), Dense(16, Activation = Activation.GELU, Name = \"a\"), From(\"input\"), Dense(32, Activation = Activation.GELU), Concat(\"a\"), Dense(2), MeanSquaredError]";
        Assert.Equal(2, Joined(Layers, "train").Length);
        Assert.DoesNotContain(CpuCalls.Of(Layers, "train"), call => call.Kernel is CpuKernel.Copy);
    }

    private static CpuCall[] Joined(string layers, string program) => [.. CpuCalls.Of(layers, program).Where(call => call.Kernel is CpuKernel.MatMul { Epilogue.Slope: not null })];

    private static string Text(string layers)
    {
        Compilation compilation = TestCompiler.Compile(new NetworkCase("", layers).Source);
        return Assert.Single(TestCompiler.Generate(compilation).Compilation.SyntaxTrees, tree => tree.FilePath.EndsWith(".Cpu.g.cs", StringComparison.Ordinal)).ToString();
    }
}
