using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Archives;

/// <summary>What an audit of a run found.</summary>
/// <param name="Run">Its folder's name.</param>
/// <param name="Events">Events in the journal, whose chain holds.</param>
/// <param name="Head">SHA-256 of the last line.</param>
/// <param name="Designs">Designs in the archive.</param>
/// <param name="Artefacts">Files of designs whose hashes hold.</param>
/// <param name="ArchiveDigest">SHA-256 of the archive without times.</param>
/// <param name="Problems">What does not hold; empty for an honest run.</param>
public sealed record RunAudit(
    string Run, int Events, string Head, int Designs, int Artefacts, string ArchiveDigest, EquatableArray<Diagnostic> Problems)
{
    /// <summary>Follows the journal's chain, hashes every file of every design, and compares with the summary.</summary>
    /// <param name="folder">The run's folder.</param>
    public static Checked<RunAudit> Of(string folder) => RunDirectory.Open(folder).Then(run =>
        Journal.Verify(run.JournalPath).Then(journal =>
        {
            if (!File.Exists(run.ArchivePath))
            {
                return Checked.Fail<RunAudit>(AgentDiagnostics.BadArchive(run.ArchivePath, "there is no such file"));
            }

            return DesignArchive.Open(run.ArchivePath).Then(archive =>
            {
                using (archive)
                {
                    return Checked.Ok(Inspect(run, journal, archive));
                }
            });
        }));

    private static RunAudit Inspect(RunDirectory run, JournalContent journal, DesignArchive archive)
    {
        var problems = new List<Diagnostic>();
        var whole = 0;
        var evaluations = archive.All();
        foreach (var artefact in evaluations.SelectMany(e => archive.Artefacts(e.DesignId)))
        {
            var path = Path.Combine(run.Folder, artefact.Path);
            if (HashOf(path) == artefact.Sha256)
            {
                whole++;
            }
            else
            {
                problems.Add(AgentDiagnostics.ArtefactChanged(path));
            }
        }

        var digest = archive.Digest();
        // A run that was interrupted has no summary yet.
        if (File.Exists(run.SummaryPath))
        {
            (string Key, string Found)[] claims = [("archive_digest", digest), ("goal_sha256", HashOf(run.GoalCopyPath))];
            problems.AddRange(claims.Where(c => Claim(run.SummaryPath, c.Key) != c.Found)
                .Select(c => AgentDiagnostics.SummaryDiffers(run.SummaryPath, c.Key)));
        }

        return new(run.Id, journal.Events.Count, journal.Head, evaluations.Count, whole, digest, problems.ToEquatableArray());
    }

    private static string HashOf(string path) =>
        File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : "absent";

    private static string? Claim(string summary, string key)
    {
        try
        {
            return (string?)JsonNode.Parse(File.ReadAllText(summary))?[key];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
