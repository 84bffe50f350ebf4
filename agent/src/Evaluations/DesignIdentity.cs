using System.Security.Cryptography;
using System.Text;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Evaluations;

/// <summary>
/// What makes two designs the same: architecture without its name, workload without its labels, and the versions of
/// the tools that judge. The SHA-256 of that record is the design's id, so that nothing is evaluated twice.
/// </summary>
public static class DesignIdentity
{
    /// <summary>Characters of an id in tables and folder names.</summary>
    public const int ShortLength = 12;

    /// <summary>The id: 64 hexadecimal digits.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="workload">What it computes.</param>
    /// <param name="toolVersions">Name and version of each tool; their order does not matter.</param>
    public static string Of(Architecture architecture, Workload workload, IReadOnlyDictionary<string, string> toolVersions)
    {
        var record = new Record(
            architecture with { Name = "" },
            workload.Gemms.Select(g => new Product(g.Shape.M, g.Shape.K, g.Shape.N, g.Repeats)).ToEquatableArray(),
            workload.TokensPerPass,
            toolVersions.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key} {t.Value}").ToEquatableArray());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AgentJson.Write(record))));
    }

    /// <summary>The start of an id, for people.</summary>
    /// <param name="id">A whole id.</param>
    public static string Short(string id) => id[..Math.Min(ShortLength, id.Length)];

    private sealed record Record(
        Architecture Architecture, EquatableArray<Product> Gemms, int TokensPerPass, EquatableArray<string> Tools);

    private sealed record Product(int M, int K, int N, int Repeats);
}
