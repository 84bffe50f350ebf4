using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Traces;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>
/// The masters around an <c>axi_engine</c>: sources and sink that stall at random, and an AXI4-Lite master with several
/// accesses under way. Every channel is watched, every answer compared with the register model, every port recorded.
/// </summary>
internal sealed class AxiBench
{
    private readonly Simulator _simulator;
    private readonly Random _random;
    private readonly double _stall;
    private readonly StreamChecker[] _channels;
    private readonly RegisterModel _model;
    private readonly SignalProbe _strobes;
    private readonly Source _commands;
    private readonly Source _beats;
    private readonly Source _writeAddresses;
    private readonly Source _writeData;
    private readonly Source _readAddresses;
    private readonly Queue<(int Offset, uint Value, int Bytes)> _writes = [];
    private readonly Queue<int> _reads = [];
    private readonly Queue<bool> _writeAnswers = [];
    private readonly Queue<(int Offset, (bool IsError, uint? Value) Answer)> _readAnswers = [];

    public AxiBench(Simulator simulator, Architecture architecture, uint identity, int seed, double stall, PortTrace? trace = null)
    {
        (_simulator, _random, _stall, Trace) = (simulator, new(seed), stall, trace);
        simulator.PowerUp();
        _model = new(simulator, architecture, identity);
        _strobes = simulator.Probe(["registers.write_now", "registers.read_now"]);
        _channels =
        [
            new(simulator, "AW", "s_axi_awvalid", "s_axi_awready", "s_axi_awaddr"),
            new(simulator, "W", "s_axi_wvalid", "s_axi_wready", "s_axi_wdata", "s_axi_wstrb"),
            new(simulator, "B", "s_axi_bvalid", "s_axi_bready", "s_axi_bresp"),
            new(simulator, "AR", "s_axi_arvalid", "s_axi_arready", "s_axi_araddr"),
            new(simulator, "R", "s_axi_rvalid", "s_axi_rready", "s_axi_rdata", "s_axi_rresp"),
            new(simulator, "commands", "s_axis_cmd_tvalid", "s_axis_cmd_tready", "s_axis_cmd_tdata", "s_axis_cmd_tlast"),
            new(simulator, "data", "s_axis_data_tvalid", "s_axis_data_tready", "s_axis_data_tdata", "s_axis_data_tlast"),
            Results = new(simulator, "results", "m_axis_result_tvalid", "m_axis_result_tready", "m_axis_result_tdata", "m_axis_result_tlast"),
        ];
        _commands = new(this, "s_axis_cmd_t", "data");
        _beats = new(this, "s_axis_data_t", "data");
        _writeAddresses = new(this, "s_axi_aw", "addr");
        _writeData = new(this, "s_axi_w", "data");
        _readAddresses = new(this, "s_axi_ar", "addr");
        Reset(3);
    }

    public PortTrace? Trace { get; }

    public StreamChecker Results { get; }

    public StreamChecker Commands => _channels[5];

    public StreamChecker Beats => _channels[6];

    /// <summary>Results that were taken, with TLAST.</summary>
    public List<(uint Value, bool IsLast)> Taken { get; } = [];

    /// <summary>Values of reads in order, where they were no errors.</summary>
    public List<uint> Values { get; } = [];

    /// <summary>Errors among the answers.</summary>
    public int Errors { get; private set; }

    /// <summary>Whether accesses are under way.</summary>
    public bool IsAccessing => _writes.Count + _reads.Count + _writeAnswers.Count + _readAnswers.Count > 0;

    /// <summary>Whether everything that was sent has been taken.</summary>
    public bool IsSent => _commands.Left + _beats.Left == 0;

    /// <summary>Whether a result is offered now.</summary>
    public bool OffersResult => _simulator.Peek(_simulator.Port("m_axis_result_tvalid")) == 1;

    public void Send(HostTraffic traffic)
    {
        foreach (var command in traffic.Commands.ToArray())
        {
            _commands.Enqueue([command]);
        }

        foreach (var beat in traffic.Words.ToArray().Chunk(traffic.LimbsPerWord))
        {
            _beats.Enqueue(beat);
        }
    }

    public void Write(int offset, uint value, int bytes = 15)
    {
        _writes.Enqueue((offset, value, bytes));
        _writeAddresses.Enqueue([(ulong)(offset + _random.Next(4))]);
        _writeData.Enqueue([value], (ulong)bytes);
    }

    public void Read(int offset)
    {
        _reads.Enqueue(offset);
        _readAddresses.Enqueue([(ulong)(offset + _random.Next(4))]);
    }

    /// <summary>Reads a counter while nothing else reads.</summary>
    public long Counter(string name)
    {
        Finish();
        Values.Clear();
        Read(RegisterMap.CounterOffset(name));
        Read(RegisterMap.CounterOffset(name) + 4);
        Finish();
        return Values[0] | ((long)Values[1] << 32);
    }

    /// <summary>Runs until all accesses are answered.</summary>
    public void Finish() => Until(() => !IsAccessing, 10_000);

    public void Until(Func<bool> isDone, long limit)
    {
        for (long i = 0; !isDone(); i++)
        {
            Assert.That(i, Is.LessThan(limit), "nothing comes to an end");
            Cycle();
        }
    }

