using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>
/// A Wishbone B4 slave (pipelined) in front of registers and of three queues. A request is held in registers and answered, by a
/// registered acknowledge or error, on the edge behind the one at which it could be done; <c>stall</c> is high while the one that
/// is held has to wait for a queue, and comes from registers alone. When <c>cyc</c> falls, the request that is held is dropped.
/// </summary>
internal static class WishboneSlave
{
    public static Module Module()
    {
        var m = new ModuleBuilder("wishbone_slave");
        var rst = m.Input("rst");
        var cyc = m.Input("cyc");
        var stb = m.Input("stb");
        var we = m.Input("we");
        var adr = m.Input("adr", SocPorts.WordAddressBits);
        var sel = m.Input("sel", SocPorts.BusBits / 8);
        var dat = m.Input("dat", SocPorts.BusBits);
        var writeError = m.Input("write_error");
        var readError = m.Input("read_error");
        var readData = m.Input("read_data", SocPorts.BusBits);
        var commandReady = m.Input("command_ready");
        var dataReady = m.Input("data_ready");
        var resultValid = m.Input("result_valid");
        var result = m.Input("result", SocPorts.BusBits);

        var stall = new Reference("stall_now", 1);
        var accept = m.Wire("accept", cyc & stb & ~stall);
        var isWrite = m.Register("is_write", we, accept);
        var address = m.Register("address", adr, accept);
        var bytes = m.Register("bytes", sel, accept);
        var data = m.Register("data", dat, accept);
        var whole = m.Register("is_whole", Expression.ReduceAnd(sel), accept);
        var command = Window("is_command", RegisterMap.CommandWindow, we);
        var operands = Window("is_data", RegisterMap.DataWindow, we);
        var results = Window("is_result", RegisterMap.ResultWindow, ~we);

        var valid = m.Register("valid_q", 1);
        var waits = m.Wire("waits", (command & whole & ~commandReady) | (operands & whole & ~dataReady) | (results & ~resultValid));
        m.Wire("stall_now", valid & waits);
        var execute = m.Wire("execute", valid & cyc & ~waits);
        m.Drive(valid, cyc & (stb | stall), reset: rst);
        var push = m.Wire("pushes", execute & whole);
        var window = m.Wire("in_window", command | operands | results);
        var error = m.Wire("error", Expression.Mux(window, ~(whole | results), Expression.Mux(isWrite, writeError, readError)));

        m.Output("stall", stall);
        m.Output("ack", m.Register("ack_q", execute & ~error, reset: rst));
        m.Output("err", m.Register("err_q", execute & error, reset: rst));
        m.Output("dat_out", m.Register("dat_q", Expression.Mux(results, result, readData), execute));
        m.Output("write", execute & ~window & isWrite);
        m.Output("read", execute & ~window & ~isWrite);
        m.Output("address_out", address);
        m.Output("write_data", data);
        m.Output("write_bytes", bytes);
        m.Output("command_push", push & command);
        m.Output("data_push", push & operands);
        m.Output("result_take", execute & results);
        return m.Build();

        Expression Window(string name, int offset, Expression direction)
        {
            var (low, words) = (EngineSizes.AddressBits(RegisterMap.WindowBytes / 4), offset / RegisterMap.WindowBytes);
            return m.Register(name, direction & Expression.Equal(adr[low, adr.Width - low], words), accept);
        }
    }
}
