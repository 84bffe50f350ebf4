using System.Diagnostics;
using System.Globalization;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim;
using MathNet.Numerics.Statistics;

namespace HwSeed.Agent.Benches;

/// <summary>A design in Verilog text under one open loop, here and in Verilator, run in turn; checksums have to agree.</summary>
/// <param name="Name">What is raced.</param>
/// <param name="Top">The top module; its clock is <c>clk</c>.</param>
/// <param name="Text">The text that both sides read.</param>
/// <param name="Random">Inputs with fresh random words in every cycle.</param>
/// <param name="Pulse">The input that is high in the first cycle of each period.</param>
/// <param name="Period">Cycles, a power of two.</param>
/// <param name="Outputs">Outputs that are read in every cycle.</param>
/// <param name="Cycles">Cycles of a timed run.</param>
/// <param name="Files">Files that the text reads, by name.</param>
internal sealed record VerilogRace(
    string Name, string Top, string Text, string[] Random, string Pulse, int Period, string[] Outputs, long Cycles,
    IReadOnlyDictionary<string, string> Files)
{
    public VerilogRace(
        string name, string top, string text, string[] random, string pulse, int period, string[] outputs, long cycles,
        params IEnumerable<(string Name, string Text)> files)
        : this(name, top, text, random, pulse, period, outputs, cycles, files.ToDictionary(f => f.Name, f => f.Text))
    {
    }

    /// <summary>Our simulator and its loop, read from the text.</summary>
    public Checked<CompiledRace> Compile(string folder)
    {
        WriteFiles(Directory.CreateDirectory(folder).FullName);
        var clock = Stopwatch.StartNew();
        return VerilogReader.ReadText(Text, $"{Top}.v", bind: new() { Top = Top, BaseDirectory = folder })
            .Then(read => Simulator.Compile(read.Design)).Then(simulator =>
            {
                var loop = new OpenLoop(
                    simulator.Port("clk"), [.. Random.Select(simulator.Port)], simulator.Port(Pulse), Period, [.. Outputs.Select(simulator.Port)]);
                loop.Run(simulator, 1);
                return Checked.Ok(new CompiledRace(simulator, loop, clock.Elapsed.TotalSeconds));
            });
    }

    /// <summary>Both sides in turn: cycles a second, and the time until the first cycle.</summary>
    public async Task<Checked<IReadOnlyList<BenchRow>>> RunAsync(int runs, string folder, CancellationToken cancellation)
    {
        var compiled = Compile(folder);
        if (!compiled.IsOk)
        {
            return Checked.Fail<IReadOnlyList<BenchRow>>(compiled.Diagnostics);
        }

        var (simulator, loop, firstCycle) = compiled.Value;
        var argument = Cycles.ToString(CultureInfo.InvariantCulture);
        var built = await VerilatorOpponent.BuildAsync(
            folder, Text, Top, loop.WriteCpp(), (argument, WriteFiles), cancellation).ConfigureAwait(false);
        if (!built.IsOk)
        {
            return Checked.Fail<IReadOnlyList<BenchRow>>(built.Diagnostics);
        }

        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var run = -1; run < runs; run++)
        {
            var (seconds, checksum) = loop.Run(simulator, Cycles);
            var other = await built.Value.RunAsync(argument, cancellation).ConfigureAwait(false);
            if (checksum != other.Checksum)
            {
                throw new InvalidOperationException($"{Name}: checksum {checksum:x} here, {other.Checksum:x} in Verilator");
            }

            if (run >= 0)
            {
                ours.Add(Cycles / seconds / 1e6);
                theirs.Add(Cycles / other.Seconds / 1e6);
            }
        }

        var (fast, slow) = (ours.Median(), theirs.Median());
        return Checked.Ok<IReadOnlyList<BenchRow>>(
        [
            new(Name, "Mcycles/s", fast, slow, built.Value.Name, fast / slow, runs),
            new($"{Name}: text to first cycle", "s", firstCycle, built.Value.BuildSeconds, built.Value.Name,
                built.Value.BuildSeconds / firstCycle, 1),
        ]);
    }

    private void WriteFiles(string folder)
    {
        foreach (var (name, text) in Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}

/// <summary>Our side of a race.</summary>
/// <param name="Simulator">The compiled design.</param>
/// <param name="Loop">What drives it.</param>
/// <param name="FirstCycleSeconds">From the text to the first cycle.</param>
internal sealed record CompiledRace(Simulator Simulator, OpenLoop Loop, double FirstCycleSeconds);
