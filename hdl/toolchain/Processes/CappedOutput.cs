using System.Text;

namespace HwSeed.Toolchain;

/// <summary>Keeps the first and the last half of a stream, so that a tool which prints without end costs no memory.
/// </summary>
internal sealed class CappedOutput(int capBytes)
{
    private readonly MemoryStream _head = new();
    private readonly byte[] _tail = new byte[Math.Max(1, capBytes / 2)];
    private readonly int _headLimit = Math.Max(1, capBytes - (capBytes / 2));
    private long _tailTotal;

    /// <summary>Reads to the end of the stream.</summary>
    public async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[16384];
        int count;
        while ((count = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            lock (_head)
            {
                Append(buffer.AsSpan(0, count));
            }
        }
    }

    /// <summary>What was kept so far, with a line that says how many bytes were left out.</summary>
    public override string ToString()
    {
        lock (_head)
        {
            var text = new StringBuilder(Encoding.UTF8.GetString(_head.GetBuffer(), 0, (int)_head.Length));
            if (_tailTotal > _tail.Length)
            {
                text.Append($"\n[... {_tailTotal - _tail.Length} bytes left out ...]\n");
                var start = (int)(_tailTotal % _tail.Length);
                text.Append(Encoding.UTF8.GetString([.. _tail[start..], .. _tail[..start]]));
            }
            else
            {
                text.Append(Encoding.UTF8.GetString(_tail, 0, (int)_tailTotal));
            }

            return text.ToString();
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var toHead = (int)Math.Min(bytes.Length, _headLimit - _head.Length);
        _head.Write(bytes[..toHead]);
        foreach (var b in bytes[toHead..])
        {
            _tail[_tailTotal++ % _tail.Length] = b;
        }
    }
}
