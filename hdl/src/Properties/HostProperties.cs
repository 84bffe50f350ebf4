using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// Statements about the parts that stand between a bus and an engine: streams keep their words and their rules, whatever both
/// sides do, and every access is answered once. Environment: the masters keep their own rules.
/// </summary>
public static class HostProperties
{
    private const int DataBits = 4;

    /// <summary>All harnesses; they are the same for every engine, and words are narrow: no part looks at what it carries.</summary>
    public static IReadOnlyList<PropertyHarness> All =>
    [
        Slice(), Queue(), Assembler(), AxiLite(), Wishbone(),
    ];

    private static PropertyHarness Slice()
    {
        var h = new HarnessBuilder("stream slice", "slice");
        var m = h.M;
        var (rst, flush) = (m.Input("rst"), m.Input("flush"));
        var monitor = new CarriedWord(h, DataBits, places: 2);
        var unit = m.Instance("unit", ModuleView.Show(StreamSlice.Module("slice", DataBits), "spare_valid", "valid_q"),
            ("rst", rst), ("flush", flush), ("in_valid", monitor.Offered), ("in_data", monitor.Word), ("out_ready", monitor.Taken));

        // After a flush only what was offered and not taken is left.
        h.Stream("output", unit["out_valid"], monitor.Taken, unit["out_data"], rst);
        var forgets = m.Wire("forgets", rst | flush);
        monitor.Follow(unit["in_ready"], unit["out_valid"], unit["out_data"], forgets, keepsOne: m.Wire("keeps", ~rst & unit["out_valid"] & ~monitor.Taken),
            held: Sum(unit[ModuleView.Shown("spare_valid")], unit[ModuleView.Shown("valid_q")]));
        return h.Build();
    }

    private static PropertyHarness Queue()
    {
        const int depth = 2;
        var h = new HarnessBuilder("stream queue", "queue");
        var m = h.M;
        var rst = m.Input("rst");
        var monitor = new CarriedWord(h, 1, places: depth + 1);
        var unit = m.Instance("unit", StreamQueue.Module("queue", 1, depth),
            ("rst", rst), ("in_valid", monitor.Offered), ("in_data", monitor.Word), ("out_ready", monitor.Taken));
        h.Stream("output", unit["out_valid"], monitor.Taken, unit["out_data"], rst);
        monitor.Follow(unit["in_ready"], unit["out_valid"], unit["out_data"], rst, null,
            held: Expression.ZeroExtend(unit["count"], CarriedWord.LevelBits) + Expression.ZeroExtend(unit["out_valid"], CarriedWord.LevelBits));
        return h.Build();
    }

    private static PropertyHarness Assembler()
    {
        const int words = 2;
        var h = new HarnessBuilder("word assembler", "assembler");
        var m = h.M;
        var (rst, valid, ready) = (m.Input("rst"), m.Input("in_valid"), m.Input("out_ready"));
        var data = m.Input("in_data", SocPorts.BusBits);
        var unit = m.Instance("unit", ModuleView.Show(WordAssembler.Module("assembler", words), "filled"),
            ("rst", rst), ("in_valid", valid), ("in_data", data), ("out_ready", ready));
        h.Stream("output", unit["out_valid"], ready, unit["out_data"], rst);

        // The two words that came last, and how many wait.
        var take = m.Wire("take", valid & unit["in_ready"] & ~rst);
        var last = m.Register("last_word", data, take);
        var before = m.Register("word_before", last, take);
        var second = m.Register("second", 1);
        m.Drive(second, ~second, take, rst);
        var due = h.Flag("due", take & second, ready, rst);
        h.Always("valid", "a wide word is offered exactly when all its words came", Expression.Equal(unit["out_valid"], due));
        h.Always("words", "it holds its words, the first of them lowest",
            HarnessBuilder.EqualWhen(due, unit["out_data"], Expression.Concat(last, before)));
        return h.Build();
    }

    private static PropertyHarness AxiLite()
    {
        var h = new HarnessBuilder("AXI4-Lite slave", "axi_lite");
        var m = h.M;
        var rst = m.Input("rst");
        var aw = Master(m, "aw", AxiLiteSlave.AddressBits, rst);
        var w = Master(m, "w", SocPorts.BusBits, rst);
        var ar = Master(m, "ar", AxiLiteSlave.AddressBits, rst);
        var (bReady, rReady) = (m.Input("bready"), m.Input("rready"));
        var unit = m.Instance("unit", AxiLiteSlave.Module(),
            ("rst", rst), ("awvalid", aw.Valid), ("awaddr", aw.Data), ("wvalid", w.Valid), ("wdata", w.Data), ("wstrb", m.Input("wstrb", 4)), ("bready", bReady),
            ("arvalid", ar.Valid), ("araddr", ar.Data), ("rready", rReady), ("write_error", m.Input("write_error")), ("read_error", m.Input("read_error")),
            ("read_data", m.Input("read_data", SocPorts.BusBits)));
        h.Stream("write_answer", unit["bvalid"], bReady, unit["bresp"], rst);
        h.Stream("read_answer", unit["rvalid"], rReady, Expression.Concat(unit["rresp"], unit["rdata"]), rst);

        // What was accepted and not carried out yet, one of each at most; an answer for each that was.
        var owedAddress = Owed("aw", aw.Valid & unit["awready"], unit["write"]);
        var owedData = Owed("w", w.Valid & unit["wready"], unit["write"]);
        var owedRead = Owed("ar", ar.Valid & unit["arready"], unit["read"]);
        var response = h.Flag("response", unit["write"], bReady, rst);
        var readResponse = h.Flag("read_response", unit["read"], rReady, rst);
        h.Never("write", "a write is carried out only with its address and its data", unit["write"] & ~(owedAddress & owedData));
        h.Never("read", "a read is carried out only with its address", unit["read"] & ~owedRead);
        h.Always("b", "each write that was carried out is answered once, and nothing else is", Expression.Equal(unit["bvalid"], response));
        h.Always("r", "each read that was carried out is answered once, and nothing else is", Expression.Equal(unit["rvalid"], readResponse));
        h.Never("lost_answer", "no access is carried out while the answer before it has no way out",
            (unit["write"] & response & ~bReady) | (unit["read"] & readResponse & ~rReady));
        var address = m.Register("aw_came", aw.Data, aw.Valid & unit["awready"]);
        var data = m.Register("w_came", w.Data, w.Valid & unit["wready"]);
        var from = m.Register("ar_came", ar.Data, ar.Valid & unit["arready"]);
        h.Always("address", "accesses carry the address and data that came",
            HarnessBuilder.EqualWhen(unit["write"], unit["write_address"], address[2, SocPorts.WordAddressBits])
            & HarnessBuilder.EqualWhen(unit["write"], unit["write_data"], data)
            & HarnessBuilder.EqualWhen(unit["read"], unit["read_address"], from[2, SocPorts.WordAddressBits]));
        return h.Build();

        Expression Owed(string name, Expression comes, Expression done)
        {
            var owed = h.Flag($"{name}_owed", comes, done, rst);
            h.Never($"{name}_twice", $"{name}: nothing is accepted while one is held", comes & owed & ~rst);
            return owed;
        }
    }

