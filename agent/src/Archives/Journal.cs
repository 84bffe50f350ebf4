using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HwSeed.Agent.Evaluations;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Archives;

/// <summary>One event of a run.</summary>
/// <param name="Seq">Position in the journal, from 1.</param>
/// <param name="Prev">SHA-256 of the line before it, without its line feed; zeros before the first.</param>
/// <param name="Event">What happened, as <c>generation</c>.</param>
/// <param name="Data">What belongs to it.</param>
public sealed record JournalEvent(int Seq, string Prev, string Event, JsonElement Data);

/// <summary>A journal whose chain holds.</summary>
/// <param name="Events">The events in order.</param>
/// <param name="Head">SHA-256 of the last line.</param>
/// <param name="WholeBytes">Bytes up to the last whole line.</param>
public sealed record JournalContent(EquatableArray<JournalEvent> Events, string Head, long WholeBytes);

/// <summary>
/// What happened in a run, one event a line, append-only. Each line holds the SHA-256 of the line before it, and each
/// is on the disk before the run goes on: after a kill the journal holds every event but perhaps the last.
/// </summary>
public sealed class Journal : IDisposable
{
    private static readonly string Origin = new('0', 64);
    private readonly FileStream _stream;
    private int _count;

    private Journal(FileStream stream, JournalContent content) =>
        (_stream, _count, Head) = (stream, content.Events.Count, content.Head);

    /// <summary>Number of events.</summary>
    public int Count => _count;

    /// <summary>SHA-256 of the last line: whoever keeps it can tell whether the journal was rewritten as a whole.</summary>
    public string Head { get; private set; }

    /// <summary>
    /// Opens or starts a journal; an incomplete last line is cut off, a broken chain is refused. One writer at a time:
    /// the caller holds the run's <see cref="RunLock"/>.
    /// </summary>
    /// <param name="path">The file.</param>
    public static Checked<Journal> Open(string path)
    {
        var content = File.Exists(path) ? Verify(path) : Checked.Ok(new JournalContent([], Origin, 0));
        return content.Then(whole =>
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            stream.SetLength(whole.WholeBytes);
            stream.Seek(0, SeekOrigin.End);
            return Checked.Ok(new Journal(stream, whole));
        });
    }

    /// <summary>Reads a journal and follows its chain to the first break. An incomplete last line is a warning.</summary>
    /// <param name="path">The file.</param>
    public static Checked<JournalContent> Verify(string path)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Checked.Fail<JournalContent>(AgentDiagnostics.FileUnreadable(path, "there is no readable journal"));
        }

        var events = new List<JournalEvent>();
        var (head, start) = (Origin, 0);
        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            var line = bytes.AsSpan(start, end - start);
            JournalEvent next;
            try
            {
                next = AgentJson.Read<JournalEvent>(Encoding.UTF8.GetString(line));
            }
            catch (JsonException error)
            {
                return Checked.Fail<JournalContent>(AgentDiagnostics.BadJournalLine(path, events.Count + 1, Reason(error)));
            }

            if (next.Prev != head || next.Seq != events.Count + 1)
            {
                return Checked.Fail<JournalContent>(AgentDiagnostics.BrokenChain(path, events.Count + 1));
            }

            events.Add(next);
            head = Hash(line);
            start = end + 1;
        }

        var content = new JournalContent(events.ToEquatableArray(), head, start);
        return start == bytes.Length
            ? Checked.Ok(content)
            : Checked.Ok(content, AgentDiagnostics.TornJournal(path, bytes.Length - start));
    }

    /// <summary>Adds an event and waits until it is on the disk.</summary>
    /// <param name="name">What happened.</param>
    /// <param name="data">What belongs to it, written as the agent writes JSON.</param>
    public void Append<T>(string name, T data)
    {
        var element = JsonSerializer.SerializeToElement(data, AgentJson.Options);
        var line = Encoding.UTF8.GetBytes(AgentJson.Write(new JournalEvent(++_count, Head, name, element)));
        // One write, so that a kill leaves a line whole or torn, never two halves mixed.
        _stream.Write([.. line, (byte)'\n']);
        _stream.Flush(flushToDisk: true);
        Head = Hash(line);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static string Hash(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));

    private static string Reason(JsonException error) =>
        error.Message.Contains("missing", StringComparison.Ordinal) || error.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? "it needs 'seq', 'prev', 'event' and 'data', and nothing else"
            : "it is not a JSON object of an event";
}
