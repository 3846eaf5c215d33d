namespace NetDsl.Aot.Tests;

/// <summary>The sample of the convolutional network, published ahead of time in a folder that is deleted at the end.</summary>
public sealed class Publication : IDisposable
{
    private const string Program = "MnistCnn";
    private static readonly string s_root = Root();

    private readonly string _folder = Directory.CreateTempSubdirectory("netdsl-aot-").FullName;
    private readonly Lazy<string> _log;

    public Publication() => _log = new Lazy<string>(Publish);

    /// <summary>What the publication said. The first to ask for it, or for what is published, has it made.</summary>
    public string Log => _log.Value;

    /// <summary>Everything that was published.</summary>
    public FileInfo[] Files => new DirectoryInfo(Published()).GetFiles("*", SearchOption.AllDirectories);

    /// <summary>Trains and tests the published program.</summary>
    internal TrainedSample Train() => Train("ahead", Path.Combine(Published(), Program), []);

    /// <summary>The same with the assemblies that it was compiled from, under the JIT.</summary>
    internal TrainedSample TrainUnderJit()
    {
        Published();
        return Train("jit", Host, [Path.Combine(Artifacts, "bin", Program, $"release_{Toolchain.Runtime}", Program + ".dll")]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A command of the SDK for the sample. No build server, and no folder that another build knows.</summary>
    internal static Command Dotnet(string command, string artifacts, IEnumerable<string> arguments) => Command.Run(
        Host,
        [command, Path.Combine(s_root, "samples", "03-MnistCnn"), "-r", Toolchain.Runtime, "-p:PublishAot=true", "--artifacts-path", artifacts, "--disable-build-servers", .. arguments],
        // Of an SDK that runs the tests.
        ("MSBUILD_EXE_PATH", null), ("MSBuildSDKsPath", null), ("MSBuildExtensionsPath", null), ("DOTNET_CLI_UI_LANGUAGE", "en"));

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private string Artifacts => Path.Combine(_folder, "artifacts");

    private string Target => Path.Combine(_folder, "published");

    private string Published()
    {
        _ = Log;
        return Target;
    }

    private string Publish()
    {
        // Warnings stay warnings, and each by itself, for the test that looks for them.
        string[] options = ["-c", "Release", "-o", Target, "-p:TreatWarningsAsErrors=false", "-p:TrimmerSingleWarn=false"];
        Command published = Dotnet("publish", Artifacts, options);
        return published.ExitCode == 0 ? published.Output : throw new InvalidOperationException(published.Output);
    }

    private TrainedSample Train(string name, string program, string[] arguments)
    {
        string json = Path.Combine(_folder, name + ".json"), weights = Path.Combine(_folder, name + ".safetensors");
        Command run = Command.Run(
            program,
            [.. arguments, "--limit", "2000", "--epochs", "1", "--seed", "3", "--device", "cpu", "--json", json, "--weights", weights],
            ("NETDSL_DATA", Path.Combine(s_root, "samples", "data", "mnist")),
            // The instruction set of the publication is x86-64-v3; the JIT would take AVX-512 where the processor has it.
            ("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0"), ("DOTNET_EnableAVX10v1", "0"));
        return run.ExitCode == 0 ? TrainedSample.Read(json, weights) : throw new InvalidOperationException(run.Output);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NetDsl.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"There is no NetDsl.sln above {AppContext.BaseDirectory}.");
    }
}