    private static PropertyHarness Wishbone()
    {
        var h = new HarnessBuilder("Wishbone slave", "wishbone");
        var m = h.M;
        var (rst, cyc, stb, we) = (m.Input("rst"), m.Input("cyc"), m.Input("stb"), m.Input("we"));
        var (commandReady, dataReady, resultValid) = (m.Input("command_ready"), m.Input("data_ready"), m.Input("result_valid"));
        var unit = m.Instance("unit", WishboneSlave.Module(),
            ("rst", rst), ("cyc", cyc), ("stb", stb), ("we", we), ("adr", m.Input("adr", SocPorts.WordAddressBits)), ("sel", m.Input("sel", 4)),
            ("dat", m.Input("dat", SocPorts.BusBits)), ("write_error", m.Input("write_error")), ("read_error", m.Input("read_error")),
            ("read_data", m.Input("read_data", SocPorts.BusBits)), ("command_ready", commandReady), ("data_ready", dataReady),
            ("result_valid", resultValid), ("result", m.Input("result", SocPorts.BusBits)));
        var accept = m.Wire("accept", cyc & stb & ~unit["stall"] & ~rst);
        var ends = m.Wire("ends", ~cyc | rst);

        // The request that was accepted last waits or is carried out, which the next edge answers.
        var waiting = m.Register("waiting", 1);
        m.Drive(waiting, accept | (waiting & unit["stall"]), reset: ends);
        var carried = m.Wire("carried", waiting & cyc & ~unit["stall"]);
        var answer = m.Register("answer", carried, reset: rst);
        h.Always("answer", "each request that is carried out is answered on the next edge, by one of ack and err, and nothing else is",
            Expression.Equal(answer, unit["ack"] | unit["err"]) & ~(unit["ack"] & unit["err"]));
        h.Never("stall", "nothing stalls without a request", unit["stall"] & ~waiting);
        h.Never("idle", "no register and no queue is touched without a request",
            (unit["write"] | unit["read"] | unit["command_push"] | unit["data_push"] | unit["result_take"]) & ~carried);
        h.Never("overrun", "no word is pushed to a queue that is not ready, or taken from one that has none",
            (unit["command_push"] & ~commandReady) | (unit["data_push"] & ~dataReady) | (unit["result_take"] & ~resultValid));
        h.Never("two", "a request does one thing", Two(unit["write"], unit["read"], unit["command_push"], unit["data_push"], unit["result_take"]));
        var moved = m.Register("moved", unit["command_push"] | unit["data_push"] | unit["result_take"], reset: rst);
        h.Never("lost", "a word that moves is acknowledged", moved & ~unit["ack"]);
        return h.Build();

        Expression Two(params Expression[] things)
        {
            Expression any = Expression.FromInteger(0, 1), two = Expression.FromInteger(0, 1);
            foreach (var (i, thing) in things.Index())
            {
                two = m.Wire($"two_{i}", two | (any & thing));
                any = m.Wire($"any_{i}", any | thing);
            }

            return two;
        }
    }

    /// <summary>A master that keeps the rules of AXI: what it offers stays until it is taken. All its words are free.</summary>
    private static (Expression Valid, Expression Data) Master(ModuleBuilder m, string name, int width, Expression rst)
    {
        var ready = new Reference($"unit_{name}ready", 1);
        var valid = new Reference($"{name}_offers", 1);
        var waited = m.Register($"{name}_waits", valid & ~ready, reset: rst);
        var data = new Reference($"{name}_word", width);
        var before = m.Register($"{name}_word_before", data);
        m.Wire(data.Name, Expression.Mux(waited, before, m.Input($"{name}_free", width)));
        m.Wire(valid.Name, waited | m.Input($"{name}_may"));
        return (valid, data);
    }

    private static Expression Sum(Expression a, Expression b) =>
        Expression.ZeroExtend(a, CarriedWord.LevelBits) + Expression.ZeroExtend(b, CarriedWord.LevelBits);
}
