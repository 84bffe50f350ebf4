using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Sim.Tests.Compilation;

/// <summary>Copies of a top bit above a number are compiled as its sign; copies of another bit are not.</summary>
public sealed class SignExtensionTests
{
    private const string Text = """
        module m(input [7:0] a, input [31:0] b, output [31:0] byte_, part, other, output [63:0] word, output [67:0] wide, output [23:0] between);
            assign byte_ = {{24{a[7]}}, a[7:0]};
            assign part = {{21{b[31]}}, b[30:20]};
            assign other = {{24{a[6]}}, a[7:0]};
            assign word = {{56{a[7]}}, a};
            assign wide = {{60{a[7]}}, a};
            assign between = {b[3:0], {8{a[7]}}, a[7:0], 4'h9};
        endmodule
        """;

    [Test]
    public void Copies_of_a_bit_have_the_value_of_the_text()
    {
        var simulator = Simulator.Compile(VerilogReader.ReadText(Text).OrThrow().Design).OrThrow();
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var (a, b) = ((byte)random.Next(256), (uint)random.NextInt64(1L << 32));
            simulator.Poke(simulator.Port("a"), a);
            simulator.Poke(simulator.Port("b"), b);
            var signed = (ulong)(sbyte)a;
            Assert.Multiple(() =>
            {
                Assert.That(simulator.Peek(simulator.Port("byte_")), Is.EqualTo(signed & uint.MaxValue));
                Assert.That(simulator.Peek(simulator.Port("part")), Is.EqualTo((ulong)(uint)((int)b >> 20)));
                Assert.That(simulator.Peek(simulator.Port("other")), Is.EqualTo(a | ((a & 0x40) == 0 ? 0UL : 0xFFFF_FF00)));
                Assert.That(simulator.Peek(simulator.Port("word")), Is.EqualTo(signed));
                Assert.That(simulator.PeekWords(simulator.Port("wide")).ToArray(), Is.EqualTo(new[] { signed, signed >> 60 }));
                Assert.That(
                    simulator.Peek(simulator.Port("between")), Is.EqualTo(((b & 15UL) << 20) | ((signed & 0xFFFF) << 4) | 9));
            });
        }
    }
}
