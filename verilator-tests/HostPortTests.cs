using HwSeed.Drivers;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;
using HwSeed.Sim.Hosts;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.VerilatorTests;

/// <summary>The driver that users get, through simulated pins, bit by bit, into random engines.</summary>
public sealed class HostPortTests
{
    private const uint Identity = 0xDEADBEEF;

    [Test]
    public void A_product_goes_through_a_uart([Values] Dataflow dataflow, [Range(500, 507)] int seed)
    {
        var drawn = RandomEngine.Draw(seed, dataflow, isBehindPort: true);
        var divider = 4 + (seed % 7);

        // The host's clock is off by up to 2 %.
        var port = new SimulatedUart(Compile(HostPorts.Uart(drawn.Mapping.Architecture, divider, Identity).OrThrow()),
            divider * (1 + (0.02 * ((seed % 3) - 1))));
        IsExact(drawn, port, twice: true);
    }

    [Test]
    public void A_product_goes_through_spi([Values] Dataflow dataflow, [Range(520, 525)] int seed)
    {
        var drawn = RandomEngine.Draw(seed, dataflow, isBehindPort: true);
        var port = new SimulatedSpi(Compile(HostPorts.Spi(drawn.Mapping.Architecture, Identity).OrThrow()), 4 + (seed % 3))
        {
            ReadBytes = 1 + (seed % 20),
        };
        IsExact(drawn, port, twice: true);
    }

    [Test]
    public void A_program_finds_every_operand_and_result([Values] Dataflow dataflow, [Range(540, 559)] int seed)
    {
        var drawn = RandomEngine.Draw(seed, dataflow, isBehindPort: true);
        var (architecture, program) = (drawn.Mapping.Architecture, HostPrograms.Of(drawn.Mapping.Architecture, drawn.Stream));
        var lanes = HostPrograms.Facts(architecture, 0).BeatLanes;
        var limbs = HostStreams.Pack<short>(architecture, drawn.Stream, drawn.A, drawn.B);
        var gathered = new ulong[limbs.Length];
        for (var i = 0; i < program.Gather.Length; i++)
        {
            var source = program.Gather[i];
            if (source != 0)
            {
                var (value, bits) = source > 0 ? (drawn.A[source - 1], architecture.InputBits) : (drawn.B[-source - 1], architecture.WeightBits);
                var bit = i % lanes * bits;
                gathered[(i / lanes * HostStreams.LimbsPerBeat(architecture)) + (bit / 64)] |= ((ulong)value & ((1UL << bits) - 1)) << (bit % 64);
            }
        }

        Assert.That(gathered, Is.EqualTo(limbs));
        Assert.That(program.Scatter.Order(), Is.EqualTo(Enumerable.Range(0, drawn.Mapping.Shape.M * drawn.Mapping.Shape.N)));
    }

    [Test]
    public void A_host_that_stops_in_the_middle_of_anything_can_start_anew([Range(0, 11)] int seed)
    {
        var drawn = RandomEngine.Draw(560 + (seed % 4), Dataflow.OutputStationary, isBehindPort: true);
        var port = new SimulatedUart(Compile(HostPorts.Uart(drawn.Mapping.Architecture, 5, Identity).OrThrow()), 5);
        var random = new Random(seed);
        port.Write([HostProtocol.Commands, 9, .. drawn.Traffic().Commands.ToArray().SelectMany(BitConverter.GetBytes).Take(random.Next(70))]);
        if (seed % 2 == 0)
        {
            port.Write([HostProtocol.Beats, 30, .. new byte[random.Next(300)]]);
        }

        port.Pass(random.Next(20_000));
        IsExact(drawn, port, twice: false);
    }

    [Test]
    public void What_is_wrong_on_the_line_is_reported()
    {
        var drawn = RandomEngine.Draw(560, Dataflow.OutputStationary, isBehindPort: true);
        var port = new SimulatedUart(Compile(HostPorts.Uart(drawn.Mapping.Architecture, 8, Identity).OrThrow()), 8);
        var driver = Driver(drawn, port);
        driver.Connect();
        Assert.That(driver.Errors(), Is.Zero);
        port.Break(30);
        Assert.That(driver.Errors(), Is.EqualTo(HostProtocol.Framing));
        port.Write([0xEE]);
        Assert.That(driver.Errors(), Is.EqualTo(HostProtocol.Framing | HostProtocol.Unknown));
        driver.Connect();
        Assert.That(driver.Errors(), Is.Zero, "a reset forgets");

        // Beats that no load asks for fill the queue, and one byte after that is one too many.
        for (var i = 0; i <= HostProtocol.QueueBytes / HostProtocol.BeatBytes(drawn.Mapping.Architecture) + 1; i++)
        {
            port.Write([HostProtocol.Beats, 1, .. new byte[HostProtocol.BeatBytes(drawn.Mapping.Architecture)]]);
        }

        port.Pass(200_000);
        Assert.That(driver.Errors(), Is.EqualTo(HostProtocol.Overrun));
        IsExact(drawn, port, twice: false);
    }

