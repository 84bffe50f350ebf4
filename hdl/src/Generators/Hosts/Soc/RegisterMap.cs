using HwSeed.Hdl.Architectures;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>A register of 32 bits as a host sees it.</summary>
/// <param name="Offset">Byte offset, a multiple of four.</param>
/// <param name="Name">Name, in capitals as C headers have it.</param>
/// <param name="Access">R, W or RW.</param>
/// <param name="Meaning">What it holds or does, as a sentence without a full stop.</param>
public sealed record HostRegister(int Offset, string Name, string Access, string Meaning);

/// <summary>
/// The registers of engines behind a bus, as RTL, C header and the page hdl/docs/hosts.md have them. Those of AXI4-Lite and
/// Wishbone are the same; Wishbone has windows on its queues beside them.
/// </summary>
public static class RegisterMap
{
    /// <summary>Version of the map, what <c>VERSION</c> holds.</summary>
    public const int Version = 1;

    /// <summary>Offset of the identity.</summary>
    public const int Identity = 0x00;

    /// <summary>Offset of the version.</summary>
    public const int VersionOffset = 0x04;

    /// <summary>Offset of the bits of an input beat.</summary>
    public const int BeatBits = 0x08;

    /// <summary>Offset of the control register.</summary>
    public const int Control = 0x0C;

    /// <summary>Offset of a register that does nothing.</summary>
    public const int Scratch = 0x10;

    /// <summary>Offset of the status.</summary>
    public const int Status = 0x14;

    /// <summary>Offset of the free words of the command queue (Wishbone).</summary>
    public const int CommandSpace = 0x18;

    /// <summary>Offset of the free words of the data queue (Wishbone).</summary>
    public const int DataSpace = 0x1C;

    /// <summary>Offset of the number of results that wait (Wishbone).</summary>
    public const int ResultCount = 0x20;

    /// <summary>Offset of the first counter; each has a low and a high word.</summary>
    public const int Counters = 0x40;

    /// <summary>Offset of the window on the command queue (Wishbone).</summary>
    public const int CommandWindow = 0x800;

    /// <summary>Offset of the window on the data queue (Wishbone).</summary>
    public const int DataWindow = 0xA00;

    /// <summary>Offset of the window on the results (Wishbone).</summary>
    public const int ResultWindow = 0xC00;

    /// <summary>Bytes of each window.</summary>
    public const int WindowBytes = 0x200;

    /// <summary>Control: the engine and all streams start anew; reads as one for as long as that takes.</summary>
    public const int ResetBit = 0;

    /// <summary>Control: all counters become zero.</summary>
    public const int ClearBit = 1;

    /// <summary>Control: the counters stand still while it is set.</summary>
    public const int StopBit = 8;

    /// <summary>Names and meanings of the counters, in the order of their offsets.</summary>
    public static EquatableArray<(string Name, string Meaning)> CounterNames { get; } =
    [
        ("CYCLES", "clock cycles since reset or clear"),
        ("BUSY", "cycles in which a command is offered to the engine, a Load takes beats, or results of a Store are to come: for a program without gaps the cycles that the cost model predicts"),
        ("LOADS", "Load commands accepted"),
        ("COMPUTES", "Compute commands accepted"),
        ("STORES", "Store commands accepted"),
        ("SYNCS", "Sync commands accepted, and words whose opcode has no meaning, which the engine takes for it"),
        ("INPUT_BEATS", "operand beats that the engine has taken"),
        ("OUTPUT_BEATS", "results that the engine has given"),
        ("INPUT_STALLS", "cycles in which a Load waits for a beat"),
        ("OUTPUT_STALLS", "cycles in which a result waits for its way out"),
        ("CONFIGURES", "Configure commands accepted"),
    ];

    /// <summary>Offset of the low word of a counter; the high word follows it.</summary>
    public static int CounterOffset(string name)
    {
        for (var i = 0; i < CounterNames.Count; i++)
        {
            if (CounterNames[i].Name == name)
            {
                return Counters + (8 * i);
            }
        }

        throw new ArgumentException($"there is no counter '{name}'");
    }

