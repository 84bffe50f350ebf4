using System.IO.Compression;
using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Traces.Fst;

/// <summary>
/// Writes a waveform as an FST file, the compressed format of GTKWave and Surfer (sim/docs/waves.md has its layout).
/// Changes are kept in memory for one block and then written, so memory does not grow with the run; hierarchy and
/// geometry come first, and the header is brought up to date after each block, so a file of a broken run can be read.
/// </summary>
public sealed class FstWriter : IWaveSink
{
    private const int HeaderLength = 329;
    private const byte HeaderBlock = 0;
    private const byte GeometryBlock = 3;
    private const byte HierarchyBlock = 4;

    private readonly Stream _stream;
    private readonly int _blockBytes;
    private FstBlock? _block;
    private (int Scopes, int Signals) _counts;
    private long _blocks;
    private long _first = -1;
    private long _time;

    /// <summary>A writer to a file or other stream that can seek.</summary>
    /// <param name="stream">Where to; disposed with this.</param>
    /// <param name="blockBytes">Bytes of changes after which a block is written.</param>
    public FstWriter(Stream stream, int blockBytes = 8 << 20)
    {
        if (!stream.CanSeek)
        {
            throw new ArgumentException("an FST file's header is written again as it grows: the stream must seek");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(blockBytes, 1);
        (_stream, _blockBytes) = (stream, blockBytes);
    }

    /// <inheritdoc/>
    public void Begin(string top, IReadOnlyList<WaveSignal> signals)
    {
        var hierarchy = new FstBytes();
        var order = new List<int>();
        var scopes = 0;
        WriteScope(WaveScope.Of(top, signals));
        _counts = (scopes, signals.Count);
        _block = new([.. order.Select(s => signals[s].Width)], Inverse(order));
        WriteHeader();

        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(hierarchy.Written);
        }

        var block = new FstBytes();
        block.Byte(HierarchyBlock);
        block.Word(16 + packed.Length);
        block.Word(hierarchy.Length);
        _stream.Write(block.Written);
        packed.WriteTo(_stream);

        var geometry = new FstBytes();
        order.ForEach(s => geometry.Varint((ulong)signals[s].Width));
        var widths = FstBytes.Packed(geometry.Written);
        block.Clear();
        block.Byte(GeometryBlock);
        block.Word(24 + widths.Length);
        block.Word(geometry.Length);
        block.Word(signals.Count);
        _stream.Write(block.Written);
        _stream.Write(widths.Span);

        void WriteScope(WaveScope scope)
        {
            const byte scopeBegins = 254, scopeEnds = 255, module = 0, register = 5, wire = 16;
            scopes++;
            hierarchy.Byte(scopeBegins);
            hierarchy.Byte(module);
            hierarchy.Text(scope.Name);
            hierarchy.Text("");
            foreach (var signal in scope.Signals)
            {
                order.Add(signal);
                hierarchy.Byte(signals[signal].IsState ? register : wire);
                hierarchy.Byte(signals[signal].Direction switch { PortDirection.Input => 1, PortDirection.Output => 2, _ => 0 });
                hierarchy.Text(signals[signal].Declaration);
                hierarchy.Varint((ulong)signals[signal].Width);
                hierarchy.Varint(0);
            }

            scope.Children.ForEach(WriteScope);
            hierarchy.Byte(scopeEnds);
        }
    }

    /// <inheritdoc/>
    public void Advance(long time)
    {
        _first = _first < 0 ? time : _first;
        if (_block!.Bytes >= _blockBytes)
        {
            WriteBlock();
        }

        _time = time;
        _block.Advance(time);
    }

    /// <inheritdoc/>
    public void Change(int signal, ReadOnlySpan<ulong> value) => _block!.Change(signal, value);

    /// <inheritdoc/>
    public void End(long time)
    {
        if (time > _time)
        {
            Advance(time);
        }

        WriteBlock();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void WriteBlock()
    {
        if (_block!.WriteTo(_stream))
        {
            _blocks++;
            WriteHeader();
        }
    }

    private void WriteHeader()
    {
        var header = new FstBytes();
        header.Byte(HeaderBlock);
        header.Word(HeaderLength);
        header.Word(Math.Max(_first, 0));
        header.Word(_time);
        // By this number a reader knows the byte order of real values.
        header.Bytes(BitConverter.GetBytes(Math.E));
        header.Word(_blockBytes);
        header.Word(_counts.Scopes);
        header.Word(_counts.Signals);
        header.Word(_counts.Signals);
        header.Word(_blocks);
        header.Byte(unchecked((byte)-9));
        header.Bytes(Padded("HwSeed", 128));
        header.Bytes(Padded("", 119));
        header.Byte(0);
        header.Word(0);
        _stream.Position = 0;
        _stream.Write(header.Written);
        _stream.Seek(0, SeekOrigin.End);
    }

    private static byte[] Padded(string text, int length)
    {
        var bytes = new byte[length];
        Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }

    private static int[] Inverse(List<int> order)
    {
        var inverse = new int[order.Count];
        for (var place = 0; place < order.Count; place++)
        {
            inverse[order[place]] = place;
        }

        return inverse;
    }
}
