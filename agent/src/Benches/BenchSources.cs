namespace HwSeed.Agent.Benches;

/// <summary>The Verilog that benches read, from sim/bench/verilog.</summary>
internal static class BenchSources
{
    /// <summary>The text of a file.</summary>
    public static string Read(string file)
    {
        using var stream = typeof(BenchSources).Assembly.GetManifestResourceStream($"HwSeed.Agent.Benches.{file}")
            ?? throw new FileNotFoundException($"no bench source '{file}'");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
