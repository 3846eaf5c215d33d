using System.Reflection;
using System.Runtime.Loader;

namespace NetDsl.Conformance.Runner;

/// <summary>Loads an assembly with what it needs from the folder that it was published to, by its own list of dependencies.</summary>
internal static class TestAssembly
{
    public static Assembly Load(string path)
    {
        AssemblyDependencyResolver resolver = new(path);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            resolver.ResolveAssemblyToPath(name) is { } found ? context.LoadFromAssemblyPath(found) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            resolver.ResolveUnmanagedDllToPath(name) is { } found ? System.Runtime.InteropServices.NativeLibrary.Load(found) : IntPtr.Zero;
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }
}
