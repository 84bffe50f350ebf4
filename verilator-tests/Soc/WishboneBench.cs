using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Sim;
using HwSeed.Sim.Traces;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>
/// A pipelined Wishbone master that hesitates at random and has many requests under way. Each accepted request is answered
/// exactly once, in order, with what the register model says; nothing is answered without a request.
/// </summary>
internal sealed class WishboneBench
{
    private readonly Simulator _simulator;
    private readonly Random _random;
    private readonly double _idle;
    private readonly PortTrace? _trace;
    private readonly RegisterModel _model;
    private readonly SignalProbe _strobes;
    private readonly Queue<Request> _waiting = [];
    private readonly Queue<Request> _underWay = [];
    private readonly Queue<(Request Request, bool IsError, uint? Value)> _answers = [];
    private bool _offered;

    public WishboneBench(Simulator simulator, Architecture architecture, uint identity, int seed, double idle, PortTrace? trace = null)
    {
        (_simulator, _random, _idle, _trace) = (simulator, new(seed), idle, trace);
        simulator.PowerUp();
        _model = new(simulator, architecture, identity);
        _strobes = simulator.Probe(["bus.execute"]);
        simulator.Poke(simulator.Port("rst"), 1);
        Cycle();
        Cycle();
        simulator.Poke(simulator.Port("rst"), 0);
    }

    private sealed record Request(int Offset, bool IsWrite, uint Data, int Bytes);

    /// <summary>Data of reads that were acknowledged, in order.</summary>
    public List<(int Offset, uint Value)> Values { get; } = [];

    /// <summary>Results that were read.</summary>
    public List<uint> Results { get; } = [];

    /// <summary>Requests that ended in an error.</summary>
    public int Errors { get; private set; }

    /// <summary>Cycles in which a request was held up.</summary>
    public long Stalls { get; private set; }

    /// <summary>Whether a request waits to be sent or answered.</summary>
    public bool IsBusy => _waiting.Count + _underWay.Count + _answers.Count > 0;

    public void Write(int offset, uint data, int bytes = 15) => _waiting.Enqueue(new(offset, true, data, bytes));

    public void Read(int offset) => _waiting.Enqueue(new(offset, false, 0, _random.Next(16)));

    public uint Value(int offset)
    {
        Finish();
        Values.Clear();
        Read(offset);
        Finish();
        return Values[0].Value;
    }

    public long Counter(string name)
    {
        var low = Value(RegisterMap.CounterOffset(name));
        return low | ((long)Value(RegisterMap.CounterOffset(name) + 4) << 32);
    }

    public void Finish(long limit = 20_000)
    {
        for (long i = 0; IsBusy; i++)
        {
            Assert.That(i, Is.LessThan(limit), "nothing comes to an end");
            Cycle();
        }
    }

    /// <summary>Cyc falls: what was not answered is given up, and given back in order, requests that were carried out excepted.</summary>
    public int GiveUp()
    {
        var left = _underWay.Count + (_offered ? 1 : 0);
        _underWay.Clear();
        if (_offered)
        {
            _waiting.Dequeue();
        }

        _offered = false;
        _answers.Clear();
        _simulator.Poke(_simulator.Port("wb_cyc_i"), 0);
        _simulator.Poke(_simulator.Port("wb_stb_i"), 0);
        _model.Observe();
        Edge();
        Assert.That(High("wb_ack_o") || High("wb_err_o"), Is.False, "an answer behind the end of a cycle");
        return left;
    }

    public void Cycle()
    {
        var inReset = High("rst");
        if (!inReset && !_offered && _waiting.Count > 0 && _random.NextDouble() >= _idle)
        {
            var request = _waiting.Peek();
            _offered = true;
            Poke("wb_we_i", request.IsWrite ? 1u : 0);
            Poke("wb_adr_i", (uint)request.Offset / 4);
            Poke("wb_sel_i", (uint)request.Bytes);
            Poke("wb_dat_i", request.Data);
        }

        Poke("wb_stb_i", _offered ? 1u : 0);
        Poke("wb_cyc_i", _offered || _underWay.Count + _answers.Count > 0 ? 1u : 0);
        _model.Observe();
        Answer();
        _strobes.Sample();
        if (!_strobes[0].Unsigned.IsZero)
        {
            CarryOut(_underWay.Dequeue());
        }

        // A request that is accepted in this cycle is carried out in a later one.
        if (_offered && !High("wb_stall_o"))
        {
            _underWay.Enqueue(_waiting.Dequeue());
            _offered = false;
        }

        Stalls += _offered ? 1 : 0;
        Edge();
    }

    private void Edge()
    {
        _model.EndCycle(High("rst"));
        _trace?.Record(_simulator);
        _simulator.Step();
    }

    private void CarryOut(Request request)
    {
        var (isError, value) = (false, (uint?)null);
        switch (request.Offset & ~(RegisterMap.WindowBytes - 1), request.IsWrite)
        {
            case (RegisterMap.CommandWindow or RegisterMap.DataWindow, true):
                isError = request.Bytes != 15;
                break;
            case (RegisterMap.ResultWindow, false):
                break;
            case (_, true):
                isError = _model.Write(request.Offset, request.Data, request.Bytes);
                break;
            default:
                (isError, value) = _model.Read(request.Offset);
                break;
        }

        _answers.Enqueue((request, isError, value));
    }

    private void Answer()
    {
        var (ack, err) = (High("wb_ack_o"), High("wb_err_o"));
        Assert.That(ack && err, Is.False, "two answers at once");
        if (!ack && !err)
        {
            // Whatever was carried out in the cycle before is answered in this one.
            Assert.That(_answers, Is.Empty, "an answer is missing");
            return;
        }

        Assert.That(_answers, Has.Count.EqualTo(1), "an answer without a request");
        var (request, isError, value) = _answers.Dequeue();
        Assert.That(err, Is.EqualTo(isError), $"{request}");
        Errors += err ? 1 : 0;
        if (request.IsWrite || err)
        {
            return;
        }

        var data = (uint)_simulator.Peek(_simulator.Port("wb_dat_o"));
        Assert.That(value, Is.Null.Or.EqualTo(data), $"{request}");
        Values.Add((request.Offset, data));
        if (request.Offset >= RegisterMap.ResultWindow)
        {
            Results.Add(data);
        }
    }

    private bool High(string port) => _simulator.Peek(_simulator.Port(port)) == 1;

    private void Poke(string port, uint value) => _simulator.Poke(_simulator.Port(port), value);
}
