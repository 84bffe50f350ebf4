using System.Globalization;

namespace HwSeed.Sim.Tests.Bench;

/// <summary>A small assembler of RV32I, enough for the bench's program: labels, registers by their ABI names, '#' comments.</summary>
internal static class RiscvAssembler
{
    private static readonly string[] s_registers =
    [
        "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
        "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
    ];

    private static readonly string[] s_registerOperations = ["add", "sll", "slt", "sltu", "xor", "srl", "or", "and"];
    private static readonly string[] s_immediateOperations = ["addi", "slli", "slti", "sltiu", "xori", "srli", "ori", "andi"];
    private static readonly string[] s_branches = ["beq", "bne", "", "", "blt", "bge", "bltu", "bgeu"];
    private static readonly string[] s_loads = ["lb", "lh", "lw", "", "lbu", "lhu"];
    private static readonly string[] s_stores = ["sb", "sh", "sw"];

    /// <summary>The words of a program that begins at address 0.</summary>
    public static IReadOnlyList<uint> Assemble(string text)
    {
        var labels = new Dictionary<string, int>();
        var lines = new List<string[]>();
        foreach (var line in text.Split('\n'))
        {
            var code = line.Split('#')[0];
            if (code.Split(':') is [var label, var rest])
            {
                labels.Add(label.Trim(), 4 * lines.Count);
                code = rest;
            }

            if (code.Split([' ', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words)
            {
                lines.Add(words);
            }
        }

        return [.. lines.Select((words, i) => Encode(words, 4 * i, labels))];
    }

    private static uint Encode(string[] words, int address, Dictionary<string, int> labels)
    {
        int Offset(string label) => labels[label] - address;
        var registerOperation = Array.IndexOf(s_registerOperations, words[0]);
        var immediateOperation = Array.IndexOf(s_immediateOperations, words[0]);
        var branch = Array.IndexOf(s_branches, words[0]);
        var load = Array.IndexOf(s_loads, words[0]);
        var store = Array.IndexOf(s_stores, words[0]);
        return words switch
        {
            ["lui", var rd, var value] => ((uint)Number(value) << 12) | To(rd) | 0x37,
            ["auipc", var rd, var value] => ((uint)Number(value) << 12) | To(rd) | 0x17,
            ["jal", var rd, var label] => Jump(Offset(label)) | To(rd) | 0x6F,
            ["jalr", var rd, var value, var rs1] => Immediate(Number(value)) | From(rs1) | To(rd) | 0x67,
            ["sub", var rd, var rs1, var rs2] => 0x4000_0033 | Second(rs2) | From(rs1) | To(rd),
            ["sra", var rd, var rs1, var rs2] => 0x4000_5033 | Second(rs2) | From(rs1) | To(rd),
            ["srai", var rd, var rs1, var value] => 0x4000_5013 | Immediate(Number(value)) | From(rs1) | To(rd),
            [_, var rd, var rs1, var rs2] when registerOperation >= 0 =>
                Second(rs2) | From(rs1) | Kind(registerOperation) | To(rd) | 0x33,
            [_, var rd, var rs1, var value] when immediateOperation >= 0 =>
                Immediate(Number(value)) | From(rs1) | Kind(immediateOperation) | To(rd) | 0x13,
            [_, var rs1, var rs2, var label] when branch >= 0 =>
                Branch(Offset(label)) | Second(rs2) | From(rs1) | Kind(branch) | 0x63,
            [_, var rd, var value, var rs1] when load >= 0 => Immediate(Number(value)) | From(rs1) | Kind(load) | To(rd) | 0x03,
            [_, var rs2, var value, var rs1] when store >= 0 =>
                Store(Number(value)) | Second(rs2) | From(rs1) | Kind(store) | 0x23,
            _ => throw new FormatException($"not an instruction: {string.Join(' ', words)}"),
        };
    }

    private static uint To(string register) => Register(register) << 7;

    private static uint From(string register) => Register(register) << 15;

    private static uint Second(string register) => Register(register) << 20;

    private static uint Kind(int funct3) => (uint)funct3 << 12;

    private static uint Register(string name) => Array.IndexOf(s_registers, name) is >= 0 and var number
        ? (uint)number
        : throw new FormatException($"no register '{name}'");

    private static uint Immediate(int value) => value is >= -2048 and < 2048
        ? (uint)value << 20
        : throw new FormatException($"{value} does not fit in 12 bits");

    private static uint Store(int value) => (Immediate(value) & 0xFE00_0000) | (((uint)value & 0x1F) << 7);

    private static uint Branch(int offset)
    {
        var bits = (uint)offset;
        return ((bits >> 12 & 1) << 31) | ((bits >> 5 & 0x3F) << 25) | ((bits >> 1 & 0xF) << 8) | ((bits >> 11 & 1) << 7);
    }

    private static uint Jump(int offset)
    {
        var bits = (uint)offset;
        return ((bits >> 20 & 1) << 31) | ((bits >> 1 & 0x3FF) << 21) | ((bits >> 11 & 1) << 20) | ((bits >> 12 & 0xFF) << 12);
    }

    private static int Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? int.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : int.Parse(text, CultureInfo.InvariantCulture);
}
