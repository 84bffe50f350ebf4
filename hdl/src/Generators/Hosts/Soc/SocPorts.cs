using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>
/// Engines with the buses that systems on chip have: AXI4-Lite and AXI4-Stream, or Wishbone. Each is a new top around
/// <c>gemm_engine</c>, which stays as it is; hdl/docs/hosts.md has ports, registers and what is guaranteed.
/// </summary>
public static class SocPorts
{
    /// <summary>Name of the top module with AXI.</summary>
    public const string AxiTop = "axi_engine";

    /// <summary>Name of the top module with Wishbone.</summary>
    public const string WishboneTop = "wishbone_engine";

    /// <summary>Bits of a register.</summary>
    public const int BusBits = 32;

    /// <summary>Bits of a word address: 4 KiB.</summary>
    public const int WordAddressBits = 10;

    /// <summary>Words of each queue behind Wishbone.</summary>
    public const int QueueWords = 256;

    /// <summary>Bits of <c>s_axis_data_tdata</c>: an operand beat in whole bytes.</summary>
    public static int BeatStreamBits(Architecture architecture) => 8 * HostProtocol.BeatBytes(architecture);

    /// <summary>Wishbone words of an operand beat.</summary>
    public static int BeatWords(Architecture architecture) => (architecture.InputStreamBits + BusBits - 1) / BusBits;

    /// <summary>
    /// An engine with AXI4-Lite registers (<c>s_axi</c>), AXI4-Stream slaves for commands (<c>s_axis_cmd</c>, 64 bits) and operand
    /// beats (<c>s_axis_data</c>), and a master for results (<c>m_axis_result</c>, 32 bits). Reset is <c>aresetn</c>, synchronous.
    /// </summary>
    /// <param name="architecture">The engine; an illegal one gives its violations, HW1113 one whose results are too wide.</param>
    /// <param name="identity">What the register IDENTITY holds.</param>
    public static Checked<Design> Axi(Architecture architecture, uint identity = 0) =>
        HostedEngine.Generate(architecture).Then(engine =>
        {
            var m = new ModuleBuilder(AxiTop);
            var rst = m.Wire("rst", ~m.Input("aresetn"));
            var reset = new Reference("core_reset", 1);
            var slave = m.Instance("registers", AxiLiteSlave.Module(),
                ("rst", rst), ("awvalid", m.Input("s_axi_awvalid")), ("awaddr", m.Input("s_axi_awaddr", AxiLiteSlave.AddressBits)),
                ("wvalid", m.Input("s_axi_wvalid")), ("wdata", m.Input("s_axi_wdata", BusBits)), ("wstrb", m.Input("s_axi_wstrb", BusBits / 8)),
                ("bready", m.Input("s_axi_bready")), ("arvalid", m.Input("s_axi_arvalid")),
                ("araddr", m.Input("s_axi_araddr", AxiLiteSlave.AddressBits)), ("rready", m.Input("s_axi_rready")),
                ("write_error", new Reference("core_write_error", 1)), ("read_error", new Reference("core_read_error", 1)),
                ("read_data", new Reference("core_read_data", BusBits)));
            var commands = Incoming("cmd", 64, 64);
            var beats = Incoming("data", BeatStreamBits(architecture), architecture.InputStreamBits);
            var core = m.Instance("core", CountedEngine.Module(architecture, engine.Top, identity), [
                ("rst", rst), ("cmd_valid", commands["out_valid"]), ("cmd_data", commands["out_data"]),
                ("in_valid", beats["out_valid"]), ("in_data", beats["out_data"]), ("out_ready", new Reference("result_slice_in_ready", 1)),
                .. Bus(slave, "write_address", "read_address")]);
            var results = m.Instance("result_slice", StreamSlice.Module("result_slice", CountedEngine.ResultBits + 1),
                ("rst", rst), ("flush", reset), ("in_valid", core["out_valid"]),
                ("in_data", Expression.Concat(core["out_last"], core["out_data"])), ("out_ready", m.Input("m_axis_result_tready")));
            foreach (var output in new[] { "awready", "wready", "bvalid", "bresp", "arready", "rvalid", "rdata", "rresp" })
            {
                m.Output($"s_axi_{output}", slave[output]);
            }

            m.Output("s_axis_cmd_tready", commands["in_ready"]);
            m.Output("s_axis_data_tready", beats["in_ready"]);
            m.Output("m_axis_result_tvalid", results["out_valid"]);
            m.Output("m_axis_result_tdata", results["out_data"][0, CountedEngine.ResultBits]);
            m.Output("m_axis_result_tlast", results["out_data"][CountedEngine.ResultBits, 1]);
            return Checked.Ok(new Design(m.Build()));

            // TLAST of what comes in means nothing: commands say how many beats there are.
            IReadOnlyDictionary<string, Expression> Incoming(string name, int bits, int used)
            {
                var (valid, data) = (m.Input($"s_axis_{name}_tvalid"), m.Input($"s_axis_{name}_tdata", bits));
                var last = m.Input($"s_axis_{name}_tlast");
                m.Wire($"unused_{name}", bits == used ? last : Expression.Concat(last, data[used, bits - used]));
                return m.Instance($"{name}_slice", StreamSlice.Module($"{name}_slice", used),
                    ("rst", reset), ("flush", reset), ("in_valid", valid), ("in_data", data[0, used]),
                    ("out_ready", new Reference($"core_{(name == "cmd" ? "cmd" : "in")}_ready", 1)));
            }
        });

