using NetDsl.Conformance.Harness;
using NetDsl.Generators.Emit;
using NetDsl.Generators.IR;
using NetDsl.Generators.Lowering.Cpu;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>No value is overwritten while it is still read, and memory is shared where it can be.</summary>
public sealed class MemoryPlanTests
{
    [Theory]
    [MemberData(nameof(SampleNetworks.Names), MemberType = typeof(SampleNetworks))]
    public void Values_that_live_at_the_same_time_do_not_overlap(string network)
    {
        foreach (bool inspectable in new[] { false, true })
        {
            var spec = SampleNetworks.Spec(network, inspectable, inputGradients: true);
            foreach (CpuProgramPlan program in EmitStage.CpuPlans(spec, ShapeStage.Run(spec)))
                CheckOverlaps(program, keepLayers: inspectable && program.Program.Name == "forward");
        }
    }

    [Fact]
    public void The_cnns_training_step_writes_no_gradient_of_its_pooling_and_needs_little_more_than_half_of_all_values()
    {
        var spec = SampleNetworks.MnistCnn().ToSpec();
        MemoryPlan plan = EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "train").Plan;

        // Forward: rescaled, convolution, pooling, two dense layers, the loss; backward: the gradients up to that of the pooled.
        const int Written = 784 + 21632 + 5408 + 64 + 10 + 1 + 10 + 64 + 5408;
        Assert.Equal(Written, plan.WrittenFloats);
        Assert.InRange(plan.ActivationFloats, 1, (int)(0.61 * (Written + 21632)));
    }

    [Theory]
    [MemberData(nameof(SampleNetworks.Names), MemberType = typeof(SampleNetworks))]
    public void A_threads_share_of_a_training_step_lies_where_its_share_of_what_was_there_before_lay(string network)
    {
        var spec = SampleNetworks.Spec(network);
        foreach (CpuProgramPlan program in EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Where(p => p.Program.Graph.Gradients.Count > 0))
        {
            (int Start, int End)[] pieces = [.. program.Plan.Placements.Values
                .Where(placement => placement.Arena == Arena.Activations)
                .Select(placement => (placement.Offset, placement.Offset + ParameterLayout.RoundUp(placement.Stride)))
                .Distinct()
                .Order()];
            for (int i = 1; i < pieces.Length; i++)
                Assert.True(pieces[i - 1].End <= pieces[i].Start, $"{pieces[i - 1]} and {pieces[i]} of {program.Program.Name}.");
        }
    }

    [Fact]
    public void A_part_of_a_concatenation_along_the_first_axis_is_written_in_place()
    {
        var spec = SampleNetworks.Spec("concat of branches");
        CpuProgramPlan forward = EmitStage.CpuPlans(spec, ShapeStage.Run(spec)).Single(p => p.Program.Name == "forward");
        Assert.DoesNotContain(forward.Calls, call => call.Kernel is CpuKernel.Copy && call.Node?.Op is Op.Concat && call.Arguments[1].Label.Contains('b'));
    }

    [Fact]
    public void The_arena_of_trainable_tensors_comes_first_and_every_offset_is_a_cache_line()
    {
        var spec = SampleNetworks.Spec("batch norm and residual");
        Graph graph = ShapeStage.Run(spec).Training!;
        ParameterLayout layout = ParameterLayout.Of(graph.Parameters);
        int end = 0;
        foreach (int index in layout.Order)
        {
            Assert.Equal(0, layout.Offsets[index] % ParameterLayout.Alignment);
            Assert.True(layout.Offsets[index] >= end);
            end = layout.Offsets[index] + graph.Parameters[index].Type.Elements;
            Assert.Equal(graph.Parameters[index].Role == NetDsl.Generators.IR.ParameterRole.Trainable, layout.Offsets[index] < layout.TrainableFloats);
        }

        Assert.True(end <= layout.Floats);
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense(3), Block<Inner>, Dense(2), CrossEntropy] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(3), Block<Inner>(Trainable = false), BatchNorm, Dense(2), CrossEntropy] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(3, Trainable = false), Block<Middle>(Name = \"Outer\"), Block<Inner>, Dense(2), CrossEntropy] partial class Net;")]
    public void The_tensors_of_a_network_in_another_lie_as_in_its_own_arena(string net)
    {
        const string Rest =
            """
            [Network, Input(3), BatchNorm, Dense(5), Dense(3, Trainable = false), MeanSquaredError(Standardize = true)] partial class Inner;
            [Network, Input(3), Dense(3, Name = "first"), Block<Inner>(Trainable = false), BatchNorm, Block<Inner>(Name = "second")] partial class Middle;
            """;
        string source = "using NetDsl;\n" + net + "\n" + Rest;
        Graph whole = NetworkGraphs.Of(source, "Net").Training;
        ParameterLayout layout = ParameterLayout.Of(whole.Parameters);
        Assert.NotEmpty(whole.Parts);
        foreach (NetworkPart part in whole.Parts)
        {
            Graph alone = NetworkGraphs.Of(source, part.Type.Name).Training;
            ParameterLayout own = ParameterLayout.Of(alone.Parameters);
            for (int i = 0; i < alone.Parameters.Count; i++)
            {
                int index = whole.Parameters.ToList().FindIndex(parameter => parameter.Path == $"{part.Name}/{alone.Parameters[i].Path}");
                Assert.Equal(own.Offsets[i], layout.Offsets[index] - layout.PartOffsets[part.Index]);
            }
        }

        // No two overlap, and what the whole trains lies in its leading piece.
        int end = 0;
        foreach (int index in layout.Order)
        {
            Assert.True(layout.Offsets[index] >= end);
            end = layout.Offsets[index] + ParameterLayout.RoundUp(whole.Parameters[index].Type.Elements);
            if (whole.Parameters[index].Role == NetDsl.Generators.IR.ParameterRole.Trainable) Assert.True(end <= layout.TrainableFloats);
        }

        Assert.Equal(layout.Floats, end);
    }

    /// <summary>Liveness is found anew here: from the node that makes a value to the last that reads it or one of its views.</summary>
    private static void CheckOverlaps(CpuProgramPlan program, bool keepLayers)
    {
        Graph graph = program.Program.Graph;
        var kept = new HashSet<Value>(graph.Results);
        if (keepLayers) kept.UnionWith(graph.LayerOutputs.Select(l => l.Value));
        var first = new Dictionary<Value, int>();
        var last = new Dictionary<Value, int>();
        var source = new Dictionary<Value, Value>();
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            Node node = graph.Nodes[i];
            foreach (Value output in node.Outputs)
            {
                first[output] = node.Op is Op.Input ? -1 : i;
                last[output] = kept.Contains(output) ? graph.Nodes.Count : i;
                bool view = node.Op is Op.Reshape || (node.Op is Op.Slice && program.Plan.Placements[output].Offset == program.Plan.Placements[node.Inputs[0]].Offset);
                source[output] = view ? source[node.Inputs[0]] : output;
            }

            foreach (Value input in node.Inputs)
            {
                last[input] = Math.Max(last[input], i);
                last[source[input]] = Math.Max(last[source[input]], i);
            }
        }

        foreach (Value value in kept) last[source[value]] = graph.Nodes.Count;
        Value[] values = [.. first.Keys.Where(v => v.Type.Batched)];
        foreach (Value a in values)
        {
            foreach (Value b in values)
            {
                if (ReferenceEquals(a, b) || ReferenceEquals(source[a], source[b])) continue;
                bool together = first[a] < last[b] && first[b] < last[a];
                if (!together || !Overlap(program.Plan.Placements[a], a, program.Plan.Placements[b], b)) continue;

                // A part lies within the concatenation that it becomes.
                if (PartOf(graph, a, b) || PartOf(graph, b, a)) continue;
                Assert.Fail($"{program.Program.Name}: %{a.Label} (nodes {first[a]} to {last[a]}) and %{b.Label} ({first[b]} to {last[b]}) share memory.");
            }
        }
    }

    private static bool Overlap(Placement a, Value va, Placement b, Value vb)
    {
        if (a.Arena != b.Arena) return false;
        if (a.Offset == b.Offset && a.Stride == b.Stride) return a.Start < b.Start + vb.Type.Elements && b.Start < a.Start + va.Type.Elements;
        return a.Offset < b.Offset + b.Stride && b.Offset < a.Offset + a.Stride;
    }

    private static bool PartOf(Graph graph, Value part, Value whole) =>
        graph.ProducerOf(whole)!.Op is Op.Concat && graph.ProducerOf(whole)!.Inputs.Contains(part);
}
