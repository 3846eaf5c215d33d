using System.Text;
using NetDsl.Conformance.Goldens;
using NetDsl.Conformance.Harness;
using NetDsl.Networks;
using Xunit;
using ParameterRole = NetDsl.Networks.ParameterRole;

namespace NetDsl.Conformance.Cpu.Reference;

/// <summary>A whole deep network against PyTorch: the ResNet-50 of docs/examples.md on one image.</summary>
public class ResNet50Tests
{
    private const int Lines = 40;

    [Fact]
    public void Its_forward_pass_is_PyTorchs()
    {
        double[] expected = Golden.Load("resnet50", "forward")["y"];
        Assert.InRange(expected.Max(Math.Abs), 0.5, 100); // Numbers that say something.
        string source = "using NetDsl;\n" + Declaration().Replace("partial class", "public partial class", StringComparison.Ordinal);
        LoadedNetwork loaded = LoadedNetwork.Load(source, "ResNet50", ProjectSettings.Ordinary);
        using INetwork network = loaded.Create(Device.Cpu);
        ParameterTensor[] parameters = network.Runtime.Info.Parameters;
        Assert.Equal(25_557_032, parameters.Where(p => p.Role == ParameterRole.Trainable).Sum(p => p.Elements)); // torchvision's number.
        for (int i = 0; i < parameters.Length; i++) network.Runtime.Parameter(i).CopyFrom(Values(parameters[i]));

        float[] logits = new float[expected.Length];
        using (ProgramRun run = network.Runtime.Begin(ProgramKind.Forward, 1))
        {
            run.SetInput(0, Spread("image", 224 * 224 * 3, -1, 1));
            run.Execute();
            run.CopyOutput(0, logits);
        }

        Assert.Equal(0, expected.Select((value, i) => Math.Abs(value - logits[i])).Max(), 1e-4);
    }

    [Fact]
    public void It_is_declared_in_forty_lines() =>
        Assert.InRange(Declaration().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 10, Lines);

    /// <summary>What <c>resnet50</c> in make_goldens.py gives the same tensor.</summary>
    private static float[] Values(ParameterTensor parameter)
    {
        int count = parameter.Elements, fanIn = count / parameter.Shape[^1];
        double reach = Math.Sqrt(6.0 / fanIn);
        return parameter.Path[(parameter.Path.LastIndexOf('/') + 1)..] switch
        {
            "weight" => Spread(parameter.Path, count, -reach, reach),
            "scale" => Spread(parameter.Path, count, 0.5, 1),
            "bias" or "mean" => Spread(parameter.Path, count, -0.1, 0.1),
            "variance" => Spread(parameter.Path, count, 0.5, 1.5),
            _ => throw new InvalidOperationException($"ResNet-50 has no {parameter.Path}."),
        };
    }

    /// <summary><c>spread</c> in make_goldens.py.</summary>
    private static float[] Spread(string name, int count, double low, double high)
    {
        uint seed = 2166136261;
        foreach (byte character in Encoding.UTF8.GetBytes(name)) seed = (seed ^ character) * 16777619;
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            uint h = ((uint)i * 2654435769) ^ seed;
            for (int round = 0; round < 2; round++)
            {
                h ^= h >> 16;
                h *= 0x45D9F3B;
            }

            h ^= h >> 16;
            values[i] = (float)(low + ((high - low) * (h / 4294967296.0)));
        }

        return values;
    }

    /// <summary>The example of the docs.</summary>
    private static string Declaration()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "examples.md");
            if (!File.Exists(path)) continue;
            string text = File.ReadAllText(path);
            int heading = text.IndexOf("## ResNet-50", StringComparison.Ordinal);
            int start = text.IndexOf("```csharp\n", heading, StringComparison.Ordinal) + "```csharp\n".Length;
            return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
        }

        throw new FileNotFoundException("docs/examples.md is in no folder above the tests.");
    }
}