    /// <summary>
    /// An engine behind a Wishbone B4 slave (pipelined, 32 bits, word addresses): registers, and windows on queues of commands, operand
    /// beats and results. Ports: rst, wb_cyc_i, wb_stb_i, wb_we_i, wb_adr_i, wb_sel_i, wb_dat_i; wb_stall_o, wb_ack_o, wb_err_o, wb_dat_o.
    /// </summary>
    /// <param name="architecture">The engine; an illegal one gives its violations, HW1113 one whose results are too wide.</param>
    /// <param name="identity">What the register IDENTITY holds.</param>
    public static Checked<Design> Wishbone(Architecture architecture, uint identity = 0) =>
        HostedEngine.Generate(architecture).Then(engine =>
        {
            var m = new ModuleBuilder(WishboneTop);
            var rst = m.Input("rst");
            var reset = new Reference("core_reset", 1);
            var levelBits = EngineSizes.AddressBits(QueueWords) + 1;
            var slave = m.Instance("bus", WishboneSlave.Module(),
                ("rst", rst), ("cyc", m.Input("wb_cyc_i")), ("stb", m.Input("wb_stb_i")), ("we", m.Input("wb_we_i")),
                ("adr", m.Input("wb_adr_i", WordAddressBits)), ("sel", m.Input("wb_sel_i", BusBits / 8)), ("dat", m.Input("wb_dat_i", BusBits)),
                ("write_error", new Reference("core_write_error", 1)), ("read_error", new Reference("core_read_error", 1)),
                ("read_data", new Reference("core_read_data", BusBits)), ("command_ready", new Reference("command_words_in_ready", 1)),
                ("data_ready", new Reference("data_words_in_ready", 1)), ("result_valid", new Reference("results_out_valid", 1)),
                ("result", new Reference("results_out_data", BusBits)));
            var word = StreamQueue.Module("word_queue", BusBits, QueueWords);
            var (commands, commandSpace) = Incoming("command", slave["command_push"], 64, "core_cmd_ready");
            var (beats, dataSpace) = Incoming("data", slave["data_push"], architecture.InputStreamBits, "core_in_ready");
            var results = m.Instance("results", word,
                ("rst", reset), ("in_valid", new Reference("core_out_valid", 1)), ("in_data", new Reference("core_out_data", BusBits)),
                ("out_ready", slave["result_take"]));
            (string Name, int Offset, int Width)[] levels =
            [
                ("command_space", RegisterMap.CommandSpace, levelBits), ("data_space", RegisterMap.DataSpace, levelBits),
                ("result_count", RegisterMap.ResultCount, levelBits),
            ];
            var core = m.Instance("core", CountedEngine.Module(architecture, engine.Top, identity, levels), [
                ("rst", rst), ("cmd_valid", commands["out_valid"]), ("cmd_data", commands["out_data"]),
                ("in_valid", beats["out_valid"]), ("in_data", beats["out_data"][0, architecture.InputStreamBits]), ("out_ready", results["in_ready"]),
                ("command_space", commandSpace), ("data_space", dataSpace),
                ("result_count", m.Wire("result_count", results["count"] + Expression.ZeroExtend(results["out_valid"], levelBits))),
                .. Bus(slave, "address_out", "address_out")]);
            var spare = (BusBits * BeatWords(architecture)) - architecture.InputStreamBits;
            m.Wire("unused_outputs", spare == 0
                ? core["out_last"] : Expression.Concat(core["out_last"], beats["out_data"][architecture.InputStreamBits, spare]));
            m.Output("wb_stall_o", slave["stall"]);
            m.Output("wb_ack_o", slave["ack"]);
            m.Output("wb_err_o", slave["err"]);
            m.Output("wb_dat_o", slave["dat_out"]);
            return Checked.Ok(new Design(m.Build()));

            (IReadOnlyDictionary<string, Expression> Words, Expression Space) Incoming(string name, Expression push, int bits, string ready)
            {
                var words = (bits + BusBits - 1) / BusBits;
                var queue = m.Instance($"{name}_words", word,
                    ("rst", reset), ("in_valid", push), ("in_data", slave["write_data"]), ("out_ready", new Reference($"{name}_wide_in_ready", 1)));
                var wide = m.Instance($"{name}_wide", WordAssembler.Module($"{name}_assembler", words),
                    ("rst", reset), ("in_valid", queue["out_valid"]), ("in_data", queue["out_data"]), ("out_ready", new Reference(ready, 1)));
                return (wide, m.Wire($"{name}_space", Expression.Mux(
                    reset, Expression.FromInteger(0, levelBits), Expression.FromInteger(QueueWords, levelBits) - queue["count"])));
            }
        });

    private static (string, Expression)[] Bus(IReadOnlyDictionary<string, Expression> slave, string writeAddress, string readAddress) =>
    [
        ("write", slave["write"]), ("write_address", slave[writeAddress]), ("write_data", slave["write_data"]),
        ("write_bytes", slave["write_bytes"]), ("read", slave["read"]), ("read_address", slave[readAddress]),
    ];
}
