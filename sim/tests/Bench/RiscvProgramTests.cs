namespace HwSeed.Sim.Tests.Bench;

/// <summary>The program that the RV32I core runs is what its source says.</summary>
public sealed class RiscvProgramTests
{
    private const int Words = 256;
    private const uint Nop = 0x0000_0013;

    [Test]
    public void The_hex_file_is_the_assembled_source()
    {
        var directory = Path.Combine(TestContext.CurrentContext.TestDirectory, "verilog");
        var program = RiscvAssembler.Assemble(File.ReadAllText(Path.Combine(directory, "rv32i.s")));
        var text = string.Concat(program.Concat(Enumerable.Repeat(Nop, Words - program.Count)).Select(w => $"{w:x8}\n"));
        Assert.That(File.ReadAllText(Path.Combine(directory, "rv32i.hex")), Is.EqualTo(text));
    }

    [TestCase("addi t0, t1, -1", 0xFFF30293u)]
    [TestCase("sub a0, a1, a2", 0x40C58533u)]
    [TestCase("sw a0, 8(sp)", 0x00A12423u)]
    [TestCase("lbu t2, 3(s0)", 0x00344383u)]
    [TestCase("here: bne a0, zero, here", 0x00051063u)]
    [TestCase("here: jal ra, here", 0x000000EFu)]
    [TestCase("srai a0, a0, 7", 0x40755513u)]
    public void Instructions_have_the_manuals_encoding(string line, uint word) =>
        Assert.That(RiscvAssembler.Assemble(line), Is.EqualTo(new[] { word }));
}
