using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1019, HW1021 to HW1023, HW1030: widths of a memory's ports and contents. Modules that were read may have any address.</summary>
internal static class MemoryRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope) => scope.Module.Memories.SelectMany(m => Check(scope, m));

    private static IEnumerable<Diagnostic> Check(ModuleScope scope, Memory memory)
    {
        var place = scope.Place(memory.Name);
        if (memory.Contents.Count > memory.Depth)
        {
            yield return RtlDiagnostics.Contents(place, memory.Depth, memory.Width, $"{memory.Contents.Count} words");
        }

        foreach (var word in memory.Contents.Where(w => w.Width != memory.Width).Take(1))
        {
            yield return RtlDiagnostics.Contents(place, memory.Depth, memory.Width, $"one of {word.Width}");
        }

        if (memory.Depth < (scope.Module.HasImplicitClock ? 2 : 1) || memory.Width < 1)
        {
            yield return RtlDiagnostics.MemoryShape(place, memory.Depth, memory.Width);
            yield break;
        }

        foreach (var write in memory.Writes)
        {
            if (write.Enable.Width != 1)
            {
                yield return RtlDiagnostics.ControlWidth(place, "write enable", write.Enable.Width);
            }

            if (scope.Module.HasImplicitClock && write.Address.Width != memory.AddressWidth)
            {
                yield return RtlDiagnostics.AddressWidth(place, "write", memory.Depth, memory.AddressWidth, write.Address.Width);
            }

            foreach (var word in new[] { write.Data, write.Mask }.OfType<Expression>().Where(w => w.Width != memory.Width))
            {
                yield return RtlDiagnostics.DataWidth(place, memory.Width, word.Width);
            }
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