    /// <summary>ARESETN low; what was offered is forgotten on both sides.</summary>
    public void Reset(int cycles)
    {
        foreach (var source in new[] { _commands, _beats, _writeAddresses, _writeData, _readAddresses })
        {
            source.Forget();
        }

        _writes.Clear();
        _reads.Clear();
        _writeAnswers.Clear();
        _readAnswers.Clear();
        _simulator.Poke(_simulator.Port("aresetn"), 0);
        for (var i = 0; i < cycles; i++)
        {
            Cycle();
        }

        _simulator.Poke(_simulator.Port("aresetn"), 1);
    }

    /// <summary>The sources of commands and beats send nothing any more but what they offer now.</summary>
    public void Stop()
    {
        _commands.Stop();
        _beats.Stop();
    }

    public void Cycle()
    {
        var inReset = _simulator.Peek(_simulator.Port("aresetn")) == 0;
        foreach (var source in new[] { _commands, _beats, _writeAddresses, _writeData, _readAddresses })
        {
            source.Offer(inReset);
        }

        foreach (var ready in new[] { "s_axi_bready", "s_axi_rready", "m_axis_result_tready" })
        {
            _simulator.Poke(_simulator.Port(ready), _random.NextDouble() < _stall ? 0UL : 1);
        }

        foreach (var channel in _channels)
        {
            channel.Observe(inReset);
        }

        _model.Observe();
        if (!inReset)
        {
            Answers();
            Accesses();
        }

        _model.EndCycle(inReset);
        Trace?.Record(_simulator);
        _simulator.Step();
    }

    // Answers before accesses: an answer belongs to an access of a cycle before.
    private void Answers()
    {
        if (_channels[2].Moves)
        {
            Assert.That(_writeAnswers, Is.Not.Empty, "a write response without a write");
            var isError = Response("s_axi_bresp");
            Assert.That(isError, Is.EqualTo(_writeAnswers.Dequeue()), "BRESP");
            Errors += isError ? 1 : 0;
        }

        if (_channels[4].Moves)
        {
            Assert.That(_readAnswers, Is.Not.Empty, "data without a read");
            var (offset, (expected, value)) = _readAnswers.Dequeue();
            Assert.That(Response("s_axi_rresp"), Is.EqualTo(expected), "RRESP");
            Assert.That(value, Is.Null.Or.EqualTo((uint)_simulator.Peek(_simulator.Port("s_axi_rdata"))), $"RDATA of {offset:x3}, cycle {_simulator.Cycles}");
            if (expected)
            {
                Errors++;
            }
            else
            {
                Values.Add((uint)_simulator.Peek(_simulator.Port("s_axi_rdata")));
            }
        }

        if (Results.Moves)
        {
            Taken.Add(((uint)_simulator.Peek(_simulator.Port("m_axis_result_tdata")), _simulator.Peek(_simulator.Port("m_axis_result_tlast")) == 1));
        }
    }

    private void Accesses()
    {
        _strobes.Sample();
        if (!_strobes[1].Unsigned.IsZero)
        {
            var offset = _reads.Dequeue();
            _readAnswers.Enqueue((offset, _model.Read(offset)));
        }

        if (!_strobes[0].Unsigned.IsZero)
        {
            var (offset, value, bytes) = _writes.Dequeue();
            _writeAnswers.Enqueue(_model.Write(offset, value, bytes));
        }
    }

    // OKAY or SLVERR, nothing else.
    private bool Response(string port)
    {
        var response = _simulator.Peek(_simulator.Port(port));
        Assert.That(response, Is.AnyOf(0, 2));
        return response == 2;
    }

    /// <summary>Offers words in order, at random moments, and holds each until it is taken.</summary>
    private sealed class Source(AxiBench bench, string prefix, string payload)
    {
        private readonly Queue<(ulong[] Word, ulong Strobes)> _words = [];
        private readonly PortHandle _valid = bench._simulator.Port(prefix + "valid");
        private readonly PortHandle _ready = bench._simulator.Port(prefix + "ready");
        private readonly PortHandle _payload = bench._simulator.Port(prefix + payload);
        private bool _offered;

        public int Left => _words.Count;

        public void Enqueue(ulong[] word, ulong strobes = 0) => _words.Enqueue((word, strobes));

        // What is offered may be taken back in reset only.
        public void Forget()
        {
            _words.Clear();
            _offered = false;
        }

        public void Stop()
        {
            var kept = _words.Take(_offered ? 1 : 0).ToArray();
            _words.Clear();
            foreach (var word in kept)
            {
                _words.Enqueue(word);
            }
        }

        public void Offer(bool inReset)
        {
            var simulator = bench._simulator;
            if (!inReset && !_offered && _words.Count > 0 && bench._random.NextDouble() >= bench._stall)
            {
                _offered = true;
                simulator.Poke(_payload, _words.Peek().Word);
                if (payload == "data" && prefix == "s_axi_w")
                {
                    simulator.Poke(simulator.Port("s_axi_wstrb"), _words.Peek().Strobes);
                }
                else if (payload == "data")
                {
                    simulator.Poke(simulator.Port(prefix + "last"), (ulong)bench._random.Next(2));
                }
            }

            simulator.Poke(_valid, _offered ? 1UL : 0);
            if (_offered && simulator.Peek(_ready) == 1)
            {
                _words.Dequeue();
                _offered = false;
            }
        }
    }
}
