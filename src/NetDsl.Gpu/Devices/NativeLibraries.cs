using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace NetDsl.Gpu;

/// <summary>
/// The drivers' libraries under the names that Linux systems have. ILGPU asks for <c>OpenCL</c> and <c>cuda</c>, which are
/// there (<c>libOpenCL.so</c>, <c>libcuda.so</c>) only where development files are installed.
/// </summary>
internal static class NativeLibraries
{
    private const string LinuxCuda = "libcuda.so.1";
    private const string LinuxOpenCL = "libOpenCL.so.1";
    private static readonly Lazy<bool> s_resolver = new(SetResolver);

    /// <summary>The file of the CUDA driver.</summary>
    public static string Cuda => OperatingSystem.IsWindows() ? "nvcuda.dll" : LinuxCuda;

    /// <summary>The file of the OpenCL loader.</summary>
    public static string OpenCL => OperatingSystem.IsWindows() ? "OpenCL.dll" : LinuxOpenCL;

    /// <summary>Whether a library is there; from then on ILGPU finds it too.</summary>
    public static bool IsThere(string file)
    {
        _ = s_resolver.Value;
        return NativeLibrary.TryLoad(file, out _);
    }

    private static bool SetResolver()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
            return true;
        }
        catch (InvalidOperationException)
        {
            // The program has set one for ILGPU, and there can be only one.
            return false;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        string? file = name switch
        {
            "cuda" => LinuxCuda,
            "OpenCL" => LinuxOpenCL,
            _ => null,
        };
        return file is not null && NativeLibrary.TryLoad(file, out nint library) ? library : 0;
    }
}