    [Test]
    public void Another_engine_is_told_from_the_expected_one()
    {
        var drawn = RandomEngine.Draw(561, Dataflow.OutputStationary, isBehindPort: true);
        var other = new SimulatedUart(Compile(HostPorts.Uart(drawn.Mapping.Architecture, 8, Identity + 1).OrThrow()), 8);
        Assert.That(() => Driver(drawn, other).Connect(), Throws.TypeOf<EngineException>().With.Message.EqualTo(
            "the engine is deadbef0, expected is deadbeef"));
        var wider = RandomEngine.Draw(drawn.Mapping.Architecture with { Rows = 15, Columns = 16, InputBits = 8, WeightBits = 8, AccumulatorBits = 24 }, new(1))!;
        var same = new SimulatedUart(Compile(HostPorts.Uart(drawn.Mapping.Architecture, 8, Identity).OrThrow()), 8);
        Assert.That(() => Driver(wider, same).Connect(), Throws.TypeOf<EngineException>().With.Message.Contains("another design"));
        var slow = new SimulatedUart(Compile(HostPorts.Uart(drawn.Mapping.Architecture, 8, Identity).OrThrow()), 11);
        Assert.That(() => Driver(drawn, slow).Connect(), Throws.InstanceOf<Exception>());
    }

    [Test]
    public void An_spi_transfer_that_breaks_off_loses_and_doubles_nothing([Range(0, 5)] int seed)
    {
        var drawn = RandomEngine.Draw(570 + seed, Dataflow.OutputStationary, isBehindPort: true);
        var port = new SimulatedSpi(Compile(HostPorts.Spi(drawn.Mapping.Architecture, Identity).OrThrow()), 4) { ReadBytes = 1 };
        var driver = new EngineDriver(new Interrupted(port, new Random(seed)), HostPrograms.Facts(drawn.Mapping.Architecture, Identity));
        driver.Connect();
        Assert.That(driver.Multiply(HostPrograms.Of(drawn.Mapping.Architecture, drawn.Stream), drawn.A, drawn.B),
            Is.EqualTo(drawn.Expected()));
        Assert.That(driver.Errors(), Is.Zero);
    }

    [Test]
    public void Both_tops_keep_the_rtl_rules([Values] Dataflow dataflow, [Range(580, 583)] int seed)
    {
        var architecture = RandomEngine.Draw(seed, dataflow, isBehindPort: true).Mapping.Architecture;
        foreach (var design in new[] { HostPorts.Uart(architecture, 104).OrThrow(), HostPorts.Spi(architecture).OrThrow() })
        {
            Assert.That(RtlRules.Check(design).Where(d => d.Severity == Hdl.Diagnostics.Severity.Error), Is.Empty);
        }
    }

    [TestCase(3), TestCase(65537)]
    public void A_bit_that_is_too_short_or_too_long_is_a_callers_mistake(int divider) => Assert.That(
        () => HostPorts.Uart(RandomEngine.Draw(580, Dataflow.OutputStationary, isBehindPort: true).Mapping.Architecture, divider),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test, Category("verilator")]
    public async Task Verilator_sees_the_same_pins_in_every_cycle([Values] bool spi)
    {
        if (ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler) is { Count: > 0 } missing)
        {
            Assert.Ignore(missing[0].ToString());
        }

        var work = Directory.CreateTempSubdirectory("hwseed-hosts-").FullName;
        try
        {
            var drawn = RandomEngine.Draw(590, Dataflow.OutputStationary, isBehindPort: true);
            var design = (spi ? HostPorts.Spi(drawn.Mapping.Architecture, Identity)
                : HostPorts.Uart(drawn.Mapping.Architecture, 4, Identity)).OrThrow();
            var simulator = Compile(design);
            var trace = new PortTrace(simulator);
            SimulatedPort port = spi ? new SimulatedSpi(simulator, 4, trace) : new SimulatedUart(simulator, 4, trace);
            IsExact(drawn, port, twice: true);
            var report = (await LockstepModel.VerifyAsync(design, trace, work)).OrThrow();
            Assert.That(report.Agreed, $"{report.Reason} {report.FirstDivergence}");
            Assert.That(report.Cycles, Is.GreaterThan(10_000));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static Simulator Compile(Design design) => Simulator.Compile(design).OrThrow();

    private static EngineDriver Driver(RandomEngine drawn, Stream port) =>
        new(port, HostPrograms.Facts(drawn.Mapping.Architecture, Identity));

    private static void IsExact(RandomEngine drawn, SimulatedPort port, bool twice)
    {
        var driver = Driver(drawn, port);
        driver.Connect();
        var program = HostPrograms.Of(drawn.Mapping.Architecture, drawn.Stream);
        var expected = drawn.Expected();
        for (var run = 0; run < (twice ? 2 : 1); run++)
        {
            Assert.That(driver.Multiply(program, drawn.A, drawn.B), Is.EqualTo(expected), $"{drawn.Mapping}");
        }

        Assert.That(driver.Errors(), Is.Zero);
    }

    /// <summary>Some transfers are begun and given up before they are made.</summary>
    private sealed class Interrupted(SimulatedSpi port, Random random) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override int ReadTimeout { get; set; }

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override void Flush() => port.Flush();

        public override int Read(byte[] buffer, int offset, int count)
        {
            BreakOff();
            return port.Read(buffer, offset, count);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            BreakOff();
            port.Write(buffer, offset, count);
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private void BreakOff()
        {
            if (random.Next(3) == 0)
            {
                port.BreakOff((byte)random.Next(256), random.Next(8));
            }
        }
    }
}
