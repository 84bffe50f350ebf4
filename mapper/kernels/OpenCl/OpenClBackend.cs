using System.Runtime.Intrinsics.X86;
using System.Text;
using HwSeed.Hdl.Diagnostics;
using Silk.NET.OpenCL;

namespace HwSeed.Kernels.OpenCl;

/// <summary>
/// Kernels on one OpenCL device through one in-order queue. Not for use by several threads at once.
/// </summary>
public sealed unsafe class OpenClBackend : IBackend
{
    private readonly CL _cl;
    private readonly nint _device;
    private readonly nint _context;
    private readonly nint _queue;
    private readonly Dictionary<string, OpenClProgram> _programs = [];

    private OpenClBackend(CL cl, nint device, string deviceName, bool isProcessor, OpenClInstructions? instructions)
    {
        (_cl, _device, DeviceName) = (cl, device, deviceName);
        IsProcessor = isProcessor;
        HasVnni512 = isProcessor && ProcessorHasVnni512();
        Instructions = instructions ?? (HasVnni512 ? OpenClInstructions.Vnni512 : OpenClInstructions.Portable);
        int status;
        var properties = stackalloc nint[1];
        _context = cl.CreateContext(properties, 1, &device, null!, null, &status);
        Check(status, "clCreateContext");
        _queue = cl.CreateCommandQueue(_context, device, CommandQueueProperties.None, &status);
        Check(status, "clCreateCommandQueue");
    }

    /// <summary>The device's own name.</summary>
    public string DeviceName { get; }

    /// <summary>How tiled kernels multiply here.</summary>
    public OpenClInstructions Instructions { get; }

    /// <summary>Whether the device is this machine's processor and has vpdpbusd on 512-bit registers.</summary>
    public bool HasVnni512 { get; }

    /// <inheritdoc/>
    public string Name => $"opencl: {DeviceName}, {Instructions}";

    /// <summary>Whether the device shares the host's memory as the processor itself.</summary>
    internal bool IsProcessor { get; }

    internal CL Cl => _cl;

    internal nint Context => _context;

    internal nint Queue => _queue;

    /// <summary>
    /// Opens a device, or says why there is none (HW4101 no library, HW4102 no device). Never throws for a machine
    /// without OpenCL.
    /// </summary>
    /// <param name="named">Part of the wanted device's name, empty for the first device; a processor comes first.</param>
    /// <param name="instructions">How tiled kernels multiply; null for the best of the device.</param>
    public static Checked<OpenClBackend> Open(string named = "", OpenClInstructions? instructions = null)
    {
        ArgumentNullException.ThrowIfNull(named);
        return Open(CL.GetApi, named, instructions);
    }

    internal static Checked<OpenClBackend> Open(Func<CL> load, string named, OpenClInstructions? instructions)
    {
        CL cl;
        try
        {
            cl = load();
        }
        catch (Exception e) when (e is FileNotFoundException or DllNotFoundException or TypeInitializationException
            or PlatformNotSupportedException)
        {
            return Checked.Fail<OpenClBackend>(KernelDiagnostics.NoLibrary(e.GetType().Name));
        }

        return Open(cl, named, instructions);
    }

    /// <inheritdoc/>
    public IPreparedGemm Prepare(KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        ArgumentNullException.ThrowIfNull(plan);
        GemmArguments.CheckWeights(weights.Length, k, n);
        if (plan.Problem is { } problem)
        {
            throw InvalidInputException.Of(KernelDiagnostics.DoesNotFit(plan, problem));
        }

        return plan.Dataflow == KernelDataflow.Plain
            ? new OpenClPlainGemm(this, weights, k, n)
            : new OpenClTiledGemm(this, plan, weights, k, n);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var program in _programs.Values)
        {
            program.Dispose();
        }

