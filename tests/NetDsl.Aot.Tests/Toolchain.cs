using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Xunit;

namespace NetDsl.Aot.Tests;

/// <summary>What publishing ahead of time needs beside the SDK.</summary>
internal static partial class Toolchain
{
    /// <summary>What the sample is published for.</summary>
    public const string Runtime = "linux-x64";

    private static readonly Lazy<string?> s_missing = new(Find);

    /// <summary>What is missing here, or <see langword="null"/>.</summary>
    public static string? Missing => s_missing.Value;

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64) return $"The sample is published for {Runtime}, and this is {RuntimeInformation.RuntimeIdentifier}.";
        if (!Avx2.IsSupported || !Fma.IsSupported) return "This processor has no AVX2 or no FMA, for which the sample is published.";
        return Linker() ?? Compiler();
    }

    /// <summary>The SDK links with clang, else with gcc.</summary>
    private static string? Linker()
    {
        string folder = Directory.CreateTempSubdirectory("netdsl-aot-").FullName;
        try
        {
            string source = Path.Combine(folder, "empty.c");
            File.WriteAllText(source, "int main(void) { return 0; }\n");
            string? found = new[] { "clang", "gcc" }.FirstOrDefault(program => Works(program, "--version"));
            if (found is null) return "Publishing ahead of time links with clang or gcc, and neither is on the PATH (Debian's packages clang and zlib1g-dev).";
            return Works(found, source, "-o", Path.Combine(folder, "empty")) ? null : $"Publishing ahead of time links with {found}, which cannot link an empty program here (Debian's package libc6-dev).";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            return Command.Run(program, arguments).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The compiler is a package and no part of the SDK. Where restoring fails for another reason, so do the tests.</summary>
    private static string? Compiler()
    {
        string folder = Directory.CreateTempSubdirectory("netdsl-aot-").FullName;
        try
        {
            Command restore = Publication.Dotnet("restore", folder, []);
            Match error = NoPackage().Match(restore.Output);
            return restore.ExitCode != 0 && error.Success ? $"The compiler, which is a package, cannot be had: {error.Value}" : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>No such package (NU1100, NU1101), none of that version (NU1102, NU1103), no source that answers (NU1301).</summary>
    [GeneratedRegex(@"NU1(10[0-3]|301): [^\r\n]*")]
    private static partial Regex NoPackage();
}

/// <summary>A test of a program published ahead of time.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AotFactAttribute : FactAttribute
{
    public AotFactAttribute() => Skip = Toolchain.Missing;
}
