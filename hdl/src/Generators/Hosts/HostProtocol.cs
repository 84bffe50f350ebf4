using HwSeed.Hdl.Architectures;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>
/// The bytes between a host and an engine behind a serial port, in both directions, as the RTL takes them from here. The drivers
/// are handed over as sources that stand alone and repeat them; hdl/docs/hosts.md is the text for both.
/// </summary>
public static class HostProtocol
{
    /// <summary>Version of the protocol, the first byte of the answer to <see cref="Describe"/>.</summary>
    public const int Version = 1;

    /// <summary>Does nothing, in both directions.</summary>
    public const int Idle = 0x00;

    /// <summary>To the engine: a count, then that many commands of <see cref="CommandBytes"/> bytes.</summary>
    public const int Commands = 0x01;

    /// <summary>To the engine: a count, then that many input beats of <see cref="BeatBytes"/> bytes.</summary>
    public const int Beats = 0x02;

    /// <summary>To the engine: asks for version, bytes a beat, and both credits. From it: the same byte and the four.</summary>
    public const int Describe = 0x03;

    /// <summary>To the engine: forget everything and start anew; the next <see cref="ResetCycles"/> cycles belong to it.</summary>
    public const int Reset = 0x04;

    /// <summary>To the engine: asks which engine it is. From it: the same byte and four bytes of identity.</summary>
    public const int Identify = 0x05;

    /// <summary>To the engine: asks for its errors. From it: the same byte, the errors, and three zeros.</summary>
    public const int Status = 0x06;

    /// <summary>From the engine: a result of four bytes.</summary>
    public const int Result = 0x07;

    /// <summary>From the engine, the low six bits: so many commands have left their queue.</summary>
    public const int CommandCredit = 0x40;

    /// <summary>From the engine, the low six bits: so many input beats have left their queue.</summary>
    public const int BeatCredit = 0x80;

    /// <summary>Bytes of a command.</summary>
    public const int CommandBytes = 8;

    /// <summary>Bytes of each queue: one block RAM.</summary>
    public const int QueueBytes = 512;

    /// <summary>Commands that may be under way before their credit comes back.</summary>
    public const int CommandDepth = 32;

    /// <summary>Most input beats that may be under way; fewer when beats are wide.</summary>
    public const int LargestBeatDepth = 32;

    /// <summary>Error bit: a word came without credit and was dropped.</summary>
    public const int Overrun = 1;

    /// <summary>Error bit: a byte without a stop bit.</summary>
    public const int Framing = 2;

    /// <summary>Error bit: a byte that starts no message.</summary>
    public const int Unknown = 4;

    /// <summary>Clock cycles that a reset takes; no byte is as short.</summary>
    public const int ResetCycles = 32;

    /// <summary>Bytes of an input beat.</summary>
    public static int BeatBytes(Architecture architecture) => (architecture.InputStreamBits + 7) / 8;

    /// <summary>Input beats that may be under way before their credit comes back.</summary>
    public static int BeatDepth(Architecture architecture) => Math.Min(LargestBeatDepth, QueueBytes / BeatBytes(architecture));
}
