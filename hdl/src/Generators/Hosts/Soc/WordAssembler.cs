using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>Makes a wide word of several 32-bit ones, the first of them lowest; takes one a cycle.</summary>
internal static class WordAssembler
{
    public static Module Module(string name, int words)
    {
        var m = new ModuleBuilder(name);
        var rst = m.Input("rst");
        var inValid = m.Input("in_valid");
        var inData = m.Input("in_data", SocPorts.BusBits);
        var outReady = m.Input("out_ready");

        var valid = m.Register("valid_q", 1);
        var ready = m.Wire("ready", ~valid | outReady);
        var take = m.Wire("take", inValid & ready);
        var completes = take;
        if (words > 1)
        {
            var filled = m.Register("filled", EngineSizes.AddressBits(words));
            completes = m.Wire("completes", take & Expression.Equal(filled, words - 1));
            m.Drive(filled, filled + Expression.FromInteger(1, filled.Width), take, rst | completes);
        }

        m.Drive(valid, completes, completes | outReady, rst);
        var word = m.Register("word_q", SocPorts.BusBits * words);
        m.Drive(word, words == 1 ? inData : Expression.Concat(inData, word[SocPorts.BusBits, SocPorts.BusBits * (words - 1)]), take);
        m.Output("in_ready", ready);
        m.Output("out_valid", valid);
        m.Output("out_data", word);
        return m.Build();
    }
}
