using System.Security.Cryptography;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Hdl.Generators;

namespace HwSeed.Agent.Loop;

/// <summary>Which of a design's files the archive knows.</summary>
internal static class RunArtefacts
{
    private static readonly (string Kind, string File)[] Files =
    [
        ("architecture", "architecture.yaml"), ("verilog", $"{AcceleratorGenerator.TopName}.v"),
        ("lockstep", "verified.json"), ("synthesis", "synthesis.json"), ("bitstream", $"{AcceleratorGenerator.TopName}.bin"),
        ("opencl", "kernel.cl"), ("ilgpu", "kernel.ilgpu.json"),
    ];

    /// <summary>Those that are there, with their hashes; all are the same in every run with the seed.</summary>
    public static IEnumerable<Artefact> Of(RunDirectory run, Evaluation evaluation)
    {
        var folder = run.DesignFolder(evaluation.DesignId);
        foreach (var (kind, file) in Files)
        {
            var path = Path.Combine(folder, file);
            if (File.Exists(path))
            {
                var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
                yield return new(kind, Path.GetRelativePath(run.Folder, path), hash);
            }
        }
    }
}