    /// <summary>All registers of a port, by offset.</summary>
    /// <param name="hasWindows">Whether it is Wishbone, which has queues.</param>
    public static IReadOnlyList<HostRegister> Registers(bool hasWindows)
    {
        var registers = new List<HostRegister>
        {
            new(Identity, "IDENTITY", "R", "which engine it is: the start of the SHA-256 of the engine's Verilog"),
            new(VersionOffset, "VERSION", "R", $"version of this map: {Version}"),
            new(BeatBits, "BEAT_BITS", "R", "bits of an operand beat"),
            new(Control, "CONTROL", "RW", $"bit {ResetBit} RESET: write 1, engine and streams start anew, reads 1 until they have; bit {ClearBit} CLEAR: write 1, counters become zero; bit {StopBit} STOP: counters stand still while it is 1"),
            new(Scratch, "SCRATCH", "RW", "holds what is written, for a test of the bus"),
            new(Status, "STATUS", "R", "bit 0 busy, 1 in reset, 2 a command waits, 3 a Load is at work, 4 a result waits"),
        };
        if (hasWindows)
        {
            registers.Add(new(CommandSpace, "COMMAND_SPACE", "R", "words that COMMAND takes now without a stall"));
            registers.Add(new(DataSpace, "DATA_SPACE", "R", "words that DATA takes now without a stall"));
            registers.Add(new(ResultCount, "RESULT_COUNT", "R", "results that RESULT gives now without waiting for the engine"));
        }

        for (var i = 0; i < CounterNames.Count; i++)
        {
            var (name, meaning) = CounterNames[i];
            registers.Add(new(Counters + (8 * i), name + "_LOW", "R", meaning));
            registers.Add(new(Counters + (8 * i) + 4, name + "_HIGH", "R", "the high word of the counter whose low word was read last"));
        }

        if (hasWindows)
        {
            registers.Add(new(CommandWindow, "COMMAND", "W", "command words, low half first, at any address of the window"));
            registers.Add(new(DataWindow, "DATA", "W", "operand beats, 32 bits at a time, lowest first, each beat from a new word on"));
            registers.Add(new(ResultWindow, "RESULT", "R", "the next result"));
        }

        return registers;
    }

    /// <summary>The C header of a top: offsets, bits, sizes.</summary>
    /// <param name="top">Name of the top module.</param>
    /// <param name="architecture">The engine.</param>
    /// <param name="identity">What IDENTITY holds.</param>
    public static string Header(string top, Architecture architecture, uint identity)
    {
        var prefix = top.ToUpperInvariant();
        var hasWindows = top == SocPorts.WishboneTop;
        var text = new System.Text.StringBuilder();
        text.Append($"/* Registers of {top}, byte offsets. Described in hdl/docs/hosts.md. */\n");
        text.Append($"#ifndef {prefix}_REGS_H\n#define {prefix}_REGS_H\n\n");
        Define("IDENTITY_VALUE", $"0x{identity:X8}u", "what IDENTITY reads");
        Define("VERSION_VALUE", $"{Version}u", "what VERSION reads");
        Define("BEAT_BITS_VALUE", $"{architecture.InputStreamBits}u", "what BEAT_BITS reads");
        if (hasWindows)
        {
            Define("BEAT_WORDS", $"{SocPorts.BeatWords(architecture)}u", "words of DATA for one beat");
            Define("WINDOW_BYTES", $"0x{WindowBytes:X3}u", "bytes of COMMAND, DATA and RESULT each");
        }

        Define("CONTROL_RESET", $"(1u << {ResetBit})", "");
        Define("CONTROL_CLEAR", $"(1u << {ClearBit})", "");
        Define("CONTROL_STOP", $"(1u << {StopBit})", "");
        foreach (var (bit, name) in new[] { "BUSY", "IN_RESET", "COMMAND_WAITS", "LOADING", "RESULT_WAITS" }.Index())
        {
            Define($"STATUS_{name}", $"(1u << {bit})", "");
        }

        text.Append('\n');
        foreach (var register in Registers(hasWindows))
        {
            Define(register.Name, $"0x{register.Offset:X3}u", $"{register.Access}: {register.Meaning}");
        }

        text.Append("\n#endif\n");
        return text.ToString();

        void Define(string name, string value, string remark) => text.Append(
            $"#define {prefix}_{name} {value}{(remark.Length > 0 ? $" /* {remark} */" : "")}\n");
    }
}
