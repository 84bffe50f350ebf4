using Silk.NET.OpenCL;

namespace HwSeed.Kernels.OpenCl;

/// <summary>Device memory that grows when asked and is used again from call to call.</summary>
internal sealed unsafe class OpenClBuffer(OpenClBackend backend) : IDisposable
{
    private static long _made;

    private nint _handle;
    private nuint _bytes;

    /// <summary>The OpenCL object; changes when the buffer grows.</summary>
    public nint Handle => _handle;

    /// <summary>Tells apart two buffers that had the same handle one after the other.</summary>
    public long Identity { get; private set; }

    public static OpenClBuffer Of<T>(OpenClBackend backend, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var buffer = new OpenClBuffer(backend);
        var bytes = (nuint)values.Length * (nuint)sizeof(T);
        buffer.Reserve(bytes);
        fixed (T* start = values)
        {
            OpenClBackend.Check(
                backend.Cl.EnqueueWriteBuffer(backend.Queue, buffer._handle, true, 0, bytes, start, 0, (nint*)null, (nint*)null),
                "clEnqueueWriteBuffer");
        }

        return buffer;
    }

    /// <summary>Memory of the host as a buffer: no copy on a device that is the processor.</summary>
    public static OpenClBuffer Around(OpenClBackend backend, void* memory, nuint bytes)
    {
        int status;
        var handle = backend.Cl.CreateBuffer(
            backend.Context, MemFlags.ReadWrite | MemFlags.UseHostPtr, bytes, memory, &status);
        OpenClBackend.Check(status, "clCreateBuffer");
        return new OpenClBuffer(backend) { _handle = handle, _bytes = bytes, Identity = Interlocked.Increment(ref _made) };
    }

    /// <summary>Waits for everything queued before, and makes the buffer's host memory current.</summary>
    public void WaitForHostMemory()
    {
        int status;
        var mapped = backend.Cl.EnqueueMapBuffer(
            backend.Queue, _handle, true, MapFlags.Read, 0, _bytes, 0, (nint*)null, (nint*)null, &status);
        OpenClBackend.Check(status, "clEnqueueMapBuffer");
        OpenClBackend.Check(
            backend.Cl.EnqueueUnmapMemObject(backend.Queue, _handle, mapped, 0, (nint*)null, (nint*)null),
            "clEnqueueUnmapMemObject");
    }

    public void Reserve(nuint bytes)
    {
        if (bytes <= _bytes)
        {
            return;
        }

        Dispose();
        int status;
        _handle = backend.Cl.CreateBuffer(backend.Context, MemFlags.ReadWrite, bytes, null, &status);
        OpenClBackend.Check(status, "clCreateBuffer");
        _bytes = bytes;
        Identity = Interlocked.Increment(ref _made);
    }

    /// <summary>Starts a copy to the device; the source must stay until the next waiting read.</summary>
    public void WriteLater(void* source, nuint bytes) => OpenClBackend.Check(
        backend.Cl.EnqueueWriteBuffer(backend.Queue, _handle, false, 0, bytes, source, 0, (nint*)null, (nint*)null),
        "clEnqueueWriteBuffer");

    /// <summary>Waits for everything queued before, and copies to the host.</summary>
    public void ReadNow(void* target, nuint bytes) => OpenClBackend.Check(
        backend.Cl.EnqueueReadBuffer(backend.Queue, _handle, true, 0, bytes, target, 0, (nint*)null, (nint*)null),
        "clEnqueueReadBuffer");

    public void Dispose()
    {
        if (_handle != 0)
        {
            _ = backend.Cl.ReleaseMemObject(_handle);
            (_handle, _bytes) = (0, 0);
        }
    }
}

/// <summary>A built program and those of its kernels that were asked for.</summary>
internal sealed class OpenClProgram(OpenClBackend backend, string source) : IDisposable
{
    private readonly nint _program = backend.Build(source);
    private readonly Dictionary<string, OpenClKernel> _kernels = [];

    public OpenClKernel this[string name]
    {
        get
        {
            if (!_kernels.TryGetValue(name, out var kernel))
            {
                _kernels[name] = kernel = new OpenClKernel(backend, backend.Kernel(_program, name));
            }

            return kernel;
        }
    }

    public void Dispose()
    {
        foreach (var kernel in _kernels.Values)
        {
            kernel.Dispose();
        }

        _ = backend.Cl.ReleaseProgram(_program);
    }
}

/// <summary>A kernel; arguments that did not change are not sent again.</summary>
internal sealed unsafe class OpenClKernel(OpenClBackend backend, nint handle) : IDisposable
{
    private readonly long?[] _arguments = new long?[16];

    public void Set(int index, OpenClBuffer buffer)
    {
        var value = buffer.Handle;
        if (_arguments[index] != buffer.Identity)
        {
            OpenClBackend.Check(
                backend.Cl.SetKernelArg(handle, (uint)index, (nuint)sizeof(nint), &value), "clSetKernelArg");
            _arguments[index] = buffer.Identity;
        }
    }

    public void Set(int index, params ReadOnlySpan<int> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (_arguments[index + i] != value)
            {
                OpenClBackend.Check(
                    backend.Cl.SetKernelArg(handle, (uint)(index + i), sizeof(int), &value), "clSetKernelArg");
                _arguments[index + i] = value;
            }
        }
    }

    public void Run(int columns, int rows, bool oneByOne)
    {
        var global = stackalloc nuint[] { (nuint)columns, (nuint)rows };
        var local = stackalloc nuint[] { 1, 1 };
        OpenClBackend.Check(
            backend.Cl.EnqueueNdrangeKernel(
                backend.Queue, handle, 2, (nuint*)null, global, oneByOne ? local : null, 0, (nint*)null, (nint*)null),
            "clEnqueueNDRangeKernel");
    }

    public void Dispose() => _ = backend.Cl.ReleaseKernel(handle);
}
