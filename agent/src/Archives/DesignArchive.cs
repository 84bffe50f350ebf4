using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using HwSeed.Agent.Evaluations;
using HwSeed.Hdl.Diagnostics;
using Microsoft.Data.Sqlite;

namespace HwSeed.Agent.Archives;

/// <summary>A file that belongs to a design.</summary>
/// <param name="Kind">As <c>verilog</c> or <c>bitstream</c>.</param>
/// <param name="Path">Relative to the run's folder.</param>
/// <param name="Sha256">Hash of its bytes.</param>
public sealed record Artefact(string Kind, string Path, string Sha256);

/// <summary>
/// All designs of a run and what is known about each, in one SQLite file keyed by the design's content hash. Storing
/// the same again changes nothing. Committed data survives a kill (write-ahead log, synchronous full).
/// </summary>
public sealed class DesignArchive : IDisposable
{
    private const string Version = "1";

    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS evaluations(
          design_id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL UNIQUE, generation INTEGER NOT NULL,
          proposer TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL, payload TEXT NOT NULL, timings TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS artefacts(
          design_id TEXT NOT NULL REFERENCES evaluations(design_id), kind TEXT NOT NULL, path TEXT NOT NULL,
          sha256 TEXT NOT NULL, PRIMARY KEY(design_id, kind));
        """;

    private readonly SqliteConnection _connection;

    private DesignArchive(SqliteConnection connection) => _connection = connection;

    /// <summary>Number of designs.</summary>
    public int Count => Convert.ToInt32(Command("SELECT COUNT(*) FROM evaluations").ExecuteScalar(), null);

    /// <summary>Opens or starts an archive.</summary>
    /// <param name="path">The file; its folder exists.</param>
    public static Checked<DesignArchive> Open(string path)
    {
        // No pool: a closed archive can be moved or removed at once.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            var archive = new DesignArchive(connection);
            archive.Command("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;").ExecuteNonQuery();
            archive.Command(Tables).ExecuteNonQuery();
            archive.Command("INSERT OR IGNORE INTO meta VALUES('version', $v)", ("$v", Version)).ExecuteNonQuery();
            var version = archive.Command("SELECT value FROM meta WHERE key='version'").ExecuteScalar() as string;
            if (version == Version)
            {
                return Checked.Ok(archive);
            }

            connection.Dispose();
            return Checked.Fail<DesignArchive>(AgentDiagnostics.BadArchive(path, $"it has version {version}, not {Version}"));
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            return Checked.Fail<DesignArchive>(AgentDiagnostics.BadArchive(path, error.SqliteErrorCode switch
            {
                14 => "the file cannot be opened",
                26 => "the file is not an SQLite database",
                _ => $"SQLite error {error.SqliteErrorCode}",
            }));
        }
    }

    /// <summary>Stores evaluations, all or none. A known design keeps its place and takes what is new.</summary>
    /// <param name="evaluations">In the order in which they were proposed.</param>
    public void Store(params IEnumerable<Evaluation> evaluations)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var evaluation in evaluations)
        {
            var timings = new Timings(
                evaluation.KernelTiming, [.. evaluation.Objectives.Except(evaluation.WithoutTimings().Objectives)]);
            using var command = Command(
                """
                INSERT INTO evaluations VALUES(
                  $id, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM evaluations), $generation, $proposer, $name, $level,
                  $payload, $timings)
                ON CONFLICT(design_id) DO UPDATE SET
                  level=excluded.level, payload=excluded.payload, timings=excluded.timings
                """,
                ("$id", evaluation.DesignId),
                ("$generation", evaluation.Generation),
                ("$proposer", evaluation.Proposal.Proposer),
                ("$name", evaluation.Proposal.Architecture.Name),
                ("$level", evaluation.Verified?.Label ?? "unverified"),
                ("$payload", AgentJson.Write(evaluation.WithoutTimings())),
                ("$timings", AgentJson.Write(timings)));
            command.Transaction = transaction;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Stores where a design's file lies; the design must be known.</summary>
    /// <param name="designId">The design.</param>
    /// <param name="artefact">The file.</param>
    public void StoreArtefact(string designId, Artefact artefact)
    {
        using var command = Command(
            """
            INSERT INTO artefacts VALUES($id, $kind, $path, $sha)
            ON CONFLICT(design_id, kind) DO UPDATE SET path=excluded.path, sha256=excluded.sha256
            """,
            ("$id", designId),
            ("$kind", artefact.Kind),
            ("$path", artefact.Path),
            ("$sha", artefact.Sha256));
        command.ExecuteNonQuery();
    }

    /// <summary>The evaluation of a design, or null.</summary>
    /// <param name="designId">The design's whole id.</param>
    public Evaluation? Find(string designId) =>
        Select("WHERE design_id=$id", ("$id", designId)).SingleOrDefault();

    /// <summary>All evaluations in the order in which they were first stored.</summary>
    public IReadOnlyList<Evaluation> All() => Select("ORDER BY ordinal");

    /// <summary>A design's files, by kind.</summary>
    /// <param name="designId">The design's whole id.</param>
    public IReadOnlyList<Artefact> Artefacts(string designId)
    {
        using var reader = Command(
            "SELECT kind, path, sha256 FROM artefacts WHERE design_id=$id ORDER BY kind", ("$id", designId)).ExecuteReader();
        var found = new List<Artefact>();
        while (reader.Read())
        {
            found.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return found;
    }

    /// <summary>SHA-256 of everything but times: equal for a run and its resumed twin.</summary>
    public string Digest()
    {
        var lines = All().Select(e => AgentJson.Write(e.WithoutTimings()) + AgentJson.Write(Artefacts(e.DesignId)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    private List<Evaluation> Select(string which, params ReadOnlySpan<(string, object)> values)
    {
        using var reader = Command($"SELECT payload, timings FROM evaluations {which}", values).ExecuteReader();
        var found = new List<Evaluation>();
        while (reader.Read())
        {
            var evaluation = AgentJson.Read<Evaluation>(reader.GetString(0));
            var timings = AgentJson.Read<Timings>(reader.GetString(1));
            found.Add(evaluation with
            {
                KernelTiming = timings.Kernel,
                Objectives = [.. evaluation.Objectives, .. timings.Objectives],
            });
        }

        return found;
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private sealed record Timings(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] KernelTiming? Kernel, MetricValue[] Objectives);
}
