using HwSeed.Hdl.Verilog.Binding.Hierarchy;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>Tells where the signals of a module were declared and what they are called now.</summary>
internal static class SignalDeclarations
{
    /// <summary>The signals of a module that are left in it.</summary>
    public static IEnumerable<SignalDeclaration> Of(BoundModule module)
    {
        var known = module.Module.Ports.Select(p => p.Name).Concat(module.Module.Wires.Select(w => w.Name))
            .Concat(module.Module.Registers.Select(r => r.Name)).Concat(module.Module.Latches.Select(l => l.Name))
            .Concat(module.Module.Memories.Select(m => m.Name)).Concat(module.Module.Instances.SelectMany(i => i.Outputs).Select(o => o.Signal)).ToHashSet();
        foreach (var signal in module.Signals)
        {
            EquatableArray<string> names = signal.IsMemory ? [signal.ModuleName] : [.. signal.Cells.Select(c => c.Name)];
            if (!names.All(known.Contains))
            {
                continue;
            }

            var element = signal.Element;
            yield return new(
                module.Module.Name, module.SourceName, signal.Path, names, element.Width, element.Signed, signal.IsMemory, signal.Declaration.Origin.Span)
            {
                Enum = element is EnumType e ? [.. e.Members.Select(m => new EnumName(m.Name, m.Value))] : [],
                Range = element switch
                {
                    VectorType { Range: { } r } => (r.Left, r.Right),
                    PackedArrayType p => (p.Range.Left, p.Range.Right),
                    _ => null,
                },
                FirstIndex = signal.Type is UnpackedArrayType a ? a.Range.Low : 0,
            };
        }
    }

    /// <summary>A port of the top module.</summary>
    public static SourcePort Of(BoundPort port) => new(
        port.Name, port.Signal.Direction!, port.Signal.Element.Width,
        port.Drives is { } drives ? [.. port.Names, drives.Out, drives.Enable] : port.Names.ToEquatableArray(), port.Signal.Element.Signed);
}
