using NetDsl.Gpu;

namespace NetDsl;

/// <summary>The devices of <c>NetDsl.Gpu</c>, beside <see cref="Device.Auto"/> and <see cref="Device.Cpu"/>.</summary>
public static class DeviceExtensions
{
    extension(Device)
    {
        /// <summary>The first GPU: by CUDA, else by OpenCL. Others are <c>Device.Parse("gpu:1")</c>.</summary>
        public static Device Gpu => Named("gpu");

        /// <summary>The first GPU that CUDA has.</summary>
        public static Device Cuda => Named("cuda");

        /// <summary>The first device that OpenCL has, a CPU included. Others are <c>Device.Parse("opencl:1")</c>.</summary>
        public static Device OpenCL => Named("opencl");

        /// <summary>ILGPU's simulated device on the CPU: for tests of kernels, slow.</summary>
        public static Device IlgpuCpu => Named("ilgpu-cpu");
    }

    private static Device Named(string name)
    {
        GpuDevices.Register();
        return Device.Parse(name);
    }
}
