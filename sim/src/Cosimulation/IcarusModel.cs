using System.Diagnostics;
using System.Globalization;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Cosimulation;

/// <summary>A design from its Verilog files as Icarus has it: four-state, what is unknown is not compared.</summary>
public sealed class IcarusModel : ReferenceModel
{
    private readonly VerilogSources _sources;

    private IcarusModel(CosimTop top, VerilogSources sources, string directory)
        : base("Icarus", top, directory) => _sources = sources;

    /// <summary>Prepares the model; needs Icarus. HW1082: ports that are unpacked arrays.</summary>
    public static Checked<IcarusModel> Prepare(CosimTop top, VerilogSources sources, IEnumerable<DataFile> dataFiles, string workDirectory)
    {
        if (!IcarusBench.Fits(top))
        {
            return Checked.Fail<IcarusModel>(CosimDiagnostics.ArrayPorts(top.Name));
        }

        DataFile.CopyTo(workDirectory, dataFiles);
        return Checked.Ok(new IcarusModel(top, sources, Path.GetFullPath(workDirectory)));
    }

    private protected override async Task<(ToolRun? Run, ReferenceRun? Result, string Problem)> RunAsync(
        RandomStimulus stimulus, long steps, string stimulusPath, string resultPath, UInt128 nonce, TimeSpan limit, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        IcarusBench.WriteStimulus(stimulusPath, Top, stimulus, steps);
        var bench = IcarusBench.Write(Top, _sources.Parameters, steps, Path.GetFileName(stimulusPath), Path.GetFileName(resultPath), nonce);
        var built = await Icarus.BuildAsync(
            Directory, _sources with { Parameters = [] }, IcarusBench.Module, bench, limit, cancellation).ConfigureAwait(false);
        if (!built.IsOk)
        {
            return (null, null, built.Diagnostics[0].Message);
        }

        var run = await Icarus.RunAsync(built.Value, limit, cancellation).ConfigureAwait(false);
        var mark = nonce.ToString("x32", CultureInfo.InvariantCulture);
        return !run.Succeeded ? (run, null, "the bench did not end")
            : !File.Exists(resultPath) ? (run, null, "the bench wrote no result file")
            : File.ReadLines(resultPath).FirstOrDefault() != mark || File.ReadLines(resultPath).LongCount() != steps + 2 || File.ReadLines(resultPath).Last() != mark
                ? (run, null, "the result file is not whole or bears another nonce")
                : (run, new Lines(Top, resultPath, clock.Elapsed), "");
    }

    private sealed class Lines : ReferenceRun
    {
        private readonly CosimTop _top;
        private readonly StreamReader _reader;

        public Lines(CosimTop top, string path, TimeSpan runTime)
            : base(path, runTime)
        {
            (_top, _reader) = (top, new(path));
            _ = _reader.ReadLine();
        }

        public override void Read(Span<ulong> values, Span<ulong> known)
        {
            values.Clear();
            known.Clear();
            var line = _reader.ReadLine() ?? throw new EndOfStreamException();
            var (digit, word) = (line.Length - 1, 0);
            foreach (var port in _top.Compared)
            {
                for (var bit = 0; bit < port.Width; bit++, digit--)
                {
                    var mask = 1UL << (bit % 64);
                    values[word + (bit / 64)] |= line[digit] == '1' ? mask : 0;
                    known[word + (bit / 64)] |= line[digit] is '0' or '1' ? mask : 0;
                }

                word += port.Limbs;
            }
        }

        private protected override void Close() => _reader.Dispose();
    }
}
