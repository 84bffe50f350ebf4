using System.Globalization;
using System.Runtime.InteropServices;
using HwSeed.Hdl;
using HwSeed.Kernels.Managed;
using HwSeed.Kernels.OpenCl;

namespace HwSeed.Agent.Benches;

/// <summary>What a bench ran on: figures of two machines are not to be compared.</summary>
/// <param name="Processor">The vendor's name.</param>
/// <param name="Cores">Processors that this program may use.</param>
/// <param name="MemoryGib">Memory that this program may use.</param>
/// <param name="Instructions">Vector instructions that the managed kernels can use.</param>
/// <param name="OpenClDevice">The OpenCL device with the instructions used on it; null without one.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">The .NET version.</param>
public sealed record Machine(
    string Processor, int Cores, double MemoryGib, EquatableArray<string> Instructions, string? OpenClDevice, string System,
    string Runtime)
{
    /// <summary>This machine.</summary>
    public static Machine Describe()
    {
        using var opencl = OpenClBackend.Open().Value;
        return new(
            ProcessorName(), Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
            [.. ManagedBackend.Supported.Select(i => $"{i}")],
            opencl is null ? null : $"{opencl.DeviceName} ({opencl.Instructions})",
            RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription);
    }

    private static string ProcessorName()
    {
        try
        {
            var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
                ?? RuntimeInformation.ProcessArchitecture.ToString().ToLower(CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
