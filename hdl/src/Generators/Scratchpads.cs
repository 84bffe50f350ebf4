using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>A memory with one write and one synchronous read port, as block RAM has.</summary>
internal static class Scratchpads
{
    public static Module Module(string name, int width, int depth)
    {
        var m = new ModuleBuilder(name);
        var address = EngineSizes.AddressBits(depth);
        var write = m.Input("write");
        var writeAddress = m.Input("write_address", address);
        var data = m.Input("write_data", width);
        var read = m.Input("read");
        var readAddress = m.Input("read_address", address);
        var word = m.Memory("words", width, depth, new(write, writeAddress, data), new MemoryRead("word_q", readAddress, read))[0];
        m.Output("word", word);
        return m.Build();
    }
}
