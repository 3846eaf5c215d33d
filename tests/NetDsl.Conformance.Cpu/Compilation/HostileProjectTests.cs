using NetDsl.Conformance.Harness;
using NetDsl.Conformance.Networks;
using NetDsl.Conformance.Reference;
using NetDsl.Generators.IR;
using NetDsl.Networks;
using Xunit;

namespace NetDsl.Conformance.Cpu.Compilation;

/// <summary>
/// Networks in projects that are hard on generated code: checked arithmetic, warnings as errors, documentation required, no
/// unsafe code, no implicit usings, another culture, and names that shadow others. Each compiles without a warning and
/// computes what it should.
/// </summary>
public class HostileProjectTests
{
    private const string Small = "[Network(InputGradients = true)] [Input(4), Dense(3, Activation = Activation.ReLU), Dropout(0.25), Dense(2), CrossEntropy]";

    /// <summary>Metadata name and source.</summary>
    public static TheoryData<string, string> Sources => new()
    {
        { "Visible.Net", $"using NetDsl; namespace Visible {{ /// <summary>Documented.</summary>\n{Small} public sealed partial class Net; }}" },
        { "Net", $"using NetDsl; {Small} internal partial class Net;" },
        { "A.B.C+D+Net", $"using NetDsl; namespace A.B {{ internal static partial class C {{ internal partial struct D {{ {Small} internal sealed partial class Net; }} }} }}" },
        { "A.C+Net", $"using NetDsl; namespace A; internal partial record C {{ {Small} private sealed partial class Net; }}" },
        { "A.I+Net", $"using NetDsl; namespace A; internal partial interface I {{ {Small} internal sealed partial class Net; }}" },
        { "A.C+Net", $"using NetDsl; namespace A; /// <summary>Documented.</summary>\npublic partial class C {{ /// <summary>Documented.</summary>\n{Small} protected internal partial class Net; }}" },
        { "My.NetDsl.System.Net", $$"""
            using global::NetDsl;
            namespace My.NetDsl.System
            {
                {{Small}} internal sealed partial class Net;
                internal static class Math; internal static class MathF; internal static class Vector; internal static class Span; internal static class Cpu; internal static class Networks;
                internal static class Floats; internal static class BatchView; internal static class Activation2; internal static class Single; internal static class IDisposable;
            }
            """ },
        { "@event.@class".Replace("@", "", StringComparison.Ordinal), $"using NetDsl; namespace @event; {Small} internal partial class @class;" },
        { "A.Dense1", $"using NetDsl; namespace A; {Small} internal partial class Dense1;" },
        { "A.Größe", $"using NetDsl; namespace A; {Small} internal partial class Größe;" },
        { "A.Net", """
            using NetDsl; namespace A;
            [Network(InputGradients = true)]
            [Input(4, Name = "class"), Dense(3, Name = "public"), Dense(3, Name = "_1st"), Dense(3, Name = "Größe"), Output("default")]
            [Dense(3, Name = "weight"), Dense(3, Name = "bias"), Dense(3, Name = "a__b"), Dense(3, Name = "c__b"), Dense(3, Name = "sample"), Output("int")]
            [Dense(3, Name = "Parameters"), Dense(3, Name = "Predict"), Dense(3, Name = "ToString"), CrossEntropy(Name = "namespace")]
            internal partial class Net;
            """ },
        { "A.Net", """
            using NetDsl; namespace A;
            [Network(InputGradients = true)]
            [Input(4, Name = "inputs"), Dense(3, Name = "ParameterTree"), Dense(3, Name = "_runtime"), Dense(3, Name = "a"), Dense(3, Name = "aTensors"), Output("predict")]
            [Dense(3, Name = "getHashCode"), Dense(3, Name = "memberwiseClone"), Output("PredictOutput"), Block<B>(Name = "b"), Output("outputs"), Dense(3), Output("net")]
            [Input(4, Name = "inputGradients"), Dense(3, Name = "other"), Add("a"), Output("toString"), Dense(2), CrossEntropy(Name = "targets"), Dense(2), Output("_runtime1"), MeanSquaredError(Name = "outputGradients")]
            internal partial class Net;
            [Block, Dense(3, Name = "b"), Dense(3, Name = "bTensors")] internal partial class B;
            """ },
        { "A.Net", """
            using NetDsl; namespace A;
            [Network(Inspectable = true, InputGradients = true)]
            [Input(4, 4, 2), Rescale(1e-3, -1e-10), BatchNorm(Momentum = 1e-7, Epsilon = 1e-20), Rescale(1e-9), Conv2D(3, 2, UseBias = false), Rescale(1234567890.0, 0.1), MeanSquaredError(Weight = 1e-12)]
            internal partial class Net;
            """ },
    };

    public static TheoryData<string> Networks => [.. NetworkFamilies.Cases.Select(network => network.Name)];

    /// <summary>One network of each family and more where much is emitted.</summary>
    public static TheoryData<string> Samples =>
    [
        "Six layers",
        "Conv2D dilation 3, pad 2, stride 2",
        "Both pools of one tensor",
        "Dropout, then BatchNorm",
        "Three losses at three depths",
        "Two tasks on two inputs",
        "Residual with projection",
        "Three outputs",
        "No loss",
        "The README's network on a small image",
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_class_in_a_hostile_place_compiles_and_computes(string type, string source) =>
        Run(LoadedNetwork.Load(source, type, ProjectSettings.Hostile), 1e-4);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_network_in_a_hostile_project_compiles_and_computes(string name)
    {
        NetworkCase network = NetworkFamilies.Find(name);
        Run(LoadedNetwork.Load(network.Source, NetworkCase.Type, ProjectSettings.Hostile), network.Tolerance);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Generated_text_does_not_depend_on_the_culture(string name)
    {
        string source = NetworkFamilies.Find(name).Source;
        var ordinary = NetworkCompiler.Generate(source, ProjectSettings.Ordinary).Files;
        var hostile = NetworkCompiler.Generate(source, ProjectSettings.Hostile).Files;
        Assert.Equal(ordinary.Keys.Order(), hostile.Keys.Order());
        foreach (var (file, text) in ordinary)
        {
            Assert.Equal(text, hostile[file]);
            Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
        }
    }

    private static void Run(LoadedNetwork loaded, double tolerance)
    {
        NetworkGraphs graphs = loaded.Graphs;
        using var driver = new NetworkDriver(loaded.Create(Device.Cpu));
        ReferenceInputs inputs = TestData.Inputs(graphs.Backward, 3);
        ReferenceRun expected = ReferenceInterpreter.Run(graphs.Backward, inputs);
        ProgramResult backward = driver.Run(ProgramKind.Backward, graphs.Backward, inputs);
        foreach (ParameterValue gradient in graphs.Backward.Gradients)
        {
            string path = graphs.Backward.Parameters[gradient.Parameter].Path;
            Compare(expected[gradient.Value], backward.Gradients[path], path);
        }

        foreach (NamedValue gradient in graphs.Backward.InputGradients) Compare(expected[gradient.Value], backward.InputGradients[gradient.Name], gradient.Name);
        ProgramResult forward = driver.Run(ProgramKind.Forward, graphs.Inference, inputs);
        ReferenceRun inference = ReferenceInterpreter.Run(graphs.Inference, TestData.Inputs(graphs.Inference, 3));
        foreach (NamedValue output in graphs.Inference.Outputs) Compare(inference[output.Value], forward.Outputs[output.Name], output.Name);

        void Compare(double[] e, float[] a, string what) => Numbers.AssertClose(e, Array.ConvertAll(a, value => (double)value), tolerance, what, floor: 1e-2);
    }
}
