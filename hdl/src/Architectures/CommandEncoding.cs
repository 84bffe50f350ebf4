using System.Diagnostics;

namespace HwSeed.Hdl.Architectures;

/// <summary>The 64-bit words of a command stream; fields are documented on each <see cref="Command"/>.</summary>
public static class CommandEncoding
{
    /// <summary>Opcode of <see cref="Load"/>.</summary>
    public const int LoadOpcode = 1;

    /// <summary>Opcode of <see cref="Compute"/>.</summary>
    public const int ComputeOpcode = 2;

    /// <summary>Opcode of <see cref="Store"/>.</summary>
    public const int StoreOpcode = 3;

    /// <summary>Opcode of <see cref="Sync"/>.</summary>
    public const int SyncOpcode = 4;

    /// <summary>Opcode of <see cref="Configure"/>.</summary>
    public const int ConfigureOpcode = 5;

    /// <summary>First bit of the opcode.</summary>
    public const int OpcodeLow = 60;

    /// <summary>Bits of an address or length field.</summary>
    public const int FieldBits = 12;

    /// <summary>First bit of field i, counted from 0.</summary>
    public static int FieldLow(int i) => i * FieldBits;

    /// <summary>The bit that holds <see cref="Compute.Accumulate"/>.</summary>
    public const int AccumulateBit = 48;

    /// <summary>First bit of <see cref="Configure.Value"/>.</summary>
    public const int ValueLow = FieldBits;

    /// <summary>Bits of <see cref="Configure.Value"/>.</summary>
    public const int ValueBits = 36;

    /// <summary>First bit of <see cref="Configure.Target"/>.</summary>
    public const int TargetLow = ValueLow + ValueBits;

    /// <summary>Bits of <see cref="Configure.Target"/>.</summary>
    public const int TargetBits = 2;

    /// <summary>Bits of the shift in the value of a <see cref="ConfigureTarget.Scale"/>.</summary>
    public const int ShiftBits = 5;

    /// <summary>The bit of a <see cref="ConfigureTarget.Mode"/> that turns requantisation on; below it stand three bytes.</summary>
    public const int RequantisesBit = 24;

    /// <summary>The bit of a <see cref="ConfigureTarget.Mode"/> that turns the table on.</summary>
    public const int TableBit = 25;

    /// <summary>The bit of a <see cref="ConfigureTarget.Mode"/> that turns the residual on.</summary>
    public const int ResidualBit = 26;

    /// <summary>One command; throws when a field does not fit 12 bits.</summary>
    public static ulong Encode(Command command) => command switch
    {
        Load c => Opcode(LoadOpcode) | Field(0, c.InputBase) | Field(1, c.InputWords) | Field(2, c.WeightBase) | Field(3, c.WeightWords),
        Compute c => Opcode(ComputeOpcode) | Field(0, c.InputBase) | Field(1, c.Length) | Field(2, c.WeightBase)
            | Field(3, c.AccumulatorBase) | (c.Accumulate ? 1UL << AccumulateBit : 0),
        Store c => Opcode(StoreOpcode) | Field(0, c.AccumulatorBase) | Field(1, c.Rows) | Field(2, c.Columns)
            | Field(3, c.Channel),
        Sync => Opcode(SyncOpcode),
        Configure c => Opcode(ConfigureOpcode) | Field(0, c.Address) | (((ulong)c.Value & ((1UL << ValueBits) - 1)) << ValueLow)
            | ((ulong)c.Target << TargetLow),
        _ => throw new UnreachableException($"command {command.GetType().Name}"),
    };

    /// <summary>All words of a program.</summary>
    public static ulong[] Encode(CommandStream stream) => [.. stream.Commands.Select(Encode)];

    private static ulong Opcode(int opcode) => (ulong)opcode << OpcodeLow;

    private static ulong Field(int i, int value) => value is >= 0 and < 1 << FieldBits
        ? (ulong)value << FieldLow(i)
        : throw new ArgumentOutOfRangeException(nameof(value), $"{value} does not fit the {FieldBits} bits of field {i}");
}