        _ = _cl.ReleaseCommandQueue(_queue);
        _ = _cl.ReleaseContext(_context);
        _cl.Dispose();
    }

    /// <summary>A program, built once: all matrices of a model share it.</summary>
    internal OpenClProgram Program(string source)
    {
        if (!_programs.TryGetValue(source, out var program))
        {
            _programs[source] = program = new OpenClProgram(this, source);
        }

        return program;
    }

    internal nint Build(string source)
    {
        int status;
        var text = Encoding.UTF8.GetBytes(source + "\0");
        nint program;
        fixed (byte* start = text)
        {
            var lines = start;
            program = _cl.CreateProgramWithSource(_context, 1, &lines, (nuint*)null, &status);
        }

        Check(status, "clCreateProgramWithSource");
        var device = _device;

        // -w: drivers print warnings to the terminal; errors are in the build log.
        fixed (byte* options = "-w\0"u8)
        {
            status = _cl.BuildProgram(program, 1, &device, options, null!, null);
        }

        if (status != 0)
        {
            nuint length = 0;
            _ = _cl.GetProgramBuildInfo(program, _device, ProgramBuildInfo.BuildLog, 0, null, &length);
            var log = new byte[(int)length + 1];
            fixed (byte* start = log)
            {
                _ = _cl.GetProgramBuildInfo(program, _device, ProgramBuildInfo.BuildLog, length, start, null);
            }

            _ = _cl.ReleaseProgram(program);
            var message = Encoding.UTF8.GetString(log).TrimEnd('\0');
            throw new KernelBuildException(KernelDiagnostics.BuildFailed(DeviceName, message).ToString(), message);
        }

        return program;
    }

    internal nint Kernel(nint program, string name)
    {
        int status;
        var bytes = Encoding.UTF8.GetBytes(name + "\0");
        fixed (byte* start = bytes)
        {
            var kernel = _cl.CreateKernel(program, start, &status);
            Check(status, "clCreateKernel");
            return kernel;
        }
    }

    internal static void Check(int status, string call)
    {
        if (status != 0)
        {
            throw InvalidInputException.Of(KernelDiagnostics.CallFailed(call, status));
        }
    }

    private static Checked<OpenClBackend> Open(CL cl, string named, OpenClInstructions? instructions)
    {
        uint platforms = 0;
        if (cl.GetPlatformIDs(0, null, &platforms) == 0 && platforms > 0)
        {
            var ids = new nint[platforms];
            fixed (nint* p = ids)
            {
                _ = cl.GetPlatformIDs(platforms, p, (uint*)null);
            }

            foreach (var type in new[] { DeviceType.Cpu, DeviceType.All })
            {
                foreach (var device in ids.SelectMany(platform => Devices(cl, platform, type)))
                {
                    var name = DeviceText(cl, device);
                    if (name.Contains(named, StringComparison.OrdinalIgnoreCase))
                    {
                        return Checked.Ok(new OpenClBackend(cl, device, name, type == DeviceType.Cpu, instructions));
                    }
                }
            }
        }

        cl.Dispose();
        return Checked.Fail<OpenClBackend>(KernelDiagnostics.NoDevice(named));
    }

    private static nint[] Devices(CL cl, nint platform, DeviceType type)
    {
        uint count = 0;
        if (cl.GetDeviceIDs(platform, type, 0, null, &count) != 0)
        {
            return [];
        }

        var devices = new nint[count];
        fixed (nint* d = devices)
        {
            _ = cl.GetDeviceIDs(platform, type, count, d, (uint*)null);
        }

        return devices;
    }

    private static string DeviceText(CL cl, nint device)
    {
        var bytes = new byte[256];
        nuint length = 0;
        fixed (byte* b = bytes)
        {
            _ = cl.GetDeviceInfo(device, DeviceInfo.Name, (nuint)bytes.Length, b, &length);
        }

        return Encoding.UTF8.GetString(bytes, 0, Math.Max(0, (int)length)).TrimEnd('\0').Trim();
    }

    private static bool ProcessorHasVnni512()
    {
        // CPUID leaf 7, ECX bit 11. The OpenCL compiler may not know: PoCL names this machine by an older relative.
        const int Avx512Vnni = 1 << 11;
        return Avx512F.IsSupported && (X86Base.CpuId(7, 0).Ecx & Avx512Vnni) != 0;
    }
}
