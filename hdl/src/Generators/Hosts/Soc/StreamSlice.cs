using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>
/// Two registers in a ready/valid stream, so that neither valid nor ready goes through in one cycle: a word a cycle all the same.
/// <c>flush</c> forgets what is held, but a word that was offered and not taken stays offered, as AXI wants it; <c>rst</c> forgets
/// that one too. Nothing is taken while one of them is high.
/// </summary>
internal static class StreamSlice
{
    public static Module Module(string name, int width)
    {
        var m = new ModuleBuilder(name);
        var rst = m.Input("rst");
        var flush = m.Input("flush");
        var inValid = m.Input("in_valid");
        var inData = m.Input("in_data", width);
        var outReady = m.Input("out_ready");

        var ready = m.Register("ready_q", 1);
        var spareValid = m.Register("spare_valid", 1);
        var valid = m.Register("valid_q", 1);
        var accept = m.Wire("accept", inValid & ready);
        var taken = m.Wire("taken", ~valid | outReady);
        var forget = m.Wire("forget", rst | flush);
        var spareStays = m.Wire("spare_stays", ~taken & (spareValid | accept));
        var spare = m.Register("spare", inData, ready);
        m.Drive(spareValid, spareStays, reset: forget);
        m.Drive(ready, ~spareStays, reset: forget);
        m.Drive(valid, (spareValid | accept) & ~flush, taken, rst);
        m.Output("in_ready", ready);
        m.Output("out_valid", valid);
        m.Output("out_data", m.Register("data_q", Expression.Mux(spareValid, spare, inData), taken));
        return m.Build();
    }
}
