using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Kernels;

/// <summary>Every message of the kernel room.</summary>
public static class KernelDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW4101", "no OpenCL library", "The OpenCL loader could not be opened, so no OpenCL kernel can run and the "
            + "managed kernels are used. Install the packages ocl-icd-libopencl1 and pocl-opencl-icd."),
        new("HW4102", "no OpenCL device", "The OpenCL loader is there, but no platform offers a device. Install "
            + "pocl-opencl-icd to use the processor, or the vendor's driver for a GPU."),
        new("HW4103", "kernel refused by the device's compiler", "The generated kernel did not build; the message holds "
            + "the compiler's log. The plan is dropped and the current kernel stays."),
        new("HW4104", "plan does not fit the register file", "A register tile must be whole vectors and leave registers "
            + "for the operands. Choose fewer rows or columns, or use KernelPlan.From, which shrinks the tile."),
        new("HW4105", "kernel gives wrong results", "The kernel's result differs from the plain integer loops on a shape "
            + "that it was not tuned on. It is never adopted; this is a bug in the kernel's generator."),
        new("HW4106", "measured time is not physical", "A measured time lies below what the machine's peak allows, so "
            + "the work was not done in the timed call (a cached result, for instance). The measurement is rejected."),
        new("HW4107", "candidate's outputs differ", "In the paired measurement, the candidate's output was not bit for "
            + "bit the current kernel's. The candidate is rejected whatever its speed."),
        new("HW4108", "OpenCL call failed", "The driver returned an error for a call that was valid. The message names "
            + "the call and the driver's number; CL/cl.h lists the numbers."),
    ];

    internal static Diagnostic NoLibrary(string reason) =>
        Diagnostic.Error("HW4101", $"the OpenCL library cannot be loaded ({reason}); install ocl-icd-libopencl1 and pocl-opencl-icd");

    internal static Diagnostic NoDevice(string wanted) =>
        Diagnostic.Error("HW4102", $"no OpenCL device{(wanted.Length == 0 ? "" : $" named '{wanted}'")} found; install pocl-opencl-icd or a vendor's driver");

    internal static Diagnostic BuildFailed(string device, string log) =>
        Diagnostic.Error("HW4103", $"{device} refused the kernel: {log.Trim()}");

    internal static Diagnostic DoesNotFit(KernelPlan plan, string problem) =>
        Diagnostic.Error("HW4104", $"{plan.Describe()} cannot be a kernel: {problem}");

    internal static Diagnostic WrongResult(string kernel, string shape, int row, int column, int expected, int actual) =>
        Diagnostic.Error("HW4105", $"{kernel} on {shape}: C[{row},{column}] is {actual}, the plain loops give {expected}");

    internal static Diagnostic BelowFloor(string kernel, string shape, double seconds, double floor) =>
        Diagnostic.Error("HW4106", FormattableString.Invariant(
            $"{kernel} on {shape} took {seconds * 1e6:F2} us, the machine's peak allows no less than {floor * 1e6:F2} us"));

    internal static Diagnostic OutputsDiffer(string shape, int row, int column, int current, int candidate) =>
        Diagnostic.Error("HW4107", $"on {shape}: C[{row},{column}] is {candidate} from the candidate, {current} from the current kernel");

    internal static Diagnostic CallFailed(string call, int status) =>
        Diagnostic.Error("HW4108", $"{call} returned {status}");
}
