using HwSeed.Sim;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>Reads through AXI4-Lite one at a time, from power-up without a reset, and says in which cycle each was carried out.</summary>
internal sealed class RawAxiReads
{
    private readonly Simulator _simulator;
    private readonly SignalProbe _now;

    public RawAxiReads(Simulator simulator)
    {
        (_simulator, _now) = (simulator, simulator.Probe(["registers.read_now"]));
        simulator.PowerUp();
        simulator.Poke(simulator.Port("aresetn"), 1);
        simulator.Poke(simulator.Port("s_axi_rready"), 1);
    }

    public (uint Value, long Cycle) Read(int offset)
    {
        _simulator.Poke(_simulator.Port("s_axi_araddr"), (ulong)offset);
        _simulator.Poke(_simulator.Port("s_axi_arvalid"), 1);
        while (_simulator.Peek(_simulator.Port("s_axi_arready")) == 0)
        {
            _simulator.Step();
        }

        _simulator.Step();
        _simulator.Poke(_simulator.Port("s_axi_arvalid"), 0);
        long cycle = -1;
        while (_simulator.Peek(_simulator.Port("s_axi_rvalid")) == 0)
        {
            _now.Sample();
            cycle = _now[0].Unsigned.IsZero ? cycle : _simulator.Cycles;
            _simulator.Step();
        }

        var value = (uint)_simulator.Peek(_simulator.Port("s_axi_rdata"));
        _simulator.Step();
        return (value, cycle);
    }
}
