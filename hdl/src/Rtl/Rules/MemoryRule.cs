using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1019, HW1021 to HW1023: widths of a memory's ports.</summary>
internal static class MemoryRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope) => scope.Module.Memories.SelectMany(m => Check(scope, m));

    private static IEnumerable<Diagnostic> Check(ModuleScope scope, Memory memory)
    {
        var place = scope.Place(memory.Name);
        if (memory.Depth < 2 || memory.Width < 1)
        {
            yield return RtlDiagnostics.MemoryShape(place, memory.Depth, memory.Width);
            yield break;
        }

        if (memory.Write.Enable.Width != 1)
        {
            yield return RtlDiagnostics.ControlWidth(place, "write enable", memory.Write.Enable.Width);
        }

        if (memory.Write.Address.Width != memory.AddressWidth)
        {
            yield return RtlDiagnostics.AddressWidth(place, "write", memory.Depth, memory.AddressWidth, memory.Write.Address.Width);
        }

        if (memory.Write.Data.Width != memory.Width)
        {
            yield return RtlDiagnostics.DataWidth(place, memory.Width, memory.Write.Data.Width);
        }

        foreach (var read in memory.Reads)
        {
            if (read.Address.Width != memory.AddressWidth)
            {
                yield return RtlDiagnostics.AddressWidth(
                    scope.Place(read.Name), "read", memory.Depth, memory.AddressWidth, read.Address.Width);
            }

            if (read.Enable is { Width: not 1 } enable)
            {
                yield return RtlDiagnostics.ControlWidth(scope.Place(read.Name), "read enable", enable.Width);
            }
        }
    }
}
