using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Generators.Model;
using Xunit;

namespace NetDsl.Conformance.Cpu.Reference;

/// <summary>The interpreter's elementwise ops, reductions, products, movements and epilogues against numbers worked out by hand.</summary>
public class ReferenceElementwiseTests
{
    private static readonly double[] Six = [1, 2, 3, 4, 5, 6];

    private readonly GraphSketch _sketch = new();

    [Fact]
    public void Map_broadcasts_at_the_last_axis_and_over_samples()
    {
        Value x = _sketch.Column("x", 2, 1), row = _sketch.Parameter("row", 3), scalar = _sketch.Column("scalar");
        Value y = _sketch.Map(ScalarExpression.Of(0) + (ScalarExpression.Of(1) * ScalarExpression.Of(2)), x, row, scalar);
        ReferenceRun run = Run(2, [[10, 20, 30]], ("x", [1, 2, 3, 4]), ("scalar", [1, -1]));
        Assert.Equal([11, 21, 31, 12, 22, 32, -7, -17, -27, -6, -16, -26], run[y]);
    }

    [Theory]
    [InlineData(false, false, new double[] { 3, 7, 11, 15, 19, 23 })]
    [InlineData(true, false, new double[] { 18, 26, 34 })]
    [InlineData(true, true, new double[] { 18, 26, 34 })]
    public void Reduce_sums_over_axes_and_samples(bool overBatch, bool keepAxes, double[] expected)
    {
        Value x = _sketch.Column("x", 3, 2);
        Value y = _sketch.Builder.Sum("y", x, [1], overBatch, keepAxes);
        ReferenceRun run = Run(2, [], ("x", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
        Assert.Equal(expected, run[y]);
        Assert.Equal(keepAxes ? new[] { 3, 1 } : [3], y.Type.Shape);
    }

    [Fact]
    public void Reduce_takes_the_maximum_of_its_prologue()
    {
        Value x = _sketch.Column("x", 3), y = _sketch.Column("y", 3);
        Value max = _sketch.Add(new Op.Reduce(Reduction.Max, EquatableArray.Of(0), false, false, ScalarExpression.Of(0) - ScalarExpression.Of(1), x.Type), x, y);
        Assert.Equal([-1, 4], Run(2, [], ("x", Six), ("y", [2, 4, 6, 0, 5, 6]))[max]);
    }

    [Fact]
    public void MatMul_multiplies_rows_with_a_matrix_its_transpose_and_sums_over_rows()
    {
        Value x = _sketch.Column("x", 3), dy = _sketch.Column("dy", 2), w = _sketch.Parameter("w", 3, 2);
        Value y = _sketch.Add(new Op.MatMul(false, false), x, w);
        Value dx = _sketch.Add(new Op.MatMul(false, true), dy, w);
        Value dw = _sketch.Add(new Op.MatMul(true, false), x, dy);
        ReferenceRun run = Run(2, [Six], ("x", [1, 0, 2, 0, 1, 1]), ("dy", [1, 2, 3, 4]));
        Assert.Equal([11, 14, 8, 10], run[y]);
        Assert.Equal([5, 11, 17, 11, 25, 39], run[dx]);
        Assert.Equal([1, 2, 3, 4, 5, 8], run[dw]);
    }

    [Fact]
    public void Concat_slice_and_pad_move_elements_along_an_axis()
    {
        Value x = _sketch.Column("x", 2, 1), y = _sketch.Column("y", 2, 2);
        Value both = _sketch.Add(new Op.Concat(1), x, y);
        Value slice = _sketch.Add(new Op.Slice(1, 1, 2), both);
        Value pad = _sketch.Add(new Op.Pad(0, 1, 2), x);
        ReferenceRun run = Run(1, [], ("x", [1, 2]), ("y", [3, 4, 5, 6]));
        Assert.Equal([1, 3, 4, 2, 5, 6], run[both]);
        Assert.Equal([3, 4, 5, 6], run[slice]);
        Assert.Equal([0, 1, 2, 0, 0], run[pad]);
    }

    [Fact]
    public void An_epilogue_reads_the_result_first_and_broadcasts_its_further_operands()
    {
        Value x = _sketch.Column("x", 3), w = _sketch.Parameter("w", 3, 2), bias = _sketch.Parameter("bias", 2);
        Value y = _sketch.Add(new Op.MatMul(false, false), x, w);
        Node product = _sketch.Builder.Nodes[^1];
        _sketch.Builder.Nodes[^1] = product with
        {
            Inputs = [.. product.Inputs, bias],
            Epilogue = new ScalarExpression.Binary(BinaryFunction.Max, ScalarExpression.Of(0) + ScalarExpression.Of(1), 0),
            EpilogueOperands = 1,
        };
        Assert.Equal([1, 0, 4, 2], Run(2, [Six, [-10, -16]], ("x", [1, 0, 2, 1, 1, 2]))[y]);
    }

    [Theory]
    [InlineData("Exp", 1, Math.E)]
    [InlineData("Log", Math.E, 1)]
    [InlineData("Log1p", 1e-18, 1e-18)]
    [InlineData("Sqrt", 9, 3)]
    [InlineData("Tanh", 0.5, 0.46211715726000975)]
    [InlineData("Sigmoid", -2, 0.11920292202211755)]
    [InlineData("Abs", -3, 3)]
    [InlineData("Negate", -3, 3)]
    [InlineData("GELU", 1, 0.8413447460685429)]
    [InlineData("GELU", -0.5, -0.15426876936299344)]
    [InlineData("GELUGradient", 0, 0.5)]
    [InlineData("GELUGradient", 1, 1.0833154705876863)]
    [InlineData("GELUGradient", -2, -0.08523180107819693)]
    [InlineData("Softplus", 0, 0.6931471805599453)]
    [InlineData("Softplus", -40, 4.248354255291589e-18)]
    [InlineData("Softplus", 800, 800)]
    public void Functions_of_one_argument(string function, double x, double expected)
    {
        Value y = _sketch.Map(new ScalarExpression.Unary(Enum.Parse<UnaryFunction>(function), ScalarExpression.Of(0)), _sketch.Column("x"));
        Assert.Equal(expected, Run(1, [], ("x", [x]))[y][0], Math.Abs(expected) * 1e-15);
    }

    [Fact]
    public void SelectGreater_takes_the_other_side_at_equality()
    {
        Value x = _sketch.Column("x");
        Value y = _sketch.Map(new ScalarExpression.SelectGreater(ScalarExpression.Of(0), 0, 1, 2), x);
        Assert.Equal([2, 2, 1], Run(3, [], ("x", [-1, 0, 1]))[y]);
    }

    [Fact]
    public void InverseBatch_is_one_over_the_samples_and_Uniform_is_keyed_by_all_of_its_parts()
    {
        Value x = _sketch.Column("x", 3);
        Value y = _sketch.Map(ScalarExpression.Of(0) * new ScalarExpression.InverseBatch(), x);
        Value u = _sketch.Builder.Add("u", new Op.Map(new ScalarExpression.Uniform(77), x.Type), x);
        ReferenceRun run = ReferenceInterpreter.Run(
            _sketch.ToGraph(),
            new ReferenceInputs(2, new Dictionary<string, double[]> { ["x"] = Six }, [], Seed: 0x1_0000_0002, Step: 5));
        Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3], run[y]);
        Assert.Equal([.. from sample in Enumerable.Range(0, 2) from element in Enumerable.Range(0, 3) select Philox.Uniform(0x1_0000_0002, 5, 77, sample, element)], run[u]);
        Assert.Equal(6, run[u].Distinct().Count());
        Assert.All(run[u], v => Assert.InRange(v, 0, 1 - 1e-9));
    }

    [Fact]
    public void A_graph_that_declares_another_type_than_it_computes_is_refused()
    {
        Value x = _sketch.Column("x", 3);
        _sketch.Builder.Nodes.Add(new Node(new Op.Reshape(EquatableArray.Of(3)), [x], [new Value(TensorType.Batch(4), "wrong")], _sketch.Builder.Origin));
        var exception = Assert.Throws<InvalidOperationException>(() => Run(2, [], ("x", Six)));
        Assert.Contains("wrong", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_window_in_the_padding_altogether_is_refused()
    {
        Value x = _sketch.Column("x", 1, 1, 1);
        _sketch.Add(new Op.MaxPool2D(new Window(1, 1, 1, 1, 1, 1, 1, 0, 0, 0)), x);
        Assert.Throws<InvalidOperationException>(() => Run(1, [], ("x", [1])));
    }

    private ReferenceRun Run(int batch, double[][] parameters, params (string Name, double[] Data)[] columns) =>
        ReferenceInterpreter.Run(_sketch.ToGraph(), new ReferenceInputs(batch, columns.ToDictionary(c => c.Name, c => c.Data), parameters));
}
