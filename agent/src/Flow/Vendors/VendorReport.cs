using HwSeed.Hdl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Vendors;

/// <summary>A resource of a device and how much of it an engine takes after synthesis.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Used">Used.</param>
/// <param name="Available">On the device, by its data sheet.</param>
/// <param name="Percent">Share, in percent, to two places.</param>
/// <param name="CountedAs">Which cells are counted, and for how much.</param>
public sealed record VendorResourceUse(string Name, int Used, int Available, double Percent, string CountedAs);

/// <summary>What <c>report.json</c> holds: everything but times and paths of this machine, so that two runs are equal.</summary>
/// <param name="Schema"><see cref="SchemaName"/>.</param>
/// <param name="Architecture">The engine's name.</param>
/// <param name="Device">The device's name.</param>
/// <param name="Title">The vendor's name of it.</param>
/// <param name="Part">The part that the project is for.</param>
/// <param name="Family">Its family.</param>
/// <param name="Source">The data sheet that the available figures are from.</param>
/// <param name="Tools">Yosys' name and version.</param>
/// <param name="DspsAllowed">Whether multipliers could become DSP blocks: the engine wants them and Yosys infers them.</param>
/// <param name="Resources">Use of the device.</param>
/// <param name="WideMuxes">Multiplexers behind look-up tables; slices have them for free.</param>
/// <param name="CarryBits">Bits of carry chains.</param>
/// <param name="LutRams">Memories in look-up tables.</param>
/// <param name="RegisterBits">Registers of the design before synthesis, without those of memories' read ports.</param>
/// <param name="Cells">All cells of the netlist.</param>
/// <param name="PlacedAndRouted">False: these are counts after synthesis.</param>
/// <param name="ClockMeasured">False: without place and route there is none.</param>
/// <param name="ConstraintMhz">The clock that the project asks its tools for; nothing says yet that they reach it.</param>
/// <param name="Notes">What a reader has to know.</param>
public sealed record VendorReport(
    string Schema, string Architecture, string Device, string Title, string Part, string Family, string Source, string Tools, bool DspsAllowed,
    EquatableArray<VendorResourceUse> Resources, int WideMuxes, int CarryBits, int LutRams, int RegisterBits, EquatableArray<CellCount> Cells,
    bool PlacedAndRouted, bool ClockMeasured, double ConstraintMhz, EquatableArray<string> Notes)
{
    /// <summary>The schema's name.</summary>
    public const string SchemaName = "hwseed/resource-report/v1";

    /// <summary>The sentence that no report is without.</summary>
    public const string NoClock = "No clock was measured: counts are of Yosys' netlist, before place and route.";

    /// <summary>The report of counts.</summary>
    internal static VendorReport Of(VendorRequest request, int registerBits, VendorCounts counts)
    {
        var (device, used) = (request.Device, counts.Used);
        List<string> notes = [NoClock];
        if (request.WantsDsps && !device.Family.InfersDsps)
        {
            notes.Add($"Yosys infers no DSP blocks for {device.Family.Name}: the multipliers are in look-up tables. The vendor's own synthesis may do better.");
        }

        return new(
            SchemaName, request.Architecture.Name, device.Name, device.Title, device.Part, device.Family.Name, device.Source, counts.Creator,
            request.Dsps, [.. Uses(device, used)], used.WideMuxes, used.CarryBits, used.LutRams, registerBits, counts.Cells,
            false, false, request.ClockMhz, [.. notes]);
    }

    /// <summary>Used and available, in the order of the page.</summary>
    internal static IEnumerable<VendorResourceUse> Uses(VendorDevice device, VendorResources used)
    {
        var family = device.Family;
        yield return Use("look-up tables", used.Luts, device.Luts, family == VendorFamily.Ecp5 ? "LUT4; CCU2C 2; TRELLIS_DPR16X4 6"
            : family == VendorFamily.Gowin ? "LUT1 to LUT4; ALU 1; RAM16SDP 6"
            : "LUT1 to LUT6, INV and SRL 1; RAM64M and RAM32M 4; CARRY4 none of its own");
        yield return Use("flip-flops", used.FlipFlops, device.FlipFlops, family == VendorFamily.Ecp5 ? "TRELLIS_FF" : family == VendorFamily.Gowin ? "DFF of every kind" : "FDRE, FDSE, FDCE, FDPE");
        yield return Use("block memories", used.Brams, device.Brams, family == VendorFamily.Xilinx7 ? "18 kbit: RAMB18E1 1, RAMB36E1 2" : family == VendorFamily.Ecp5 ? "18 kbit: DP16KD, PDPW16KD" : "18 kbit: SP, SDP, DP of every kind");
        yield return Use("DSP blocks", used.Dsps, device.Dsps, family.Dsp is { } dsp ? dsp : "18x18 multipliers; none inferred");
        if (device.LutRams is { } rams)
        {
            yield return Use("memories in look-up tables", used.LutRams, rams, "64 bit: RAM16SDP of every kind");
        }

        static VendorResourceUse Use(string name, int used, int available, string countedAs) =>
            new(name, used, available, Math.Round(100.0 * used / available, 2), countedAs);
    }
}
