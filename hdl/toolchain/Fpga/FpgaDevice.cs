using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;

namespace HwSeed.Toolchain;

/// <summary>An iCE40 device in one package, as data.</summary>
/// <param name="Name">The name that goals and the command line use.</param>
/// <param name="Title">The vendor's name.</param>
/// <param name="Package">Package, as nextpnr calls it.</param>
/// <param name="Die">The die, as bitstreams name it.</param>
/// <param name="LogicCells">Logic cells: a 4-input look-up table, a flip-flop and a carry each.</param>
/// <param name="Brams">Block memories of 4096 bits.</param>
/// <param name="Dsps">16x16 multiply-accumulate blocks.</param>
/// <param name="Ios">Pins of the package that logic may use.</param>
/// <param name="YosysFlags">Further flags of <c>synth_ice40</c>.</param>
public sealed record FpgaDevice(
    string Name, string Title, string Package, string Die, int LogicCells, int Brams, int Dsps, int Ios,
    EquatableArray<string> YosysFlags)
{
    /// <summary>The device's own definitions of modules that stand for its blocks; synthesis takes them in place of ours.</summary>
    public EquatableArray<VendorCell> Cells { get; init; } = [];

    /// <summary>Bits in one block memory.</summary>
    public const int BramBits = 4096;

    private static readonly (int Width, int Depth)[] s_bramShapes = [(16, 256), (8, 512), (4, 1024), (2, 2048)];

    /// <summary>Single-port memories of 16,384 words of 16 bits.</summary>
    public int SinglePortRams { get; init; }

    /// <summary>The chip as nextpnr's option names it: the name without its package.</summary>
    public string Chip => Name.Split('-')[0];

    /// <summary>Block memories of one read port of a memory: it is cut into the shape of block that takes fewest.</summary>
    /// <param name="width">Bits of a word.</param>
    /// <param name="depth">Words.</param>
    public static int BramsOf(int width, int depth) => Fewest(s_bramShapes, width, depth);

    /// <summary>Blocks that a memory takes in the shape that takes fewest.</summary>
    internal static int Fewest((int Width, int Depth)[] shapes, int width, int depth) =>
        shapes.Min(b => Ceil(width, b.Width) * Ceil(depth, b.Depth));

    private static int Ceil(int value, int by) => (value + by - 1) / by;
}

/// <summary>A device's own definition of a module that stands for one of its blocks.</summary>
/// <param name="Module">The module.</param>
/// <param name="Verilog">Its definition by the vendor's primitive.</param>
public sealed record VendorCell(string Module, string Verilog);

/// <summary>The devices that HwSeed can synthesise for. Figures are nextpnr-ice40's own; pins were tried one by one.
/// </summary>
public static class FpgaDevices
{
    /// <summary>iCE40 HX8K, the default target.</summary>
    public static FpgaDevice Hx8k { get; } =
        new("hx8k", "iCE40HX8K", "ct256", "8k", LogicCells: 7680, Brams: 32, Dsps: 0, Ios: 206, []);

    /// <summary>iCE40 HX1K.</summary>
    public static FpgaDevice Hx1k { get; } =
        new("hx1k", "iCE40HX1K", "tq144", "1k", LogicCells: 1280, Brams: 16, Dsps: 0, Ios: 96, []);

    /// <summary>iCE40 UltraPlus 5K; DSP blocks are those that the engine instantiates.</summary>
    public static FpgaDevice Up5k { get; } =
        new("up5k", "iCE40UP5K", "sg48", "5k", LogicCells: 5280, Brams: 30, Dsps: 8, Ios: 39, ["-device", "u"])
        {
            SinglePortRams = 4,
            Cells = [new(DspCells.PairName, DspCells.UltraPlusPair), new(DspCells.WideName, DspCells.UltraPlusWide)],
        };

    /// <summary>iCE40 HX8K in the package of the Alchitry Cu.</summary>
    public static FpgaDevice Hx8kCb132 { get; } = Hx8k with { Name = "hx8k-cb132", Package = "cb132", Ios = 95 };

    /// <summary>iCE40 LP8K, the slower and thriftier 8K, in the package of the TinyFPGA BX.</summary>
    public static FpgaDevice Lp8k { get; } =
        new("lp8k", "iCE40LP8K", "cm81", "8k", LogicCells: 7680, Brams: 32, Dsps: 0, Ios: 63, ["-device", "lp"]);

    /// <summary>All of them, the default first.</summary>
    public static EquatableArray<FpgaDevice> All { get; } = [Hx8k, Hx1k, Up5k, Hx8kCb132, Lp8k];

    /// <summary>The device of a name, in any letter case, or a diagnostic with the nearest and all known names.
    /// </summary>
    public static Checked<FpgaDevice> Find(string name, SourceSpan? span = null) =>
        All.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } device
            ? Checked.Ok(device)
            : Checked.Fail<FpgaDevice>(ToolDiagnostics.UnknownDevice(name, Nearest(name), All.Select(d => d.Name), span));

    // A name that shares almost nothing with ours is no slip of the finger.
    private static string? Nearest(string name) => All
        .Select(d => (d.Name, Edits: Distance(d.Name, name.ToLowerInvariant())))
        .Where(d => d.Edits <= 3).OrderBy(d => d.Edits).Select(d => d.Name).FirstOrDefault();

    // Levenshtein's edit distance.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
