using System.Reflection;
using System.Security.Cryptography;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;
using HwSeed.Sim;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow;

/// <summary>What judged a verification.</summary>
/// <param name="HwSeed">The version, with the commit where the build knows it.</param>
/// <param name="Tools">Verilator and the compiler, with their versions.</param>
/// <param name="Fingerprint">Of the rooms' own code and the tools: the same verdicts only with the same one.</param>
public sealed record RandomVersion(string HwSeed, string Tools, string Fingerprint)
{
    /// <summary>This program's and those of the tools that are installed.</summary>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<RandomVersion> FindAsync(CancellationToken cancellation)
    {
        string[] programs = [ExternalTool.Verilator.Program, ExternalTool.Compiler.Program];
        var tools = string.Join(", ", (await Doctor.InspectAsync(cancellation).ConfigureAwait(false))
            .Where(t => programs.Contains(t.Name)).Select(t => $"{t.Name} {t.Version ?? "missing"}"));
        Assembly[] rooms =
        [
            typeof(Architecture).Assembly, typeof(Verilator).Assembly, typeof(Simulator).Assembly, typeof(Mapping).Assembly,
            typeof(RandomVersion).Assembly,
        ];
        var code = Convert.ToHexStringLower(SHA256.HashData(rooms.SelectMany(r => r.ManifestModule.ModuleVersionId.ToByteArray()).ToArray()))[..16];
        var version = typeof(RandomVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return new(version, tools, $"{code}, {tools}");
    }
}
